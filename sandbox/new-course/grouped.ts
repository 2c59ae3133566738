// The workspace of a table whose rows belong together in groups, such as several visits of one patient: its folds keep each
// group in one part, as the hold-out set does.
// Invariant: a template in which the place of a change is not found is an error here, not a workspace without groups.
import { groupTrainTestSplit, PipelineError } from '#pipeline-core';
import { TABLE_LIMITS } from '../data/tidy-table.ts';
import type { CoursePlan } from './course-plan.ts';
import { foldsOf, HOLDOUT, SEED } from './size.ts';

/** File, what the template says, what it says instead. */
const CHANGES = [
  ['src/prepare.ts', 'import { isColumn,', 'import { groupName, isColumn,'],
  [
    'src/prepare.ts',
    '  columnOf(targetName, target(raw)),\n',
    '  columnOf(targetName, target(raw)),\n  columnOf(groupName, raw.words(groupName)),\n',
  ],
  ['src/row.ts', '    targets: target(table),\n', '    targets: target(table),\n    groups: table.words(groupName),\n'],
  ['src/evaluate.ts', 'crossValidate, ', 'crossValidate, groupKFold, '],
  ['src/evaluate.ts', 'const { rows, x, targets } =', 'const { rows, x, targets, groups } ='],
  [
    'src/evaluate.ts',
    'const scored =',
    '// Rows of one group are tested together: a model must not know a row by others of its group.\nconst folds = groupKFold(groups, { nSplits: p.folds });\nconst scored =',
  ],
  ['src/evaluate.ts', '=>\n  crossValidate({', '=> crossValidate({'],
  ['src/evaluate.ts', 'folds: p.folds, seed: p.seed', 'folds'],
] as const;

/** Path -> text; a table without groups has the template's own. */
export function groupedFiles(files: Readonly<Record<string, string>>, { group }: Pick<CoursePlan, 'group'>) {
  const changed: Record<string, string> = { ...files };
  if (group === undefined) return changed;
  for (const [path, before, after] of CHANGES) {
    const text = changed[path]!;
    if (!text.includes(before)) throw new Error(`The template of ${path} has no "${before}".`);
    changed[path] = text.replace(before, () => after);
  }
  return changed;
}

/** Throws PipelineError 'bad-answers' where the rows that stay visible have too few groups for the folds. */
export function checkGroups(plan: CoursePlan): void {
  const { group, table, target, kind } = plan;
  if (group === undefined) return;
  const groups = table.cells(group).map(String);
  const count = new Set(groups).size;
  const refuse = (why: string) =>
    new PipelineError('bad-answers', `"${labelOf(plan, group)}" cannot keep rows together: ${why}`, { column: group });
  const fewest = TABLE_LIMITS.fewestGroups;
  if (count < fewest) {
    throw refuse(`it has ${count} different values, and at least ${fewest} are needed for a fair test.`);
  }
  if (count === table.rowCount) throw refuse('its value differs from row to row.');
  const { train } = groupTrainTestSplit(groups, {
    testSize: HOLDOUT,
    randomState: SEED,
    ...(kind === 'classification' ? { stratify: table.cells(target).map(String) } : {}),
  });
  const visible = new Set(Array.from(train, (row) => groups[row])).size;
  if (visible >= foldsOf(plan)) return;
  throw refuse(`most rows have the same value. At least ${foldsOf(plan)} groups must be left to learn from.`);
}

const labelOf = ({ columns }: CoursePlan, name: string) =>
  columns.find((column) => column.name === name)?.label ?? name;
