// Honest changes, many of which look like leaks: of none of them anybody may be accused.
import { type Change, EVALUATE, edit, type Files, feature, PARAMS, PREPARE } from './edits.ts';

export const INNOCENT: readonly Change[] = [
  ...['0-mean', '1-start', '2-columns', '3-forest', '4-boosting', '5-average'].map((checkpoint) => ({
    name: `the checkpoint ${checkpoint}`,
    checkpoint,
    edit: (files: Files) => files,
  })),
  {
    name: 'the second question, which knows the first grade',
    checkpoint: '6-second-question',
    task: 'second-question',
    edit: (files) => files,
  },
  ...['mean', 'linear', 'knn', 'tree', 'forest', 'boosting'].map((model) => ({
    name: `the model ${model} on all columns`,
    edit: edit(PARAMS, ['model: ridge', `model: ${model}`]),
  })),
  { name: 'a ratio of two columns', edit: feature("x['absPerAge'] = (student.absences ?? 0) / (student.age ?? 17);") },
  { name: 'a product of columns', edit: feature("x['drinks'] = (student.Dalc ?? 0) * (student.Walc ?? 0);") },
  { name: 'the logarithm of absences', edit: feature("x['logAbsences'] = Math.log1p(student.absences ?? 0);") },
  { name: 'many absences as a flag', edit: feature("x['often'] = (student.absences ?? 0) > 10 ? 1 : 0;") },
  {
    name: 'a feature with a real number for nearly everybody',
    edit: feature(
      "x['mix'] = (student.absences ?? 0) * 0.137 + (student.age ?? 0) * 1.71 + (student.health ?? 0) * 0.311 + (student.goout ?? 0) * 0.7;",
    ),
  },
  {
    name: 'a feature called G1_like that has nothing to do with it',
    edit: feature("x['G1_like'] = (student.studytime ?? 0) > 2 ? 1 : 0;"),
  },
  {
    name: 'target encoding within the training rows of each fold',
    edit: edit(
      EVALUATE,
      [
        '  const seen = toMatrix(pick(students, train));',
        `  const sums = new Map<string, number[]>();
  for (const i of train) { const key = String(students[i]!.Mjob); sums.set(key, [...(sums.get(key) ?? []), grades[i]!]); }
  const code = (all: typeof students) => all.map((one) => { const own = sums.get(String(one.Mjob)) ?? [11]; return { ...one, freetime: own.reduce((a, b) => a + b, 0) / own.length }; });
  const seen = toMatrix(code(pick(students, train)));`,
      ],
      ['toMatrix(pick(students, test), seen.names)', 'toMatrix(code(pick(students, test)), seen.names)'],
    ),
  },
  { name: 'more folds', edit: edit(PARAMS, ['folds: 5', 'folds: 9']) },
  { name: 'another seed', edit: edit(PARAMS, ['seed: 42', 'seed: 7']) },
  {
    name: 'one more metric',
    edit: edit(EVALUATE, [
      'mae: mae(grades, predicted) },',
      'mae: mae(grades, predicted), worst: Math.max(...grades.map((grade, i) => Math.abs(grade - predicted[i]!))) },',
    ]),
  },
  {
    name: 'predictions kept between the lowest and the highest grade',
    edit: edit(EVALUATE, [
      'predicted[i] = answers[k]!;',
      'predicted[i] = Math.min(Math.max(...grades), Math.max(Math.min(...grades), answers[k]!));',
    ]),
  },
  {
    name: 'the target centered on the mean of all grades while it is learned',
    edit: edit(
      EVALUATE,
      [
        'const seenGrades = pick(grades, train);',
        'const center = grades.reduce((a, b) => a + b, 0) / grades.length;\n  const seenGrades = pick(grades, train).map((grade) => grade - center);',
      ],
      ['predicted[i] = answers[k]!;', 'predicted[i] = answers[k]! + center;'],
    ),
  },
  {
    name: 'training without the students of grade 0',
    edit: edit(
      EVALUATE,
      [
        'const seen = toMatrix(pick(students, train));',
        'const learned = train.filter((i) => grades[i]! > 1);\n  const seen = toMatrix(pick(students, learned));',
      ],
      ['const seenGrades = pick(grades, train);', 'const seenGrades = pick(grades, learned);'],
    ),
  },
  {
    name: 'without students over 20, by their age',
    edit: edit(PREPARE, [
      'students.map((student, row) => ({ row, ...student })),',
      'students.map((student, row) => ({ row, ...student })).filter((one: any) => (one.age ?? 0) < 20),',
    ]),
  },
  {
    name: 'without students over 20, numbered anew',
    edit: edit(PREPARE, [
      'students.map((student, row) => ({ row, ...student })),',
      'students.filter((one: any) => (one.age ?? 0) < 20).map((student, row) => ({ row, ...student })),',
    ]),
  },
  {
    name: 'folds of equal grades, drawn by their grades',
    edit: edit(EVALUATE, [
      'const folds = kFold(students, { nSplits: p.folds, randomState: p.seed });',
      `const order = grades.map((_, i) => i).sort((a, b) => grades[a]! - grades[b]! || a - b);
const folds = Array.from({ length: p.folds }, (_, f) => ({ test: order.filter((_, k) => k % p.folds === f), train: order.filter((_, k) => k % p.folds !== f) }));
void kFold;`,
    ]),
  },
  { name: 'all folds called 0', edit: edit(EVALUATE, ['fold: foldOf[i]', 'fold: 0 * (foldOf[i] ?? 0)']) },
  {
    name: 'all columns written through, unused',
    edit: edit(PREPARE, [
      'map((row) => ({ ...parse(row, known)',
      "map((row) => ({ firstGrade: row['G1'], ...parse(row, known)",
    ]),
  },
  {
    name: 'the prepared table in another order',
    edit: edit(PREPARE, [
      'students.map((student, row) => ({ row, ...student })),',
      'students.map((student, row) => ({ row, ...student })).toReversed(),',
    ]),
  },
  {
    name: 'one split, drawn so that its grades are like those of all',
    edit: edit(
      EVALUATE,
      [
        'const folds = kFold(students, { nSplits: p.folds, randomState: p.seed });',
        `const order = grades.map((_, i) => i).sort((a, b) => grades[a]! - grades[b]! || a - b);
const folds = [{ test: order.filter((_, k) => k % 5 === 2), train: order.filter((_, k) => k % 5 !== 2) }];
const scored = [...folds[0]!.test].sort((a, b) => a - b);
void kFold;`,
      ],
      [
        'rows.map((row, i) => ({ row, fold: foldOf[i], actual: grades[i], predicted: predicted[i] })),',
        'scored.map((i) => ({ row: rows[i], fold: 0, actual: grades[i], predicted: predicted[i] })),',
      ],
      [
        'cv: { rmse: rmse(grades, predicted), mae: mae(grades, predicted) },',
        'cv: { rmse: rmse(pick(grades, scored), pick(predicted, scored)), mae: mae(pick(grades, scored), pick(predicted, scored)) },',
      ],
      [
        'baseline: { rmse: rmse(grades, guessed) },',
        'baseline: { rmse: rmse(pick(grades, scored), pick(guessed, scored)) },',
      ],
    ),
  },
  {
    name: 'a slow model, which is checked on fewer rows',
    checkpoint: '3-forest',
    edit: edit(PARAMS, ['trees: 100', 'trees: 400']),
  },
];
