// `crowd run`: the stages of dvc.yaml here, by the libraries of the folder, which are those of the sandbox.
// Invariant: the code is everybody's. As far as Node's permissions hold it, a stage reads in this folder alone, writes its own
// outs alone (not .git, not the libraries, not the code, which all run without these permissions later) and starts no program; clock, chance and language are fixed by the libraries, so that the outs are the session's own.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PipelineError } from '#pipeline-core/core/errors.ts';
import { topologicalOrder } from '#pipeline-core/workspace/graph.ts';
import { pathsOut, type Stage } from '#pipeline-core/workspace/pipeline.ts';
import {
  metricsFiles,
  numbersIn,
  preloadsIn,
  stageEnv,
  takesTypes,
  testStages,
  testsFailed,
} from '#sandbox/build/standalone-run.ts';
import { workspaceAt } from '#sandbox/build/standalone-workspace.ts';
import { Failure } from '../program/failure.ts';
import { type Output, shown } from '../program/output.ts';
import type { Command } from './context.ts';

export const run: Command = ({ options, output, folder }) => {
  const root = realpathSync(findPipeline(folder));
  linkLibraries(root);
  const all = stagesAt(root);
  const { testing, needed } = testStages(all);
  if (options.test === true && testing.length === 0)
    throw new Failure(
      'no_tests',
      'dvc.yaml has no stage that writes a tests.json.',
      'Write one with `test` of workshop.',
    );
  const stages = topologicalOrder(options.test === true ? needed : all);
  output.note(`This is code of everybody in the session: it runs on this machine, as crowd run --help says.`);
  const times = stages.map((stage) => ({ stage: stage.name, ms: runStage(root, stage, output) }));
  const metrics = Object.assign({}, ...stages.map((stage) => metricsOf(root, stage))) as Record<string, number>;
  for (const [name, value] of Object.entries(metrics)) output.line(`${shown(name)} ${value}`);
  const failing = testing.filter((stage) => testsFailed(root, stage)).map(({ name }) => name);
  if (failing.length > 0) output.line(`Tests fail: ${failing.join(', ')}`);
  output.value({ stages: times, metrics, testsFail: failing });
  return failing.length > 0 ? 2 : 0;
};

function findPipeline(from: string): string {
  for (let at = from; ; at = dirname(at)) {
    if (existsSync(join(at, 'dvc.yaml'))) return at;
    if (dirname(at) === at)
      throw new Failure(
        'no_pipeline',
        `There is no dvc.yaml in ${from} or above it.`,
        'Go into the folder that `crowd clone` made.',
      );
  }
}

function stagesAt(root: string): readonly Stage[] {
  try {
    return workspaceAt(root).stages;
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    const { file, line } = error.facts;
    const place = file === undefined ? '' : `${String(file)}${line === undefined ? '' : `:${String(line)}`}: `;
    throw new Failure('bad_pipeline', `${place}${error.message}`, WITHOUT_TABLE(root));
  }
}

const WITHOUT_TABLE = (root: string): string | undefined =>
  existsSync(join(root, 'data/raw/README.md'))
    ? 'If the table is missing: data/raw/README.md says what belongs there.'
    : undefined;

/** As `npm install` does it, without npm. */
function linkLibraries(root: string): void {
  const libraries = join(root, 'libraries');
  if (!existsSync(libraries))
    throw new Failure(
      'no_libraries',
      `${root} has no folder libraries, which the code imports.`,
      'Clone the session again into a new folder.',
    );
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  for (const name of readdirSync(libraries)) {
    const link = join(root, 'node_modules', name);
    if (existsSync(link)) continue;
    if (process.platform === 'win32') symlinkSync(join(libraries, name), link, 'junction');
    else symlinkSync(join('..', 'libraries', name), link);
  }
}

/** Older versions of Node call them an experiment. */
function permissions(root: string, outs: readonly string[]): string[] {
  const flag = process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission';
  return [
    flag,
    `--allow-fs-read=${join(root, '*')}`,
    ...outs.map((path) => `--allow-fs-write=${join(root, path)}`),
    ...(takesTypes ? [] : ['--allow-worker']),
    '--no-warnings',
  ];
}

/** How long it took, in milliseconds. */
function runStage(root: string, stage: Stage, output: Output): number {
  const { name, entry } = stage;
  const outs = pathsOut(stage);
  output.note(`> ${shown(name)}`);
  const preloads = preloadsIn(pathToFileURL(join(root, 'libraries/workshop/')));
  for (const path of outs) mkdirSync(join(root, dirname(path)), { recursive: true });
  const began = performance.now();
  const { status, signal, error } = spawnSync(process.execPath, [...permissions(root, outs), ...preloads, entry], {
    cwd: root,
    // What a stage prints is no value for programs.
    stdio: ['ignore', output.json ? 2 : 1, 2],
    env: { ...environment(), ...stageEnv(name) },
  });
  if (error !== undefined) throw new Failure('stage_failed', `${entry} cannot be started: ${error.message}.`);
  if (status !== 0)
    throw new Failure(
      'stage_failed',
      `The stage ${name} ended with ${signal ?? `exit code ${status}`}.`,
      `Its error is above; the code is in ${entry}.`,
    );
  return Math.round(performance.now() - began);
}

/** Of the machine, a stage needs where things are: secrets that lie in the environment are none of its business. */
function environment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'SystemRoot', 'windir', 'TEMP', 'TMP', 'TMPDIR'];
  return Object.fromEntries(
    kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

function jsonAt(root: string, path: string): unknown {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Failure('bad_metrics', `${path} is no JSON: ${error.message}.`, 'Write it with `writeJson` of workshop.');
  }
}

/** The numbers in its metrics files, by the names that the session gives them. */
function metricsOf(root: string, stage: Stage): Record<string, number> {
  const paths = metricsFiles(stage).filter((path) => existsSync(join(root, path)));
  return Object.assign({}, ...paths.map((path) => numbersIn(jsonAt(root, path)))) as Record<string, number>;
}
