// The part of src/row.ts that is about the table: what may be known of a row, what stands for an empty cell, the target.
import type { CoursePlan, PlannedColumn } from './course-plan.ts';
import { commented, literal } from './writing.ts';

/** A word of fewer rows, or an empty cell in fewer, is `other`: there is nothing to learn from it, and a fold may lack it. */
const RARE = 5;
/** Of all words in the code together: a workspace holds 200 kB. */
const MOST_CHARACTERS = 60_000;

export function factsCode(plan: CoursePlan): string {
  const words = wordsInCode(plan.inputs);
  const facts = plan.inputs.map((column) => {
    const { name, label } = column;
    return `  ${name}: ${kindOf(column, words)},${commented(label) === name ? '' : ` // ${commented(label)}`}\n`;
  });
  const medians = plan.inputs
    .filter(({ type, missing }) => missing > 0 && (type === 'integer' || type === 'number'))
    .map(({ name, typical }) => `  ${name}: ${typical},\n`);
  return `/** What may be known: a number, a text, or one of these words ('' is an empty cell). What the task forbids is not in here. */
export const facts = {
${facts.join('')}} as const satisfies Facts;

/** The median of each column of numbers that has empty cells: an empty one counts as it, and a feature says that it was empty. */
const medians: Readonly<Record<string, number>> = {${medians.length === 0 ? '' : `\n${medians.join('')}`}};

/** What we predict. */
export const targetName = ${literal(plan.target)};
${targetCode(plan)}
${groupCode(plan)}`;
}

const groupCode = ({ group }: CoursePlan): string =>
  group === undefined
    ? ''
    : `
/** Rows with the same value of this column belong together: no fold splits them. It is no input. */
export const groupName = ${literal(group)};
`;

function targetCode({ kind, target, classes }: CoursePlan): string {
  if (kind === 'regression')
    return `export const target = (table: Table): Float64Array => table.numbers(${literal(target)});`;
  return `export const classes = [${classes.map(literal).join(', ')}] as const;
export const target = (table: Table): string[] => table.words(${literal(target)});`;
}

function kindOf({ name, type, counts, missing }: PlannedColumn, words: ReadonlySet<string>): string {
  if (type === 'integer' || type === 'number') return "'number'";
  if (type === 'text' || !words.has(name)) return "'text'";
  const frequent = [...counts]
    .filter(([, rows]) => rows >= RARE)
    .map(([word]) => word)
    .sort();
  const rare = frequent.length < counts.size || (missing > 0 && missing < RARE);
  const all = new Set([...(missing >= RARE ? [''] : []), ...(rare ? ['other'] : []), ...frequent]);
  return `[${[...all].map(literal).join(', ')}]`;
}

/** Where all words are too long together, the columns with the longest become texts. */
function wordsInCode(inputs: readonly PlannedColumn[]): ReadonlySet<string> {
  const sizes = inputs
    .filter(({ levels }) => levels !== undefined)
    .map(({ name, levels = [] }) => ({ name, size: levels.reduce((sum, level) => sum + level.length + 4, 0) }))
    .sort((a, b) => a.size - b.size);
  let sum = 0;
  return new Set(
    sizes
      .filter(({ size }) => {
        sum += size;
        return sum <= MOST_CHARACTERS;
      })
      .map(({ name }) => name),
  );
}
