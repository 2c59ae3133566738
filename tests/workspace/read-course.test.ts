// A course written by hand: another table with two tasks and an agenda. What it becomes, and every mistake in it with file, line
// and remedy.
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PipelineError } from '#pipeline-core';
import { CourseError } from '#sandbox/course/course-error.ts';
import { checkDataset, loadDataset } from '#sandbox/course/dataset.ts';
import { readCourse } from '#sandbox/course/read-course.ts';
import { AGENDA, COURSE, courseWith, GOOD, root, SCHEMA } from '../support/flats-course.ts';

describe('a course written by hand', () => {
  const course = readCourse(courseWith());

  it('has its tasks, with unit and direction from what measures them', () => {
    expect(course.tasks.map(({ task }) => task)).toEqual([
      {
        course: course.id,
        id: 'price',
        kind: 'regression',
        sentence: 'Predict the price of a flat.',
        dataset: 'Flats of a town',
        target: 'price',
        targetUnit: 'euro',
        classes: [],
        forbidden: ['price'],
        metric: 'cv.rmse',
        measure: 'rmse',
        baselineMetric: 'baseline.rmse',
        unit: 'euro',
        direction: 'lower',
        folds: 4,
        holdoutFraction: 0.25,
        groups: null,
      },
      {
        course: course.id,
        id: 'sold',
        kind: 'regression',
        sentence: 'Predict how long it takes to sell it.',
        dataset: 'Flats of a town',
        target: 'waiting',
        targetUnit: '',
        classes: [],
        forbidden: ['price', 'days', 'shown'],
        metric: 'cv.rmse',
        measure: 'rmse',
        baselineMetric: 'baseline.rmse',
        unit: '',
        direction: 'lower',
        folds: 5,
        holdoutFraction: 0.2,
        groups: null,
      },
    ]);
    expect(course.agendas.map(({ minutes, steps }) => [minutes, steps.map(({ title }) => title)])).toEqual([
      [10, ['Hello', 'Look']],
    ]);
    expect([course.first, course.edit]).toEqual(['1-start', 'dvc.yaml']);
  });

  it('keeps every part of a target from the hold-out rows, and the hold-out rows from the table', () => {
    const price = loadDataset({ course });
    expect(price.path).toBe('data/raw/flats.csv');
    expect([price.rows, price.holdout.rows.length]).toEqual([60, 20]);
    expect(Object.keys(price.holdout.rows[0]!)).toEqual(['rooms', 'town', 'days', 'shown']);
    const sold = loadDataset({ course, task: 'sold' });
    expect(Object.keys(sold.holdout.rows[0]!)).toEqual(['rooms', 'town']);
    expect(sold.holdout.actual).toEqual(sold.ids.holdout.map((row) => row * 1.5));
    for (const row of price.ids.holdout) expect(price.visibleCsv).not.toContain(`,${1000 + row}.5\n`);
  });

  it('names row, column and value of a table that does not fit its schema', () => {
    const text = GOOD['data/flats.csv']!.replace('2;Bel;1;', '2;Xyz;1;');
    const wrong = readCourse(courseWith({ 'data/flats.csv': text }));
    expect(() => checkDataset(wrong, undefined)).toThrow(PipelineError);
    expect(() => checkDataset(wrong, undefined)).toThrow(
      'flats.csv: Row 2, column "town": "Xyz" is not one of Ada, Bel, Cor',
    );
  });

  const change = (from: string, to: string) => ({ 'course.yaml': COURSE.replace(from, to) });
  it.each<[what: string, changes: Readonly<Record<string, string | null>>, where: string, message: RegExp]>([
    ['no course.yaml', { 'course.yaml': null }, 'course.yaml', /This file is missing\. Create it/],
    ['no title', change('title: Which flat sells?\n', ''), 'course.yaml, line 1', /`title` is missing\. Add it/],
    [
      'an unknown name',
      change('language: en', 'language: en\nlang: en'),
      'course.yaml, line 3',
      /Allowed: title, lang/,
    ],
    [
      'an unknown name in a task',
      change('    folds: 4', '    fold: 4'),
      'course.yaml, line 14',
      /`tasks\.price\.fold` is not recognized\. Allowed: sentence, kind, target/,
    ],
    [
      'a kind that is none',
      change('kind: regression', 'kind: ranking'),
      'course.yaml, line 10',
      /must be regression or/,
    ],
    [
      'a metric that is none',
      change('metric: cv.rmse', 'metric: cv.rsme'),
      'course.yaml, line 12',
      /not scored by "cv\.rsme"\. Choose one of cv\.rmse, cv\.mae/,
    ],
    [
      'a target that is no column',
      change('target: price', 'target: prize'),
      'course.yaml, line 11',
      /There is no column "prize" in schema\.yaml\. There are rooms, town/,
    ],
    ['a mean of words', change('target: price', 'target: town'), 'course.yaml, line 11', /"town" is a column of words/],
    [
      'a forbidden column that is none',
      change('target: price', 'target: price\n    forbidden: [yard]'),
      'course.yaml, line 12',
      /no column "yard"/,
    ],
    [
      'a mean of one',
      change('mean: [days, shown]', 'mean: [days]'),
      'course.yaml, line 19',
      /must name two or more columns/,
    ],
    ['too many folds', change('folds: 4', 'folds: 400'), 'course.yaml, line 14', /must be a whole number from 2 to 20/],
    ['a table that is not there', change('data/flats.csv', 'data/flat.csv'), 'course.yaml, line 6', /There is no file/],
    ['a table outside', change('data/flats.csv', '../flats.csv'), 'course.yaml, line 6', /in this folder/],
    ['no table at all', change('  file: data/flats.csv\n', ''), 'course.yaml, line 3', /either `file` or `generator`/],
    [
      'a generator that is none',
      change('file: data/flats.csv', 'generator: x'),
      'course.yaml, line 6',
      /must be one of/,
    ],
    [
      'another place',
      change('path: data/raw/flats.csv', 'path: flats.csv'),
      'course.yaml, line 5',
      /below data\/raw\//,
    ],
    ['a first task of another', change('first: { task: price', 'first: { task: sold'), 'course.yaml, line', /not sold/],
    ['a first checkpoint that is none', change('1-start }', '3-x }'), 'course.yaml, line', /no checkpoint "3-x"/],
    [
      'a file to edit that is none',
      change('first:', 'edit: src/x.ts\nfirst:'),
      'course.yaml, line 22',
      /no file src\/x/,
    ],
    [
      'a column without a type',
      { 'schema.yaml': SCHEMA.replace('    type: nominal\n', '') },
      'schema.yaml, line 7',
      /`columns\.town\.type` is missing/,
    ],
    [
      'words without levels',
      { 'schema.yaml': SCHEMA.replace('    levels: [Ada, Bel, Cor]\n', '') },
      'schema.yaml, line 7',
      /needs its allowed words in `levels`/,
    ],
    [
      'a range the wrong way round',
      { 'schema.yaml': SCHEMA.replace('[1, 9]', '[9, 1]') },
      'schema.yaml, line 2',
      /smallest value 9 is above its largest 1/,
    ],
    [
      'a step to a checkpoint that is none',
      { 'agenda.yaml': AGENDA.replace('checkpoint: 1-start', 'checkpoint: 9-end') },
      'agenda.yaml, line 12',
      /`steps\.1\.checkpoint` must be one of 1-start, 2-sold/,
    ],
    [
      'a checkpoint of no task',
      { 'checkpoints/2-sold/checkpoint.yaml': 'title: Sold\ntask: rent\n' },
      'checkpoints/2-sold/checkpoint.yaml, line 2',
      /must be one of price, sold/,
    ],
  ])('is refused with %s', (_, changes, where, message) => {
    const folder = courseWith(changes);
    let error: unknown;
    try {
      readCourse(folder);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(CourseError);
    expect((error as CourseError).message).toContain(join(folder, where));
    expect((error as CourseError).message).toMatch(message);
  });

  it('is refused where its folder is missing, or cannot name it', () => {
    expect(() => readCourse(join(root, 'none'))).toThrow(/There is no such folder/);
    const other = join(root, 'Two Words');
    cpSync(courseWith(), other, { recursive: true });
    expect(() => readCourse(other)).toThrow(/cannot name a course/);
    expect(readFileSync(join(other, 'course.yaml'), 'utf8')).toBe(COURSE);
  });
});
