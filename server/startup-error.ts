// Why a start failed, as one line for the terminal; null: our own bug, which keeps its stack.
import { CourseError, PipelineError } from '#sandbox/index.ts';
import type { Config } from './platform/config.ts';
import { StorageDamaged, StorageUnavailable } from './storage/storage.ts';

export class DataFolderFault extends Error {
  override readonly name = 'DataFolderFault';
}

/** Their message is a sentence for the operator. */
const EXPLAINED = [DataFolderFault, StorageDamaged, StorageUnavailable, CourseError, PipelineError];

export function lineOf(error: unknown, config: Config): string | null {
  if (!(error instanceof Error)) return null;
  const { code } = error as { code?: unknown };
  const at = `${config.host}:${config.port}`;
  if (EXPLAINED.some((kind) => error instanceof kind)) return error.message;
  if (code === 'EADDRINUSE')
    return `Port ${config.port} is in use; stop the other program or start with another one: npm start -- --port ${config.port === 65_535 ? 3000 : config.port + 1}`;
  if (code === 'EACCES') return `This user may not listen at ${at}; choose a port above 1023 with --port.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `${config.host} is no address of this machine; see --host.`;
  return null;
}
