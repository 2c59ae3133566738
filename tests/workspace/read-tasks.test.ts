// Tasks of classes in course.yaml: which classes, in which order, and which mistakes are refused; and how their rows are
// held out.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, describe, expect, it } from 'vitest';
import { defineSchema } from '#pipeline-core';
import type { Course } from '#sandbox/course/course.ts';
import { loadDataset } from '#sandbox/course/dataset.ts';
import { readSchema } from '#sandbox/course/read-schema.ts';
import { readTask, taskSchema } from '#sandbox/course/read-tasks.ts';

const root = mkdtempSync(join(tmpdir(), 'tasks-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const schema = defineSchema({
  name: 'beans',
  columns: [
    { name: 'weight', type: 'number', label: 'Weight' },
    { name: 'kind', type: 'nominal', label: 'Kind', levels: ['kidney', 'lima', 'navy'] },
    { name: 'sprouts', type: 'binary', label: 'Sprouts', levels: ['no', 'yes'] },
    { name: 'stars', type: 'ordinal', label: 'Stars', min: 1, max: 4 },
    { name: 'days', type: 'integer', label: 'Days', min: 0 },
    { name: 'jar', type: 'text', label: 'Jar' },
    { name: 'mood', type: 'nominal', label: 'Mood', levels: ['calm', 'wild'], nullable: true },
  ],
});
const CONTEXT = {
  course: 'beans',
  dataset: 'Beans',
  schema,
  problem: (keys: readonly string[], what: string, fix: string) => new Error(`${keys.join('.')}: ${what} ${fix}`),
};
const read = (about: object) => {
  const whole = { sentence: 'Which?', kind: 'classification', metric: 'cv.logLoss', ...about };
  return readTask('t', v.parse(taskSchema, whole), CONTEXT);
};
const classesOf = (target: unknown) => read({ target }).task.classes;

describe('the classes of a target', () => {
  it('are the levels of its column, in their order or another, the steps of a scale, or two sides of a number', () => {
    expect(classesOf('kind')).toEqual(['kidney', 'lima', 'navy']);
    expect(classesOf({ name: 'bean', column: 'kind', classes: ['navy', 'kidney', 'lima'] })).toEqual([
      'navy',
      'kidney',
      'lima',
    ]);
    expect(classesOf('sprouts')).toEqual(['no', 'yes']);
    expect(classesOf('stars')).toEqual(['1', '2', '3', '4']);
    expect(classesOf({ name: 'late', column: 'days', atLeast: 9 })).toEqual(['no', 'yes']);
    expect(classesOf({ name: 'late', mean: ['days', 'weight'], atLeast: 9, classes: ['soon', 'late'] })).toEqual([
      'soon',
      'late',
    ]);
  });

  it.each([
    ['a column of any words', 'jar', /"jar" does not say which 2 to 20 classes/],
    ['a column of any numbers', 'days', /Give the column `levels` in schema\.yaml, or the target `atLeast`/],
    ['a column that may be missing', 'mood', /"mood" may be missing/],
    ['a mean without a bound', { name: 'm', mean: ['days', 'weight'] }, /Say with `atLeast`/],
    ['three sides of a number', { name: 'm', column: 'days', atLeast: 3, classes: ['a', 'b', 'c'] }, /two classes/],
    ['a bound for words', { name: 'm', column: 'kind', atLeast: 3 }, /"kind" is a column of words/],
    ['other words', { name: 'm', column: 'kind', classes: ['kidney', 'lima'] }, /not the levels of "kind"/],
  ])('are refused of %s', (_, target, message) => {
    expect(() => read({ target })).toThrow(message);
  });
});

describe('how a task is scored', () => {
  it.each([
    ['regression', 'weight', 'cv.mae', 'lower', 'g'],
    ['regression', 'weight', 'cv.medianAbsoluteError', 'lower', 'g'],
    ['regression', 'weight', 'cv.r2', 'higher', ''],
    ['classification', 'kind', 'cv.logLoss', 'lower', ''],
    ['classification', 'kind', 'cv.brier', 'lower', ''],
    ['classification', 'kind', 'cv.accuracy', 'higher', ''],
    ['classification', 'kind', 'cv.balancedAccuracy', 'higher', ''],
    ['classification', 'kind', 'cv.f1', 'higher', ''],
    ['classification', 'sprouts', 'cv.rocAuc', 'higher', ''],
  ])('%s of %s by %s', (kind, target, metric, direction, unit) => {
    const { task } = read({ kind, target, metric, unit: 'g' });
    expect(task).toMatchObject({ metric, direction, unit, baselineMetric: metric.replace('cv', 'baseline') });
  });

  it.each([
    [{ kind: 'regression', target: 'weight', metric: 'cv.logLoss' }, /A regression is not scored by "cv\.logLoss"/],
    [{ target: 'kind', metric: 'cv.rmse' }, /Choose one of cv\.logLoss, cv\.brier/],
    [{ kind: 'regression', target: { name: 'w', column: 'weight', atLeast: 1 }, metric: 'cv.r2' }, /has no `atLeast`/],
    [{ target: 'kind', groups: 'jars' }, /no column "jars"/],
    [{ target: 'kind', groups: 'kind' }, /"kind" is the target/],
  ])('is refused: %j', (about, message) => {
    expect(() => read(about)).toThrow(message);
  });
});

describe('the hold-out rows of classes', () => {
  const kinds = ['kidney', 'lima', 'navy'];
  const rows = Array.from(
    { length: 120 },
    (_, i) => `${i},${kinds[i % 10 < 6 ? 0 : i % 10 < 9 ? 1 : 2]},${i},jar ${i >> 3}`,
  );
  const file = join(root, 'beans.csv');
  writeFileSync(file, `weight,kind,days,jar\n${rows.join('\n')}\n`);
  const columns = schema.columns.filter(({ name }) => ['weight', 'kind', 'days', 'jar'].includes(name));
  const load = (about: object) => {
    const found = read(about);
    const course = {
      id: 'beans',
      table: { path: 'data/raw/beans.csv', file, title: 'Beans', notice: '', seed: 3 },
      schema: { ...schema, columns },
      tasks: [found],
    } as unknown as Course;
    return loadDataset({ course, task: 't' });
  };
  const shares = (codes: readonly number[]) => [0, 1, 2].map((k) => codes.filter((code) => code === k).length);

  it('have the share of each class, as indices', () => {
    const { task, holdout } = load({ target: 'kind', holdout: 0.25 });
    expect(shares(holdout.actual)).toEqual([18, 9, 3]);
    expect(shares(task.actual)).toEqual([54, 27, 9]);
    expect(task).toMatchObject({ classes: kinds, measure: 'logLoss' });
    const late = load({ target: { name: 'late', column: 'days', atLeast: 100 } });
    expect(late.holdout.actual.filter((side) => side === 1)).toHaveLength(4);
    expect(Object.keys(late.holdout.rows[0]!)).toEqual(['weight', 'kind', 'jar']);
  });

  it('are whole groups, with the shares of the classes as far as groups allow', () => {
    const { task, holdout, ids } = load({ target: 'kind', holdout: 0.2, groups: 'jar' });
    const jars = (list: readonly number[]) => new Set(list.map((row) => row >> 3));
    expect([...jars(ids.visible)].filter((jar) => jars(ids.holdout).has(jar))).toEqual([]);
    expect(ids.holdout).toHaveLength(24);
    expect(task.groups).toEqual({ column: 'jar', of: ids.visible.map((row) => `jar ${row >> 3}`) });
    expect(Math.abs(shares(holdout.actual)[0]! / 24 - 0.6)).toBeLessThan(0.05);
  });
});

describe('schema.yaml', () => {
  const texts = (text: string) => () => text;
  it('takes two hundred columns with their words', () => {
    const words = Array.from({ length: 20 }, (_, i) => `word number ${i}`);
    const lines = Array.from(
      { length: 200 },
      (_, i) =>
        `  column_of_many_${i}:\n    type: nominal\n    label: Column number ${i} of many\n    levels: [${words.join(', ')}]`,
    );
    const read = readSchema(root, texts(`columns:\n${lines.join('\n')}\n`), 'wide');
    expect(read.columns).toHaveLength(200);
  });

  it('says which value marks what was known only afterwards, of columns of numbers', () => {
    const of = (column: string) =>
      `columns:\n  days: { type: integer, marks: { value: 0, of: ${column}, is: 0, label: withdrawn } }\n  stars: { type: ordinal, range: [0, 4] }\n  jar: { type: text }\n`;
    expect(readSchema(root, texts(of('stars')), 'marks').columns[0]).toMatchObject({
      marks: { value: 0, of: 'stars', is: 0, label: 'withdrawn' },
    });
    expect(() => readSchema(root, texts(of('jar')), 'marks')).toThrow(/line 2: `marks` of "days" needs two columns/);
  });
});
