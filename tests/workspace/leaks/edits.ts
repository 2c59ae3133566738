import { readCheckpoint } from '#tests/support/student-course.ts';
// Changes of a checkpoint as participants make them, as edits of its files.

export type Files = Readonly<Record<string, string>>;
export interface Change {
  readonly name: string;
  readonly checkpoint?: string;
  readonly task?: string;
  readonly edit: (files: Files) => Files;
  /** What must be found; of an honest change nothing may be. */
  readonly finds?: readonly string[];
}

export const filesOf = ({ checkpoint = '2-columns', edit }: Change): Files => edit(readCheckpoint(checkpoint));

/** Throws where the text is not there: the change would test nothing. */
function replaced(files: Files, path: string, ...pairs: readonly (readonly [string, string])[]): Files {
  let text = files[path] ?? '';
  for (const [from, to] of pairs) {
    if (!text.includes(from)) throw new Error(`${path} has no ${JSON.stringify(from)}`);
    text = text.replace(from, to);
  }
  return { ...files, [path]: text };
}
export const edit =
  (path: string, ...pairs: readonly (readonly [string, string])[]) =>
  (files: Files) =>
    replaced(files, path, ...pairs);
export const both =
  (...edits: readonly ((files: Files) => Files)[]) =>
  (files: Files) =>
    edits.reduce((now, one) => one(now), files);

export const STUDENT = 'src/student.ts';
export const EVALUATE = 'src/evaluate.ts';
export const PREPARE = 'src/prepare.ts';
export const PARAMS = 'params.yaml';
const FEATURE_END = '  return x;\n}';
/** A line before the features of a student are returned. */
export const feature = (line: string) => edit(STUDENT, [FEATURE_END, `  ${line}\n  return x;\n}`]);
/** A column that prepare.ts makes, and the model gets as a number. */
export const column = (name: string, value: string, before = '') =>
  both(
    edit(STUDENT, ["  absences: 'number',", `  absences: 'number',\n  ${name}: 'number',`]),
    edit(PARAMS, ['columns:\n', `columns:\n  ${name}: true\n`]),
    edit(
      PREPARE,
      ["import { params, writeCsv } from 'workshop';", "import { params, readCsv, writeCsv } from 'workshop';"],
      [
        'const students = raw.assign({',
        `const rows = readCsv<Record<string, any>>('data/raw/students.csv');\n${before}\nconst students = raw.assign({ ${name}: rows.map((source, number) => ${value}),`,
      ],
    ),
  );
/** The out-of-fold predictions changed after the models answered: `answer`, of the place `k`. */
export const answers = (changed: string) =>
  edit(
    EVALUATE,
    [
      'const { row, fold, actual, predicted } = predictions;',
      `const { row, fold, actual } = predictions;\nconst predicted = predictions.predicted.map((answer, k) => ${changed});`,
    ],
    ['cv: pooled,', 'cv: { rmse: rmse(actual, predicted), mae: mae(actual, predicted) },'],
  );
/** The table that prepare.ts writes, changed just before. */
export const written = (changed: string) =>
  edit(PREPARE, [
    "writeCsv('data/processed/students.csv', students);",
    `writeCsv('data/processed/students.csv', ${changed});`,
  ]);
/** What the models learn from and answer for, in place of the folds. */
export const splits = (changed: string) => edit(EVALUATE, ['  folds,\n', `  folds: ${changed},\n`]);
