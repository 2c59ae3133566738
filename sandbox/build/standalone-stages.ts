// Runs the stages of an exported repository in plain Node, each in a process of its own, after those it reads from.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { topologicalOrder } from '#pipeline-core/workspace/graph.ts';
import { pathsOut, type Stage } from '#pipeline-core/workspace/pipeline.ts';
import { factOf, type LockFact, lockText } from '../workspace/dvc-lock.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { NOT_OURS } from './standalone-workspace.ts';

export const LOCK = 'dvc.lock';

const beside = (name: string): string => new URL(name, import.meta.url).href;
const takesTypes = Boolean((process.features as { readonly typescript?: unknown }).typescript);
const preloads = [...(takesTypes ? [] : [beside('types.js')]), beside('index.js')];
/** What Node is started with, so that it reads TypeScript and sees the clock, the zone and the language of the sandbox. */
export const FLAGS = preloads.map((url) => `--import=${url}`);
const env = { ...process.env, TZ: 'UTC', LC_ALL: 'en_US.UTF-8' };

/** Ends this process where the other one fails. */
export function runProcess(command: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): void {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', env: { ...env, ...more } });
  if (error !== undefined) console.error(error.message);
  if (status !== 0) process.exit(status ?? 1);
}

export function runStages(stages: readonly Stage[]): void {
  for (const { name, entry } of topologicalOrder(stages)) {
    console.log(`> ${name}`);
    runProcess(process.execPath, [...FLAGS, entry], { DVC_STAGE: name });
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
