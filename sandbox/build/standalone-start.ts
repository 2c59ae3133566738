// `npm start` of an exported repository: the stages of dvc.yaml, each after those it reads from, with types stripped where
// Node does not do it itself. With a command, such as `dvc repro`, that is run instead, and its Node processes likewise.
import { spawnSync } from 'node:child_process';
import { topologicalOrder } from '#pipeline-core/workspace/graph.ts';
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

const [command, ...args] = process.argv.slice(2);
const flags = preloads.map((url) => `--import=${url}`);
if (command !== undefined) {
  run(command, args, { NODE_OPTIONS: [process.env['NODE_OPTIONS'], ...flags].filter(Boolean).join(' ') });
} else {
  try {
    for (const { name, entry } of topologicalOrder(workspaceAt(process.cwd()).stages)) {
      console.log(`> ${name}`);
      run(process.execPath, [...flags, entry], { DVC_STAGE: name });
    }
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
}
