// `npm start` of an exported repository: the stages of dvc.yaml, each after those it reads from, with types stripped where
// Node does not do it itself. `npm test`: the stages of tests and what they read from; it fails where a test does. With a
// command, such as `dvc repro`, that is run instead, and its Node processes likewise.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { ancestors, topologicalOrder } from '#pipeline-core/workspace/graph.ts';
import { pathsOut, type Stage } from '#pipeline-core/workspace/pipeline.ts';
import { isTestsOut } from '#pipeline-core/workspace/tests-out.ts';
import { parseTests } from '../protocol/tests-out.ts';
import { workspaceAt } from './standalone-workspace.ts';

const beside = (name: string): string => new URL(name, import.meta.url).href;
const takesTypes = Boolean((process.features as { readonly typescript?: unknown }).typescript);
const preloads = [...(takesTypes ? [] : [beside('types.js')]), beside('index.js')];
const env = { ...process.env, TZ: 'UTC', LC_ALL: 'en_US.UTF-8' };

function run(command: string, args: readonly string[], more: NodeJS.ProcessEnv): void {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', env: { ...env, ...more } });
  if (error !== undefined) console.error(error.message);
  if (status !== 0) process.exit(status ?? 1);
}

const flags = preloads.map((url) => `--import=${url}`);

function runStages(stages: readonly Stage[]): void {
  for (const { name, entry } of topologicalOrder(stages)) {
    console.log(`> ${name}`);
    run(process.execPath, [...flags, entry], { DVC_STAGE: name });
  }
}

function runTests(stages: readonly Stage[]): void {
  const testing = stages.filter((stage) => pathsOut(stage).some(isTestsOut));
  if (testing.length === 0) {
    console.log('dvc.yaml has no stage that writes a tests.json.');
    return;
  }
  const needed = new Set(testing.flatMap(({ name }) => [name, ...ancestors(stages, name)]));
  runStages(stages.filter(({ name }) => needed.has(name)));
  const outs = testing.flatMap(pathsOut).filter(isTestsOut);
  if (outs.some((path) => parseTests(readFileSync(path, 'utf8'))?.failed !== 0)) process.exit(1);
}

const [command, ...args] = process.argv.slice(2);
try {
  if (command === undefined) runStages(workspaceAt(process.cwd()).stages);
  else if (command === '--test') runTests(workspaceAt(process.cwd()).stages);
  else run(command, args, { NODE_OPTIONS: [process.env['NODE_OPTIONS'], ...flags].filter(Boolean).join(' ') });
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
