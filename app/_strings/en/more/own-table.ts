// Choosing a course for a new session, and making one of a table of one's own.
import { many } from '../many.ts';

export const ownTable = {
  courses: 'What the session is about',
  size: (rows: number, columns: number) => `${many(rows, 'row')}, ${many(columns, 'column')}`,
  own: 'Your own table',
  ownHint: 'A CSV file: pick the column to predict, and everybody can start.',
  file: 'Choose a CSV file, or drop it here',
  limits: 'At most 20 MB, 100,000 rows and 200 columns. It is deleted together with the session.',
  reading: 'Reading the table …',
  another: 'Choose another file',
  tooLarge: (megabytes: number) => `This file has ${megabytes} MB: at most 20 MB can be used.`,
  tooManyRows: 'This table has more than 100,000 rows: leave some of them out.',
  tooManyColumns: 'This table has more than 200 columns: leave some of them out.',
  empty: 'This file is empty.',
  head: 'First rows',
  columns: 'Columns',
  rows: (n: number) => many(n, 'row'),
  kinds: { number: 'Number', words: 'Words', text: 'Text' },
  date: 'Date, counted in days',
  missing: (n: number) => (n === 0 ? 'none missing' : `${n} missing`),
  distinct: (n: number) => many(n, 'different value'),
  constant: 'The same in every row: left out',
  odd: (row: number, value: string, count: number) =>
    count === 1
      ? `Row ${row}: “${value}” is not a number and counts as missing.`
      : `Row ${row}: “${value}” is not a number. ${count} such cells count as missing.`,
  target: 'What is to be predicted?',
  targetNone: 'Choose a column',
  isTarget: 'Predicted',
  forbid: 'Must not be an input',
  because: {
    strong: (percent: number) => `Alone explains ${percent} % of what is predicted. Is it known before?`,
    identifier: 'Has a value of its own in every row: a model can only memorize it.',
  },
  kind: 'Kind of prediction',
  taskKinds: { regression: 'A number', classification: 'A class' },
  measure: 'Metric',
  measures: {
    rmse: 'Typical error, large ones count more (RMSE)',
    mae: 'Mean error (MAE)',
    logLoss: 'How sure of the right class (log loss)',
    accuracy: 'Share of right answers (accuracy)',
  },
  classes: (names: readonly string[]) => `Classes: ${names.join(', ')}`,
  leftOut: (missing: number, rare: number) =>
    [
      ...(missing > 0 ? [`${many(missing, 'row')} without a value`] : []),
      ...(rare > 0 ? [`${many(rare, 'row')} of classes with fewer than 10 rows`] : []),
    ].join(' and '),
  leaves: 'Left out:',
  group: 'Rows that belong together',
  groupNone: 'No groups',
  groupHint:
    'Such as the visits of one patient: choose the column that names the patient. Its rows are tested and held out together, and it is no input.',
  isGroup: 'Keeps rows together',
  unit: 'Unit',
  unitHint: 'Shown beside the score, such as euro. It may be empty.',
  inRepository: 'Put the table into the repository that people export',
  inRepositoryHint: 'Only the visible rows. Without it, the repository has the code and the columns, but no rows.',
  choose: 'Choose a file and the column to predict.',
} as const;
