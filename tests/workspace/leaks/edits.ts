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
    edit(PREPARE, [
      "const students = readCsv('data/raw/students.csv').map((row) =>",
      `const raw = readCsv<Record<string, any>>('data/raw/students.csv');\n${before}\nconst students = raw.map((source, number) => ({ ...source, ${name}: ${value} })).map((row: any) =>`,
    ]),
  );
