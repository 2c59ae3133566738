// Loads the teaching code of a checkpoint (student.ts, model.ts) into plain Node, with `pipeline-core` bound to the
// library of this tree: so that scores are of the code that runs in a session, and not of a copy.
// Invariant: native loading (type stripping, require of ES modules), the same inside vitest and in a plain `node`.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse as parseYaml } from 'yaml';
import type { Matrix, Regressor } from '#pipeline-core';
import { readCheckpoint } from '#tests/support/student-course.ts';

export type Cells = Readonly<Record<string, string | number>>;

/** What src/student.ts of every checkpoint exports; see there. */
export interface StudentModule {
  readonly facts: Readonly<Record<string, 'number' | readonly string[]>>;
  readonly targetName: string;
  parse(row: Cells, columns: readonly string[]): Cells;
  toMatrix(students: readonly Cells[], names?: readonly string[]): Matrix;
  baseline(seen: readonly number[]): (student: Cells) => number;
}

export interface CheckpointParams {
  readonly columns: Readonly<Record<string, boolean>>;
  readonly model: string;
  readonly folds: number;
  readonly seed: number;
  readonly [group: string]: unknown;
}

export interface LoadedCheckpoint {
  readonly student: StudentModule;
  readonly buildModel: (params: CheckpointParams) => Regressor;
  readonly params: CheckpointParams;
}

const ROOT = join(import.meta.dirname, '../..');
const LIBRARY = pathToFileURL(join(ROOT, 'pipeline-core/index.ts')).href;
const require = createRequire(import.meta.url);

let hooked = false;
function bindLibraries(): void {
  if (hooked) return;
  hooked = true;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'pipeline-core' ? { url: LIBRARY, shortCircuit: true } : next(specifier, context),
  });
}

const loaded = new Map<string, LoadedCheckpoint>();

export function loadCheckpoint(name: string): LoadedCheckpoint {
  const found = loaded.get(name) ?? load(readCheckpoint(name));
  loaded.set(name, found);
  return found;
}

function load(files: Readonly<Record<string, string>>): LoadedCheckpoint {
  const [student, { buildModel }] = modulesOf(files, ['src/student.ts', 'src/model.ts']) as [
    StudentModule,
    Pick<LoadedCheckpoint, 'buildModel'>,
  ];
  const params = parseYaml(files['params.yaml']!) as CheckpointParams;
  return { student, buildModel, params };
}

/** From a folder of its own, which can go again at once: `require` has read every module when it returns. */
export function modulesOf(files: Readonly<Record<string, string>>, paths: readonly string[]): unknown[] {
  bindLibraries();
  const folder = mkdtempSync(join(tmpdir(), 'workspace-'));
  try {
    for (const [path, text] of Object.entries({ ...files, 'package.json': '{"type":"module"}' })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return paths.map((path) => require(join(folder, path)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
