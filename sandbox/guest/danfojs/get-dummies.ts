// One column of 0 and 1 for each level of a text column. The package forgets the index, ignores drop_first, refuses a
// single column's name, and orders levels as it meets them, so that two halves of a table get different columns.
import { nearNames } from '#pipeline-core/core/errors.ts';
import { columnsOf as cellsByColumn } from './build.ts';
import { isMissing } from './cells.ts';
import type { Cell, FrameClass, FrameLike, SeriesLike } from './frame-types.ts';

export interface DummyOptions {
  /** Default: every column of text. */
  readonly columns?: string | readonly string[];
  readonly prefix?: string | readonly string[];
  readonly prefixSeparator?: string | readonly string[];
  /** Leaves the first level out: it is "all of them 0". */
  readonly dropFirst?: boolean;
  readonly drop_first?: boolean;
}

export function getDummiesWith(DataFrame: FrameClass) {
  return (data: FrameLike | SeriesLike, options: DummyOptions = {}): FrameLike => {
    if (data?.$isSeries === undefined) throw new TypeError('getDummies(data): data must be a DataFrame or a Series');
    const { index } = data;
    const dropFirst = options.dropFirst === true || options.drop_first === true;
    if (data.$isSeries) {
      const { values } = data as SeriesLike;
      const prefix = one(options.prefix, 0);
      const made = encoded(values, dropFirst);
      const names = made.levels.map((level) => named(prefix, one(options.prefixSeparator, 0) ?? '_', level));
      return new DataFrame(made.rows, { columns: names, index: index.slice() });
    }
    const frame = data as FrameLike;
    const columns = columnsOf(frame, options.columns);
    const kept = frame.columns.map((_, c) => c).filter((c) => !columns.includes(frame.columns[c]!));
    const names = kept.map((c) => frame.columns[c]!);
    const rows: Cell[][] = frame.$data.map((row) => kept.map((c) => row[c]));
    columns.forEach((column, i) => {
      const made = encoded(cellsByColumn(frame)[frame.columns.indexOf(column)]!, dropFirst);
      const prefix = one(options.prefix, i) ?? column;
      names.push(...made.levels.map((level) => named(prefix, one(options.prefixSeparator, i) ?? '_', level)));
      for (const [r, row] of made.rows.entries()) rows[r]!.push(...row);
    });
    return new DataFrame(rows, { columns: unique(names), index: index.slice() });
  };
}

function columnsOf(frame: FrameLike, asked: DummyOptions['columns']): string[] {
  const columns =
    typeof asked === 'string' ? [asked] : (asked ?? frame.columns.filter((_, c) => frame.dtypes[c] === 'string'));
  for (const column of columns) {
    if (frame.columns.includes(column)) continue;
    const near = nearNames(column, frame.columns);
    throw new Error(
      `getDummies: the frame has no column ${column}. ${near.length > 0 ? `Did you mean ${near.join(' or ')}?` : ''}`,
    );
  }
  return [...columns];
}

function encoded(values: readonly Cell[], dropFirst: boolean): { levels: Cell[]; rows: number[][] } {
  // A missing value is none of the levels: all of its columns are 0, as in pandas.
  const levels = [...new Set(values)]
    .filter((level) => !isMissing(level))
    .sort((a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1));
  if (dropFirst) levels.shift();
  const place = new Map(levels.map((level, i) => [level, i]));
  const rows = values.map((value) => {
    const row = new Array<number>(levels.length).fill(0);
    const at = isMissing(value) ? undefined : place.get(value);
    if (at !== undefined) row[at] = 1;
    return row;
  });
  return { levels, rows };
}

function one(option: string | readonly string[] | undefined, at: number): string | undefined {
  return typeof option === 'string' ? option : option?.[at];
}

function named(prefix: string | undefined, separator: string, level: Cell): string {
  return prefix === undefined ? String(level) : `${prefix}${separator}${String(level)}`;
}

function unique(names: readonly string[]): string[] {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return [...names];
  throw new Error(`getDummies would make two columns called ${twice}: give another prefix`);
}
