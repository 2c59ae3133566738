// What can be predicted of a table that nobody prepared, and for one target what must be forbidden as an input: columns
// that give the answer away or name the row.
// Invariant: it proposes, with the reason; people decide.
import { inputLeaks, PipelineError } from '#pipeline-core';
import type { TidyColumn, TidyTable } from '../data/tidy-table.ts';

export const KINDS = ['regression', 'classification'] as const;
export type Kind = (typeof KINDS)[number];
export const MEASURES = {
  regression: ['rmse', 'mae'],
  classification: ['logLoss', 'accuracy'],
} as const satisfies Readonly<Record<Kind, readonly string[]>>;

/** More can hardly be distinguished, by a model or by a reader. */
const MOST_CLASSES = 20;
/** Rows of a class with fewer are left out: each fold and the hold-out set need some. */
export const FEWEST_OF_CLASS = 10;
/** Leaks show in a part of the rows as well. */
const MOST_ROWS_CHECKED = 20_000;

/** Why a column is proposed as forbidden. */
export type Reason =
  | { readonly code: 'strong'; readonly percent: number }
  /** Its value differs from row to row. */
  | { readonly code: 'identifier' };

export interface Proposal {
  readonly target: string;
  /** The first is proposed. */
  readonly kinds: readonly Kind[];
  readonly forbidden: readonly { readonly column: string; readonly reason: Reason }[];
  readonly unit: string;
  /** Of a classification, those with enough rows; most frequent first. */
  readonly classes: readonly { readonly name: string; readonly rows: number }[];
  /** Rows that cannot count: without a value of the target, or of a class too rare. */
  readonly rowsLeftOut: { readonly missing: number; readonly rare: number };
}

/** Columns that say the same in every row, or nothing at all: they are left out. */
export const isConstant = ({ distinct, missing }: TidyColumn): boolean =>
  distinct === 0 || (distinct === 1 && missing === 0);

/** Empty: it cannot be a target. */
export function kindsOf(column: TidyColumn): readonly Kind[] {
  const { kind, distinct } = column;
  if (isConstant(column) || distinct < 2 || kind === 'text') return [];
  if (kind === 'words') return distinct <= MOST_CLASSES ? ['classification'] : [];
  if (!column.whole || column.isDate || distinct > MOST_CLASSES) return ['regression'];
  return distinct === 2 ? ['classification', 'regression'] : ['regression', 'classification'];
}

/** Throws PipelineError 'bad-target'. */
export function proposeFor(tidy: TidyTable, target: string, wanted?: Kind): Proposal {
  const column = tidy.columns.find(({ name }) => name === target);
  if (column === undefined) {
    const known = tidy.columns.map(({ name }) => name).join(', ');
    throw new PipelineError('bad-target', `There is no column "${target}". There are ${known}.`, { column: target });
  }
  const possible = kindsOf(column);
  if (possible.length === 0) {
    const message = `"${column.label}" cannot be predicted: it must be a column of numbers, or of 2 to ${MOST_CLASSES} different words.`;
    throw new PipelineError('bad-target', message, { column: target });
  }
  const kinds =
    wanted !== undefined && possible.includes(wanted)
      ? [wanted, ...possible.filter((one) => one !== wanted)]
      : possible;
  const cells = tidy.table.cells(target);
  const counts = new Map<string, number>();
  for (const cell of cells) if (cell !== null) counts.set(String(cell), (counts.get(String(cell)) ?? 0) + 1);
  const classes = kinds[0] === 'regression' ? [] : frequentOf(counts);
  const kept = classes.reduce((sum, { rows }) => sum + rows, 0);
  const { missing } = column;
  return {
    target,
    kinds,
    forbidden: forbiddenFor(tidy, { target, cells, classes: classes.map(({ name }) => name) }),
    unit: kinds[0] === 'regression' ? column.unit : '',
    classes,
    rowsLeftOut: { missing, rare: kinds[0] === 'regression' ? 0 : cells.length - missing - kept },
  };
}

const frequentOf = (counts: ReadonlyMap<string, number>) =>
  [...counts]
    .filter(([, rows]) => rows >= FEWEST_OF_CLASS)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([name, rows]) => ({ name, rows }));

interface About {
  readonly target: string;
  readonly cells: readonly (string | number | null)[];
  readonly classes: readonly string[];
}

function forbiddenFor({ table, columns }: TidyTable, { target, cells, classes }: About): Proposal['forbidden'] {
  const counts = (cell: string | number | null) =>
    cell !== null && (classes.length === 0 || classes.includes(String(cell)));
  const known = cells.flatMap((cell, row) => (counts(cell) ? [row] : []));
  const step = Math.ceil(known.length / MOST_ROWS_CHECKED);
  const rows = known.filter((_, i) => i % step === 0);
  const inputs = columns.filter((column) => column.name !== target && !isConstant(column));
  const compared = inputs.filter(({ kind }) => kind !== 'text').map(({ name }) => name);
  // As the check of a run does it, which would call a result with such a column suspect.
  const leaks = inputLeaks({
    inputs: table.take(rows).select(compared),
    target: rows.map((row) => (classes.length > 0 ? classes.indexOf(String(cells[row])) : Number(cells[row]))),
    targetName: target,
    ...(classes.length > 0 ? { classes: classes.length } : {}),
  });
  const strong = new Map(
    leaks.flatMap(({ code, facts }) => (code === 'leak-strong' ? [[facts.column, facts.percent] as const] : [])),
  );
  // A number of its own in every row is looked for in all of them.
  const found = inputLeaks({
    inputs: table.select(compared),
    target: new Float64Array(table.rowCount),
    targetName: target,
  });
  const named = new Set(found.flatMap(({ code, facts }) => (code === 'leak-identifier' ? [facts.column] : [])));
  return inputs.flatMap((column): Proposal['forbidden'][number][] => {
    const { name, kind, distinct } = column;
    const percent = strong.get(name);
    if (percent !== undefined) return [{ column: name, reason: { code: 'strong', percent } }];
    const oneWord =
      kind === 'text' && distinct === table.rowCount && table.cells(name).every((cell) => !/\s/.test(String(cell)));
    return oneWord || named.has(name) ? [{ column: name, reason: { code: 'identifier' } }] : [];
  });
}
