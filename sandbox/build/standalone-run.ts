// How plain Node runs the stages of an exported repository or a clone, for its own commands and for `crowd`.
// Invariant: without side effects; whoever starts the processes says with which rights.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ancestors } from '#pipeline-core/workspace/graph.ts';
import { pathsOut, type Stage } from '#pipeline-core/workspace/pipeline.ts';
import { isTestsOut } from '#pipeline-core/workspace/tests-out.ts';
import { parseTests } from '../protocol/tests-out.ts';
import { isTestStage } from '../runner/test-results.ts';

/** Older versions of Node do not read TypeScript: a thread of the libraries strips the types. */
export const takesTypes = Boolean((process.features as { readonly typescript?: unknown }).typescript);

/**
 * What Node is started with, so that it reads TypeScript and sees the clock, the zone and the language of the sandbox.
 * @param workshop the folder of that library, with a slash at the end
 */
export const preloadsIn = (workshop: URL): string[] =>
  [...(takesTypes ? [] : ['types.js']), 'index.js'].map((file) => `--import=${new URL(file, workshop).href}`);

export const STAGE_ENV: Readonly<Record<string, string>> = { TZ: 'UTC', LC_ALL: 'en_US.UTF-8' };
/** With `DVC_STAGE`: several stages may run one file. */
export const stageEnv = (stage: string): Readonly<Record<string, string>> => ({ ...STAGE_ENV, DVC_STAGE: stage });

/** The stages of tests, and with all that they read from, in the order of dvc.yaml. */
export function testStages(stages: readonly Stage[]): { readonly testing: Stage[]; readonly needed: Stage[] } {
  const testing = stages.filter(isTestStage);
  const names = new Set(testing.flatMap(({ name }) => [name, ...ancestors(stages, name)]));
  return { testing, needed: stages.filter(({ name }) => names.has(name)) };
}

/** A test of the stage fails, or what its tests came to is missing or cannot be read. */
export const testsFailed = (home: string, stage: Stage): boolean =>
  pathsOut(stage)
    .filter(isTestsOut)
    .map((path) => join(home, path))
    .some((path) => !existsSync(path) || parseTests(readFileSync(path, 'utf8'))?.failed !== 0);

/** The JSON files of metrics that it writes, without that of its tests. */
export const metricsFiles = ({ metrics }: Stage): string[] =>
  metrics.map(({ path }) => path).filter((path) => path.endsWith('.json') && !isTestsOut(path));

/** The numbers in a metrics file, by the names that a session gives them. */
export function numbersIn(value: unknown): Record<string, number> {
  const found: Record<string, number> = {};
  const collect = (one: unknown, path: readonly string[]): void => {
    if (typeof one === 'number') found[path.join('.')] = one;
    else if (typeof one === 'object' && one !== null)
      for (const [key, inner] of Object.entries(one)) collect(inner, [...path, key]);
  };
  collect(value, []);
  return found;
}
