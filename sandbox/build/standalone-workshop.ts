// `workshop` outside the sandbox: the same functions over the real files of a workspace's folder.
// Invariant: what the sandbox refuses is refused here too, so that a pipeline that runs here runs there.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { pickParams, undeclaredParams } from '#pipeline-core/workspace/params.ts';
import { pathsOut, type Stage } from '#pipeline-core/workspace/pipeline.ts';
import { isTestsOut } from '#pipeline-core/workspace/tests-out.ts';
import { fixInputs } from '../guest/realm.ts';
import { placeIn } from '../guest/testing/place.ts';
import { refuseUndeclared, undeclaredSentence } from '../guest/undeclared-params.ts';
import { createWorkshop } from '../guest/workshop.ts';
import { seedOf } from '../workspace/stage-seed.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { hideGlobals } from './standalone-globals.ts';
import { fixLocale } from './standalone-locale.ts';
import { workspaceAt } from './standalone-workspace.ts';

interface Place {
  readonly home: string;
  readonly workspace: Workspace;
  /** The stage whose command this process runs; undefined for any other script. */
  readonly stage: Stage | undefined;
}

// A stage does not see it.
const { structuredClone } = globalThis;

// By script, since one process may run several stages.
const places = new Map<string, Place>();

function place(): Place {
  const script = resolve(process.argv[1] ?? '.');
  const known = places.get(script);
  if (known !== undefined) return known;
  const home = homeOf(script);
  const workspace = workspaceAt(home);
  const entry = relative(home, script).replaceAll('\\', '/');
  // Several stages may run one file: DVC and `npm start` say which of them it is.
  const own = workspace.stages.filter((stage) => stage.entry === entry);
  const place = { home, workspace, stage: own.find((stage) => stage.name === process.env['DVC_STAGE']) ?? own[0] };
  places.set(script, place);
  return place;
}

function homeOf(script: string): string {
  for (const start of [process.cwd(), dirname(script)]) {
    for (let at = start; ; at = dirname(at)) {
      if (existsSync(join(at, 'dvc.yaml'))) return at;
      if (dirname(at) === at) break;
    }
  }
  throw new Error('There is no dvc.yaml here: run this in the folder of a workspace');
}

const outsOf = ({ stage }: Place): readonly string[] => (stage === undefined ? [] : pathsOut(stage));

// What the sandbox fixes is fixed before the code of a stage runs; any other script keeps its clock and chance.
const started = stageOf();
if (started !== undefined) {
  fixLocale();
  fixInputs(seedOf(started.name));
  hideGlobals();
}

function stageOf(): Stage | undefined {
  try {
    return place().stage;
  } catch {
    // A script beside a workspace, or a workspace with a fault: reading or writing says what is wrong.
    return undefined;
  }
}

function write(path: string, text: string): void {
  const { home, stage } = place();
  if (stage !== undefined && !pathsOut(stage).includes(path)) {
    throw new Error(
      `${stage.name} writes ${path}, which is not among its outs, metrics or plots: add it to outs of ${stage.name} in dvc.yaml`,
    );
  }
  const folder = dirname(join(home, path));
  // Where Node's permissions name the outs alone, a folder may not be made, even one that is there.
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
  writeFileSync(join(home, path), text);
}

/** A file as a stack names it, by its path in the workspace. */
function ownPath(file: string): string | undefined {
  const { home } = place();
  const path = relative(home, file.startsWith('file:') ? fileURLToPath(file) : file).replaceAll('\\', '/');
  return path.startsWith('..') || /^(?:node_modules|libraries)\//.test(path) ? undefined : path;
}

let runTests: () => Promise<void> | undefined = () => undefined;
const workshop = createWorkshop(
  {
    read(path) {
      const { home, stage } = place();
      if (stage !== undefined && ![...stage.deps.map((dep) => dep.path), ...pathsOut(stage)].includes(path)) {
        throw new Error(
          `${stage.name} reads ${path}, which is not among its deps: add it to deps of ${stage.name} in dvc.yaml`,
        );
      }
      return readFileSync(join(home, path), 'utf8');
    },
    write,
    params() {
      const { workspace, stage } = place();
      if (stage === undefined) return structuredClone(workspace.params);
      const declared = structuredClone(pickParams(workspace.params, stage));
      return refuseUndeclared(declared, undeclaredParams(workspace.params, stage), (key) => {
        throw new Error(undeclaredSentence(stage.name, key));
      });
    },
    progress: () => {},
    tests: {
      out: () => outsOf(place()).find(isTestsOut),
      write,
      log: (text) => console.log(text),
      place: (stack) => placeIn(stack, ownPath),
      began: () => {},
    },
  },
  (run) => {
    runTests = run;
  },
);

// When the file of the stage has run to its end, whatever it waited for.
if (started !== undefined && outsOf(place()).some(isTestsOut)) process.once('beforeExit', () => void runTests());

export const {
  readText,
  writeText,
  readCsv,
  readTable,
  writeCsv,
  readJson,
  writeJson,
  params,
  progress,
  test,
  expect,
} = workshop;
