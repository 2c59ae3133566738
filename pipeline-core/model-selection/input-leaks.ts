// Answers hidden among the inputs of a model: parts of the target, columns that predict too well alone, marks of what was
// known only afterwards, numbers that name the row.
// Invariant: codes and facts, no sentences; a column is named by what it holds, not by its name alone, where the raw table
// is there to compare with.
import type { FactsByFinding, Marker } from '../core/report.ts';
import { square } from '../math/deterministic-math.ts';
import { type Column, cellOf, type NumberColumn } from '../table/column.ts';
import { parseCsv } from '../table/csv.ts';
import type { Table } from '../table/table.ts';
import { correlation, explainedShare } from '../table/univariate.ts';

type InputLeakCode = 'leak-part' | 'leak-strong' | 'leak-marker' | 'leak-identifier';
/** Each is an alarm. */
export type InputLeak = {
  readonly [C in InputLeakCode]: { readonly code: C; readonly facts: FactsByFinding[C] };
}[InputLeakCode];

export interface InputLeaksInput {
  readonly inputs: Table;
  /** One number a row of `inputs`; of a classification the index of the row's class. */
  readonly target: ArrayLike<number>;
  readonly targetName: string;
  /** Number of classes; 0: the target is a number. Default 0. */
  readonly classes?: number;
  /** Columns the target is made of, which the task forbids. */
  readonly parts?: readonly string[];
  /** Columns the task allows on purpose, however much they tell: the price of last year for that of this year. */
  readonly allowed?: readonly string[];
  /** Values that say what was known only after the outcome. */
  readonly markers?: readonly Marker[];
  /** The raw table, row for row as `inputs`: finds parts and markers under other names. */
  readonly raw?: Table;
}

/** A single column that explains this share of the target's variance is too good to be true. */
const NEAR_PERFECT = 0.8;
/** Two columns this alike say the same. */
const SAME = 0.999;
/** In fewer rows, different numbers are no sign of a name. */
const FEWEST_NAMED = 20;
/** Numbers that name rows lie at most so far apart, on average. */
const MOST_ROOM = 10;

/** At most one for each column: the part it holds, else what it marks, else the row it names, else how much it tells. */
export function inputLeaks(input: InputLeaksInput): InputLeak[] {
  const { inputs } = input;
  return inputs.columns.flatMap((column) => {
    const found = partIn(column, input) ?? markerIn(column, input) ?? identifierIn(column) ?? strongIn(column, input);
    return found === null ? [] : [found];
  });
}

/** The column was made from a column of this name: as it is, or a word of it as `sex_F` or `sex=F`. */
export function isFrom(name: string, source: string): boolean {
  return name === source || name.startsWith(`${source}_`) || name.startsWith(`${source}=`);
}

function partIn(column: Column, { parts = [], raw, targetName }: InputLeaksInput): InputLeak | null {
  for (const part of parts) {
    const source = raw?.has(part) === true ? raw.column(part) : null;
    const named = isFrom(column.name, part);
    const holds = source === null ? named : sameAs(column, source) || (named && isMadeFrom(column, source));
    if (!holds) continue;
    return { code: 'leak-part', facts: { column: column.name, part, target: targetName, renamed: !named } };
  }
  return null;
}

function markerIn(column: Column, { raw, inputs, markers = [] }: InputLeaksInput): InputLeak | null {
  for (const { column: name, value, label } of markers) {
    const source = raw?.has(name) === true ? raw.column(name) : inputs.has(name) ? inputs.column(name) : null;
    if (column.name === name || source?.kind !== 'number') continue;
    const values = source.values.map((own) => (own === value ? 1 : 0));
    if (!sameAs(column, { kind: 'number', name: 'marked', values })) continue;
    return { code: 'leak-marker', facts: { column: column.name, source: name, value, label } };
  }
  return null;
}

/**
 * A number of its own for every row, as one that counts them has: it only ever rises or falls along the table, or it is
 * whole and has little room beside the others. A quantity may differ in every row, too.
 */
function identifierIn(column: Column): InputLeak | null {
  if (column.kind !== 'number') return null;
  const { values } = column;
  if (values.length < FEWEST_NAMED || new Set(values).size < values.length || values.some(Number.isNaN)) return null;
  if (!isOrdered(column) && !(values.every(Number.isInteger) && isDense(column))) return null;
  return { code: 'leak-identifier', facts: { column: column.name } };
}

function isOrdered({ values }: NumberColumn): boolean {
  const rises = values[1]! > values[0]!;
  for (let row = 1; row < values.length; row++) if (values[row]! > values[row - 1]! !== rises) return false;
  return true;
}

function isDense({ values }: NumberColumn): boolean {
  let [min, max] = [Infinity, -Infinity];
  for (const value of values) {
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return max - min < values.length * MOST_ROOM;
}

function strongIn(column: Column, { target, targetName, classes, allowed = [] }: InputLeaksInput): InputLeak | null {
  if (allowed.some((own) => isFrom(column.name, own))) return null;
  const share = explainedTarget(column, target, classes);
  if (share < NEAR_PERFECT) return null;
  const percent = Math.min(100, Math.floor(share * 100));
  return { code: 'leak-strong', facts: { column: column.name, target: targetName, percent } };
}

/** Of classes: how much of the membership in each is explained, all classes by their own spread. */
function explainedTarget(column: Column, target: ArrayLike<number>, classes = 0): number {
  if (classes <= 2) return explainedShare(column, target);
  let [explained, spread] = [0, 0];
  for (let k = 0; k < classes; k++) {
    const member = Float64Array.from(target, (own) => (own === k ? 1 : 0));
    const share = member.reduce((sum, own) => sum + own, 0) / member.length;
    spread += share * (1 - share);
    if (share > 0 && share < 1) explained += share * (1 - share) * explainedShare(column, member);
  }
  return spread === 0 ? 0 : explained / spread;
}

// The same information: equal up to a linear change of unit, or, for words, one to one.
function sameAs(a: Column, b: Column): boolean {
  if (a.kind === 'number' && b.kind === 'number' && square(correlation(a.values, b.values)) >= square(SAME))
    return true;
  const { left, right, pairs, rows } = pairsOf(a, b);
  return left > 1 && left < rows / 2 && pairs === left && pairs === right;
}

/** Rows that agree in `source` agree in `column`, which is not the same for all. */
function isMadeFrom(column: Column, source: Column): boolean {
  const { left, right, pairs, rows } = pairsOf(column, source);
  // Where the source differs from row to row, anything follows from it.
  return left > 1 && right < rows / 2 && pairs === right;
}

/** How many different cells each has, and how many different pairs they make. */
function pairsOf(a: Column, b: Column) {
  const pairs = new Set<string>();
  const [left, right] = [new Set<unknown>(), new Set<unknown>()];
  const rows = a.kind === 'category' ? a.codes.length : a.values.length;
  for (let row = 0; row < rows; row++) {
    const [own, other] = [cellOf(a, row), cellOf(b, row)];
    left.add(own);
    right.add(other);
    pairs.add(JSON.stringify([own, other]));
  }
  return { left: left.size, right: right.size, pairs: pairs.size, rows };
}

export interface WrittenInputs {
  /** What `inputSample` wrote: a CSV with the number of each row in the raw table in `row`, and the inputs. */
  readonly inputs: string;
  readonly raw: string;
  readonly forbidden: readonly string[];
  readonly target: string;
  /** Number of classes; 0: the target is a number. */
  readonly classes: number;
  readonly markers: readonly Marker[];
  /** The target of each row of the raw table. */
  readonly actual: readonly number[];
}

/** Those among the inputs that a run wrote; null where its rows are not rows of the table. */
export function leaksOfInputs(written: WrittenInputs): InputLeak[] | null {
  const { inputs, raw, forbidden, target, classes, markers, actual } = written;
  const table = parseCsv(inputs);
  const rawTable = parseCsv(raw);
  if (!table.has('row') || table.column('row').kind !== 'number') return null;
  const rows = table.numbers('row');
  if (rows.some((row) => !Number.isInteger(row) || row < 0 || row >= rawTable.rowCount)) return null;
  return inputLeaks({
    inputs: table.drop(['row']),
    raw: rawTable.take(rows),
    target: Float64Array.from(rows, (row) => actual[row] ?? Number.NaN),
    targetName: target,
    classes,
    parts: forbidden,
    markers,
  });
}
