// Leaks of every kind, each with what must be found.
import {
  answers,
  both,
  type Change,
  column,
  edit,
  feature,
  PARAMS,
  PREPARE,
  STUDENT,
  splits,
  written,
} from './edits.ts';

/** The mean grade of everybody who agrees in these columns, the student among them. */
const meanOver = (...names: readonly string[]) => {
  const key = names.map((name) => `r.${name}`).join(" + ',' + ");
  return `const means = new Map<string, number[]>();
for (const r of rows) means.set(String(${key}), [...(means.get(String(${key})) ?? []), (r.G1 + r.G2 + r.G3) / 3]);
const meanOf = (r: any) => { const all = means.get(String(${key}))!; return all.reduce((a, b) => a + b, 0) / all.length; };`;
};

export const LEAKS: readonly Change[] = [
  { name: 'a part of the target as a column', edit: column('G1', 'source.G1'), finds: ['leak-part'] },
  { name: 'a part under another name', edit: column('firstTest', 'source.G2'), finds: ['leak-part'] },
  {
    name: 'age is the final grade',
    edit: edit(PREPARE, ['const students = raw.assign({', "const students = raw.assign({ age: raw['G3'],"]),
    finds: ['leak-part'],
  },
  { name: 'a part of the target in other units', edit: column('percent', 'source.G1 * 5 + 3'), finds: ['leak-part'] },
  {
    name: 'the target with noise',
    edit: column('hint', 'source.G1 + source.G2 + ((number * 37) % 11) / 4'),
    finds: ['leak-strong', 'leak-own-target'],
  },
  { name: 'passed or not', edit: column('passed', 'source.G3 >= 10 ? 1 : 0'), finds: ['leak-own-target'] },
  { name: 'one grade of G1 as a flag', edit: column('G1_low', 'source.G1 < 8 ? 1 : 0'), finds: ['leak-own-target'] },
  {
    name: 'target encoding of many groups on all rows',
    edit: column('peers', 'meanOf(source)', meanOver('Mjob', 'Fjob', 'age', 'goout')),
    finds: ['leak-own-target'],
  },
  {
    name: 'target encoding of one column on all rows',
    edit: column('byJob', 'meanOf(source)', meanOver('Mjob')),
    finds: ['leak-own-target'],
  },
  {
    name: 'target encoding of all rows with a forest',
    checkpoint: '3-forest',
    edit: column('peers', 'meanOf(source)', meanOver('Mjob', 'Fjob', 'age', 'goout')),
    finds: ['leak-own-target'],
  },
  {
    name: 'target encoding in student.ts, of every student read',
    edit: both(
      edit(
        STUDENT,
        [
          '    students: table.map((row) => parse(row, columns)),',
          '    students: (encode(table), table.map((row) => parse(row, columns))),',
        ],
        [
          'export function features(student: Student): Features {',
          `const seen = new Map<string, number[]>();
const keyOf = (one: any) => [one.age, one.goout, one.Medu, one.health].join();
function encode(table: readonly Row[]) {
  for (const row of table) seen.set(keyOf(row), [...(seen.get(keyOf(row)) ?? []), Number(row[targetName])]);
}
const meanOf = (all: number[] | undefined) => (all ? all.reduce((a, b) => a + b, 0) / all.length : 11);

export function features(student: Student): Features {`,
        ],
      ),
      feature("x['peers'] = meanOf(seen.get(keyOf(student)));"),
    ),
    finds: ['leak-own-target'],
  },
  {
    name: 'rescaled target',
    edit: edit(STUDENT, ['.div(3);', '.div(30);']),
    finds: ['target-differs'],
  },
  {
    name: 'rounded target',
    edit: edit(STUDENT, ['.div(3);', '.div(3).round(0);']),
    finds: ['target-differs'],
  },
  { name: 'the number of the row', edit: column('id', 'number'), finds: ['leak-identifier'] },
  {
    name: 'the number of the row in other units',
    edit: column('position', '1 - number / 1000'),
    finds: ['leak-identifier'],
  },
  {
    name: 'a shuffled number for each row',
    edit: column('ticket', '(number * 7919) % 1009'),
    finds: ['leak-identifier'],
  },
  {
    name: 'no absences as a flag',
    edit: feature("x['gone'] = student.absences === 0 ? 1 : 0;"),
    finds: ['leak-marker'],
  },
  {
    name: 'some absences as a flag',
    edit: feature("x['present'] = (student.absences ?? 0) > 0 ? 5 : -5;"),
    finds: ['leak-marker'],
  },
  {
    name: 'evaluation on the rows it was fitted on',
    edit: splits('folds.map(({ test }) => ({ test, train: Array.from(rows.keys()) }))'),
    finds: ['leak-own-target'],
  },
  {
    name: 'the answer mixed into the prediction',
    edit: answers('0.7 * answer + 0.3 * actual[k]!'),
    finds: ['leak-own-target'],
  },
  {
    name: 'only students with a grade',
    edit: written("students.query('average_grade > 5')"),
    finds: ['leak-row-choice'],
  },
  {
    name: 'scored without the lowest and the highest grades',
    edit: splits(
      'folds.map(({ train, test }) => ({ train, test: test.filter((i) => Math.abs(grades[i]! - 11.5) < 4) }))',
    ),
    finds: ['leak-row-choice'],
  },
  {
    name: 'the second grade for the second question',
    checkpoint: '6-second-question',
    task: 'second-question',
    edit: column('G2', 'source.G2'),
    finds: ['leak-part'],
  },
  {
    name: 'target encoding on all rows with a slow model, which is checked on fewer rows',
    checkpoint: '3-forest',
    edit: both(
      column('peers', 'meanOf(source)', meanOver('Mjob', 'Fjob', 'age', 'goout')),
      edit(PARAMS, ['trees: 100', 'trees: 400']),
    ),
    finds: ['leak-own-target'],
  },
  {
    name: 'target encoding of two groups on all rows',
    edit: column('bySchool', 'meanOf(source)', meanOver('school')),
    finds: ['leak-own-target'],
  },
];
