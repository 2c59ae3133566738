// Why a start failed, as the one line the person at the terminal needs. null: our own bug, which keeps its stack.
import type { Config } from './config.ts';

export function lineOf(error: unknown, config: Config): string | null {
  if (!(error instanceof Error)) return null;
  const { code } = error as { code?: unknown };
  const at = `${config.host}:${config.port}`;
  // Told by the house itself, in a sentence: see DataFolderFault and the storage's own.
  if (['DataFolderFault', 'StorageDamaged', 'StorageUnavailable', 'CourseError', 'PipelineError'].includes(error.name))
    return error.message;
  if (code === 'EADDRINUSE')
    return `Port ${config.port} is in use; stop the other program or start with another one: npm start -- --port ${config.port === 65_535 ? 3000 : config.port + 1}`;
  if (code === 'EACCES') return `This user may not listen at ${at}; choose a port above 1023 with --port.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `${config.host} is no address of this machine; see --host.`;
  return null;
}

export class DataFolderFault extends Error {
  override readonly name = 'DataFolderFault';
}
