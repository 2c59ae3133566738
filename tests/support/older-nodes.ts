// Versions of Node that an exported repository is to run on, from npm's own packages of Node; kept in .runtime, as the
// bootstrap keeps its own, so that they are fetched once.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const VERSIONS = { 20: '20.20.2', 22: '22.23.3' } as const;
const RUNTIME = join(import.meta.dirname, '../../.runtime');

/** Path of its program; null where npm cannot be reached. */
export function nodeOf(major: keyof typeof VERSIONS): string | null {
  const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const name = `node-${platform}`;
  const folder = join(RUNTIME, `node-${VERSIONS[major]}-${platform}`);
  const program = join('node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(join(folder, program))) return join(folder, program);
  const aside = `${folder}.${process.pid}`;
  try {
    mkdirSync(aside, { recursive: true });
    const words = ['install', '--prefix', aside, '--no-audit', '--no-fund', '--ignore-scripts'];
    execFileSync('npm', [...words, `${name}@${VERSIONS[major]}`], { stdio: 'pipe', timeout: 120_000 });
    // Two test files may have fetched it at once: the first stays.
    if (!existsSync(folder)) renameSync(aside, folder);
    return join(folder, program);
  } catch (error) {
    console.log(`Node ${major} is not tested: npm could not fetch it. ${(error as Error).message.split('\n')[0]}`);
    return null;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}
