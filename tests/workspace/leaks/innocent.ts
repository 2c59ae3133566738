// Honest changes, many of which look like leaks: of none of them anybody may be accused.
import {
  answers,
  both,
  type Change,
  EVALUATE,
  edit,
  type Files,
  feature,
  PARAMS,
  PREPARE,
  splits,
  written,
} from './edits.ts';

export const INNOCENT: readonly Change[] = [
  ...['0-mean', '1-start', '2-columns', '3-forest', '4-boosting', '5-average', '7-explain'].map((checkpoint) => ({
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
    edit: edit(EVALUATE, [
      'build: () => buildModel(p),',
      `build: () => {
    const [model, known] = [buildModel(p), new Map<string, number[]>()];
    const coded = (x: any) => {
      const data = x.data.slice();
      for (let i = 0; i < x.rows; i++) {
        const own = known.get(jobOf(x, i)) ?? [11];
        data[i * x.cols + x.names.indexOf('freetime')] = own.reduce((a, b) => a + b, 0) / own.length;
      }
      return { ...x, data };
    };
    const jobOf = (x: any, i: number) =>
      x.names.flatMap((name: string, j: number) => (name.startsWith('Mjob=') ? [x.data[i * x.cols + j]] : [])).join();
    return {
      fit(x: any, y: any) {
        for (let i = 0; i < x.rows; i++) known.set(jobOf(x, i), [...(known.get(jobOf(x, i)) ?? []), y[i]]);
        model.fit(coded(x), y);
      },
      predict: (x: any) => model.predict(coded(x)),
    };
  },`,
    ]),
  },
  { name: 'more folds', edit: edit(PARAMS, ['folds: 5', 'folds: 9']) },
  { name: 'another seed', edit: edit(PARAMS, ['seed: 42', 'seed: 7']) },
  {
    name: 'one more metric',
    edit: edit(EVALUATE, [
      'cv: pooled,',
      'cv: { ...pooled, worst: Math.max(...actual.map((grade, k) => Math.abs(grade - predicted[k]!))) },',
    ]),
  },
  {
    name: 'predictions kept between the lowest and the highest grade',
    edit: answers('Math.min(Math.max(...grades), Math.max(Math.min(...grades), answer))'),
  },
  {
    name: 'the target centered on the mean of all grades while it is learned',
    edit: both(
      edit(
        EVALUATE,
        ['  y: grades,', '  y: grades.map((grade) => grade - center),'],
        [
          'const { predictions,',
          'const center = grades.reduce((a, b) => a + b, 0) / grades.length;\nconst { predictions,',
        ],
      ),
      answers('answer + center'),
      edit(EVALUATE, [
        'const { row, fold, actual } = predictions;',
        'const { row, fold } = predictions;\nconst actual = row.map((i) => grades[i]!);',
      ]),
    ),
  },
  {
    name: 'training without the students of grade 0',
    edit: splits('folds.map(({ train, test }) => ({ test, train: train.filter((i) => grades[i]! > 1) }))'),
  },
  { name: 'without students over 20, by their age', edit: written("students.query('age < 20')") },
  {
    name: 'without students over 20, numbered anew',
    edit: written(
      "students.query('age < 20').assign({ row: (young: any) => young.values.map((_: any, i: number) => i) })",
    ),
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
  { name: 'all folds called 0', edit: edit(EVALUATE, ['fold: fold[k]', 'fold: 0']) },
  {
    name: 'all columns written through, unused',
    edit: edit(
      PREPARE,
      ['raw.assign({', "raw.assign({ firstGrade: raw['G1'],"],
      ["columns: ['row',", "columns: ['firstGrade', 'row',"],
    ),
  },
  { name: 'the prepared table in another order', edit: written("students.sortValues('row', { ascending: false })") },
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
        'baseline: { rmse: rmse(grades, guessed) },',
        'baseline: { rmse: rmse(scored.map((i) => grades[i]!), scored.map((i) => guessed[i]!)) },',
      ],
    ),
  },
  {
    name: 'a slow model, which is checked on fewer rows',
    checkpoint: '3-forest',
    edit: edit(PARAMS, ['trees: 100', 'trees: 400']),
  },
];
