// The teaching code under strict types, against the declarations that the editor gets for the guest libraries.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildWhenStale } from '#sandbox/build/build-when-stale.ts';
import { BIOME_CONFIG, COMPILER_OPTIONS } from '#sandbox/checks/teaching-rules.ts';
import { readCourse } from '#sandbox/course/read-course.ts';
import { courseFiles } from '#sandbox/new-course/write-course.ts';

import { guestTypes } from '#sandbox/workspace/guest-types.ts';
import { courseFor, flatsCsv, oddCourse, shapesCsv } from '#tests/support/odd-tables.ts';
import { listCheckpoints, readCheckpoint } from '#tests/support/student-course.ts';

const ROOT = join(import.meta.dirname, '../..');
/** What is asked of patches, and more: the code that people begin with is an example. */
const STRICT = {
  ...COMPILER_OPTIONS,
  lib: ['es2024', 'dom'],
  exactOptionalPropertyTypes: true,
  noImplicitReturns: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
};
let folder: string;

beforeAll(async () => {
  await buildWhenStale();
  folder = mkdtempSync(join(tmpdir(), 'types-'));
  for (const [path, text] of Object.entries(guestTypes())) put(`node_modules/${path}`, text);
  put('tsconfig.json', JSON.stringify({ compilerOptions: STRICT, include: ['*/src/*.ts'] }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** What the compiler says; empty when all is well. */
function complaints(): string {
  try {
    return execFileSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder], {
      encoding: 'utf8',
    });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

/** What formatter and linter say; empty when all is well. */
function styleFindings(): string {
  put('biome.json', JSON.stringify(BIOME_CONFIG));
  const biome = join(ROOT, 'node_modules/@biomejs/biome/bin/biome');
  const args = [biome, 'check', '--reporter=summary', '--vcs-enabled=false', '.'];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  return status === 0 ? '' : stdout;
}

it('a course that was written for a table passes, too', () => {
  const courses = {
    written: oddCourse(),
    classes: courseFor(shapesCsv(), 'shape'),
    grouped: courseFor(flatsCsv(), 'Preis', { group: 'verkauft_am' }),
  };
  for (const [named, course] of Object.entries(courses)) {
    for (const [path, text] of Object.entries(courseFiles(course))) {
      if (path.endsWith('.ts')) put(path.replace('base', named), text);
    }
  }
  expect(complaints()).toBe('');
  expect(styleFindings()).toBe('');
});

it('every checkpoint passes the strict compiler, formatter and linter, and a slip does not', () => {
  for (const { name } of listCheckpoints()) {
    for (const [path, text] of Object.entries(readCheckpoint(name))) {
      if (path.endsWith('.ts')) put(`${name}/${path}`, text);
    }
  }
  for (const [path, text] of Object.entries(readCourse(join(ROOT, 'courses/is-it-a-sandwich')).checkpoints[0]!.files)) {
    if (path.endsWith('.ts')) put(`sandwich/${path}`, text);
  }
  expect(complaints()).toBe('');
  const model = readCheckpoint('1-start')['src/model.ts']!;
  expect(styleFindings()).toBe('');
  put('1-start/src/model.ts', model.replace('{ alpha: ridge.alpha }', '{ alfa: ridge.alpha }'));
  expect(complaints()).toMatch(/1-start\/src\/model\.ts\(\d+,\d+\): error TS\d+: .*'alfa'/);
});

it('the declarations of danfojs know what the editor should offer, and refuse a slip', () => {
  const code = `import { cut, DataFrame, type Groupby, merge, qcut, Series } from 'danfojs';
const df = new DataFrame({ school: ['GP', 'MS'], age: [15, 17] });
const groups: Groupby = df.groupby('school');
const means: DataFrame = groups.col('age').median();
const ages: Series = df.column('age');
const shares: number[] = [ages.quantile(0.5), ages.nUnique(), ages.rank({ method: 'dense' }).shift(1).clip(0, 9).sum()];
const kept: DataFrame = df.query('age > 16').assign({ older: (d) => d.age.add(1), one: 1 }).dropDuplicates({ subset: 'age' });
const wide = kept.pivotTable({ index: 'school', values: 'age', aggFunc: 'max' }).melt({ idVars: 'school' });
const bins = cut(ages, [0, 16, 99], { labels: ['young', 'old'] }).isIn(['old']).and(qcut(ages, 2).notNa());
export const all = [means, shares, wide, bins, merge({ left: df, right: kept, on: 'school' })];
`;
  put('danfo/src/frames.ts', code);
  put('1-start/src/model.ts', readCheckpoint('1-start')['src/model.ts']!);
  expect(complaints()).toBe('');
  put('danfo/src/frames.ts', code.replace("method: 'dense'", "method: 'tight'").replace('.shift(1)', '.shfit(1)'));
  expect(complaints()).toMatch(/danfo\/src\/frames\.ts\(\d+,\d+\): error TS\d+: .*'"?tight"?'/);
});
