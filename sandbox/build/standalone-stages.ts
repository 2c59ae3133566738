// Runs the stages of an exported repository in plain Node, each in a process of its own, after those it reads from.
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { topologicalOrder } from '#pipeline-core/workspace/graph.ts';
import { pathsOut, type Stage } from '#pipeline-core/workspace/pipeline.ts';
import { factOf, type LockFact, lockText } from '../workspace/dvc-lock.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { preloadsIn, STAGE_ENV, stageEnv } from './standalone-run.ts';
import { NOT_OURS } from './standalone-workspace.ts';

export const LOCK = 'dvc.lock';

/** The libraries lie beside this program. */
export const FLAGS = preloadsIn(new URL('.', import.meta.url));

/** Ends this process where the other one fails. */
export function runProcess(command: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): void {
  const { status, error } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, ...STAGE_ENV, ...more },
  });
  if (error !== undefined) console.error(error.message);
  if (status !== 0) process.exit(status ?? 1);
}

/** What a program says on both of its outputs. Throws where it cannot be started. */
export function outputOf(
  command: string,
  args: readonly string[],
  { cwd, env = {} }: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): { readonly code: number | null; readonly out: string } {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: MOST_SAID,
    env: { ...process.env, ...STAGE_ENV, ...env },
  });
  if (error !== undefined) throw error;
  return { code: status, out: `${stdout}${stderr}` };
}
const MOST_SAID = 64 * 1024 * 1024;

/** What git answers; null where it refuses, or is not there. */
export function askGit(home: string, ...words: readonly string[]): string | null {
  const { status, stdout } = spawnSync('git', words, { cwd: home, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

/** One that goes on until somebody ends it; as the first program of a container this one alone gets the signals. */
export function stayProcess(command: string, args: readonly string[]): void {
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...STAGE_ENV } });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  child.once('error', ({ message }) => {
    console.error(message);
    process.exit(1);
  });
  child.once('exit', (status) => process.exit(status ?? 1));
}

export function runStages(stages: readonly Stage[]): void {
  for (const { name, entry } of topologicalOrder(stages)) {
    console.log(`> ${name}`);
    runProcess(process.execPath, [...FLAGS, entry], stageEnv(name));
  }
}

/** Of all files of the repository that a stage may read or write. */
export function factsAt(home: string, { stages }: Workspace): ReadonlyMap<string, LockFact> {
  const named = new Set(stages.flatMap((stage) => [...stage.deps.map(({ path }) => path), ...pathsOut(stage)]));
  const folders = stages.flatMap((stage) => stage.deps.flatMap(({ folder }) => (folder === undefined ? [] : [folder])));
  const paths = readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(home.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => !NOT_OURS.test(path))
    .filter((path) => named.has(path) || folders.some((folder) => path.startsWith(`${folder}/`)));
  return new Map(paths.map((path) => [path, factOf(readFileSync(join(home, path)))]));
}

/** As `dvc repro` does when it has run. */
export function writeLock(home: string, workspace: Workspace): void {
  writeFileSync(join(home, LOCK), lockText(workspace, factsAt(home, workspace)));
}
