// The commands of an exported repository. `npm start`: the stages of dvc.yaml, each after those it reads from, with types
// stripped where Node does not do it itself, and then dvc.lock. `npm test`: the stages of tests and what they read from, then
// tests/; it fails where a test does. `--reproduce`, `--serve`, `--check`, `--hooks`: as package.json names them. With any
// other command, such as `dvc repro`, that is run instead, and its Node processes likewise.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check } from './repository-checks/check.ts';
import { installHook } from './repository-checks/hook.ts';
import { writeParamTypes } from './repository-checks/param-types.ts';
import { reproduce } from './standalone-reproduce.ts';
import { testStages, testsFailed } from './standalone-run.ts';
import { FLAGS, runProcess, runStages, stayProcess, writeLock } from './standalone-stages.ts';
import { workspaceAt } from './standalone-workspace.ts';

const TEST_FILE = /\.test\.(?:mjs|ts)$/;
const home = process.cwd();

function start(): void {
  const workspace = workspaceAt(home);
  writeParamTypes(home);
  runStages(workspace.stages);
  writeLock(home, workspace);
}

function runTests(): void {
  const { testing, needed } = testStages(workspaceAt(home).stages);
  if (testing.length === 0) console.log('dvc.yaml has no stage that writes a tests.json.');
  runStages(needed);
  const failing = testing.filter((stage) => testsFailed(home, stage)).map(({ name }) => name);
  if (failing.length > 0) {
    console.error(`Tests fail: ${failing.join(', ')}`);
    process.exit(1);
  }
  const folder = join(home, 'tests');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => TEST_FILE.test(name)) : [];
  if (names.length > 0)
    runProcess(process.execPath, [...FLAGS, '--test', ...names.sort().map((name) => `tests/${name}`)]);
}

function serve(args: readonly string[]): void {
  stayProcess(process.execPath, [...FLAGS, fileURLToPath(new URL('serve.js', import.meta.url)), ...args]);
}

const [command, ...args] = process.argv.slice(2);
try {
  if (command === undefined) start();
  else if (command === '--test') runTests();
  else if (command === '--reproduce') process.exitCode = reproduce(home);
  else if (command === '--serve') serve(args);
  else if (command === '--check') process.exitCode = await check(home, args.includes('--staged'));
  else if (command === '--hooks') installHook(home);
  else runProcess(command, args, { NODE_OPTIONS: [process.env['NODE_OPTIONS'], ...FLAGS].filter(Boolean).join(' ') });
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
