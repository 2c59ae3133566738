// A table beside what is predicted from it: for each column what it holds, and what the target is in each of its bins.
// Invariant: plain JSON, and nothing in it but counts, means and shares of the rows that were given. Rows count from 0 here,
// as in predictions.
import type { Column } from './column.ts';
import { binColumn, type ColumnBin } from './column-bins.ts';
import { type ColumnProfile, profileTable } from './profile.ts';
import type { ColumnSchema } from './schema.ts';
import { Table } from './table.ts';
import { correlation, explainedShare } from './univariate.ts';

export interface ProfiledTarget {
  readonly name: string;
  /** '' where it has none. */
  readonly unit: string;
  /** [] where numbers are predicted. */
  readonly classes: readonly string[];
  /** One a row: the number, or the index of the class. */
  readonly values: ArrayLike<number>;
}

/** What the target is in some rows: its mean, or the share of each class; null where there are no rows. */
export type TargetOfRows = number | readonly number[] | null;

export type ProfiledBin = ColumnBin & { readonly n: number; readonly target: TargetOfRows };

export interface ProfiledColumn
  extends Pick<ColumnSchema, 'name' | 'type' | 'label' | 'unit' | 'valueLabels' | 'sensitive'> {
  /** `forbidden`: no input of a model may come from it. */
  readonly role: 'input' | 'target' | 'forbidden';
  readonly missing: { readonly n: number; readonly target: TargetOfRows };
  readonly distinct: number;
  /** Number columns with at least one value; the standard deviation has n - 1. */
  readonly numbers?: {
    readonly min: number;
    readonly max: number;
    readonly mean: number;
    readonly standardDeviation: number;
    readonly median: number;
  };
  readonly bins: readonly ProfiledBin[];
  /** Share of the target's variance that this column explains alone, 0..1; not of the target itself. */
  readonly explained?: number;
  /** Pearson's r of two numbers. */
  readonly correlation?: number;
}

export interface DataProfile {
  readonly rows: number;
  readonly target: Omit<ProfiledTarget, 'values'> & { readonly all: TargetOfRows };
  /** The target first, then in the order of the table. */
  readonly columns: readonly ProfiledColumn[];
  readonly duplicates: {
    readonly count: number;
    readonly rows: readonly { readonly row: number; readonly of: number }[];
  };
  /** Far from the others, farthest first. */
  readonly oddRows: readonly {
    readonly row: number;
    readonly because: readonly {
      readonly column: string;
      readonly value: number;
      readonly median: number;
      readonly deviations: number;
    }[];
  }[];
}

/** The table as it is shown: the target first, also where it is worked out of several columns. */
export function shownTable(table: Table, target: ProfiledTarget): Table {
  const rest = table.columns.filter(({ name }) => name !== target.name);
  return new Table([table.has(target.name) ? table.column(target.name) : targetColumn(target), ...rest]);
}

export function profileData(
  table: Table,
  about: {
    readonly columns: readonly ColumnSchema[];
    readonly target: ProfiledTarget;
    readonly forbidden: readonly string[];
  },
): DataProfile {
  const { target, forbidden } = about;
  const shown = shownTable(table, target);
  const { columns, duplicates, oddRows } = profileTable(shown);
  const schemaOf = new Map(about.columns.map((column) => [column.name, column]));
  const { values: _, ...named } = target;
  return {
    rows: shown.rowCount,
    target: { ...named, all: targetOf(target, null, shown.rowCount) },
    columns: shown.columns.map((column, i) => {
      const schema = schemaOf.get(column.name) ?? schemaOfTarget(target);
      const role =
        column.name === target.name ? 'target' : forbidden.includes(column.name) ? 'forbidden' : ('input' as const);
      return profiledColumn(column, columns[i]!, { schema, role, target });
    }),
    duplicates: {
      count: duplicates.count,
      rows: duplicates.rows.map(({ row, of }) => ({ row: row - 1, of: of - 1 })),
    },
    oddRows: oddRows.map(({ row, because }) => ({
      row: row - 1,
      because: because.map((part) => ({ ...part, median: short(part.median), deviations: short(part.deviations) })),
    })),
  };
}

/** The column's levels where they are declared: bins are shown in their order. */
export const binsOfColumn = (column: Column, columns: readonly ColumnSchema[], target: ProfiledTarget) =>
  binColumn(column, (columns.find(({ name }) => name === column.name) ?? schemaOfTarget(target)).levels);

function profiledColumn(
  column: Column,
  profile: ColumnProfile,
  about: {
    readonly schema: ColumnSchema;
    readonly role: ProfiledColumn['role'];
    readonly target: ProfiledTarget;
  },
): ProfiledColumn {
  const { role, target, schema } = about;
  const { type, label, unit, valueLabels, sensitive } = schema;
  const { bins, codes } = binColumn(column, schema.levels);
  const members = Array.from({ length: bins.length + 1 }, (): number[] => []);
  for (const [row, code] of codes.entries()) members.at(code)!.push(row);
  const missing = members.at(-1)!;
  const { numbers } = profile;
  return {
    name: column.name,
    type,
    label,
    ...(unit === undefined ? {} : { unit }),
    ...(valueLabels === undefined ? {} : { valueLabels }),
    ...(sensitive === undefined ? {} : { sensitive }),
    role,
    missing: { n: missing.length, target: targetOf(target, missing) },
    distinct: profile.distinct,
    ...(numbers === undefined
      ? {}
      : {
          numbers: {
            min: numbers.min,
            max: numbers.max,
            mean: short(numbers.mean),
            standardDeviation: short(numbers.standardDeviation),
            median: short(numbers.quantiles[2]),
          },
        }),
    bins: bins.map((bin, i) => ({ ...bin, n: members[i]!.length, target: targetOf(target, members[i]!) })),
    ...(role === 'target' ? {} : { explained: short(explainedOf(column, target)) }),
    ...(role === 'target' ? {} : correlationOf(column, target)),
  };
}

/** @param rows null: all */
function targetOf(target: ProfiledTarget, rows: readonly number[] | null, all = 0): TargetOfRows {
  const { classes, values } = target;
  const n = rows?.length ?? all;
  if (n === 0) return null;
  const sums = new Array<number>(Math.max(1, classes.length)).fill(0);
  for (let i = 0; i < n; i++) {
    const value = values[rows === null ? i : rows[i]!]!;
    if (classes.length === 0) sums[0]! += value;
    else sums[value]!++;
  }
  return classes.length === 0 ? short(sums[0]! / n) : sums.map((sum) => short(sum / n));
}

/** Of classes: how much less often one errs who knows the column (Goodman and Kruskal's tau), corrected alike. */
function explainedOf(column: Column, { classes, values }: ProfiledTarget): number {
  if (classes.length === 0) return explainedShare(column, values);
  // Of two classes each says what the other does.
  const asked = classes.length === 2 ? [1] : classes.keys();
  let [explained, total] = [0, 0];
  for (const which of asked) {
    const is = Float64Array.from(values, (value) => (value === which ? 1 : 0));
    const share = is.reduce((sum, value) => sum + value, 0) / is.length;
    const variance = share * (1 - share);
    explained += variance * explainedShare(column, is);
    total += variance;
  }
  return total > 0 ? explained / total : 0;
}

/** Of two classes with the second. */
function correlationOf(column: Column, { classes, values }: ProfiledTarget): { readonly correlation?: number } {
  if (column.kind !== 'number' || classes.length > 2) return {};
  const known = [...column.values.keys()].filter((row) => !Number.isNaN(column.values[row]!));
  const of = (all: ArrayLike<number>) => (known.length === all.length ? all : known.map((row) => all[row]!));
  const r = correlation(of(column.values), of(values));
  return { correlation: short(r) };
}

function targetColumn({ name, classes, values }: ProfiledTarget): Column {
  if (classes.length === 0) return { kind: 'number', name, values: Float64Array.from(values) };
  return { kind: 'category', name, codes: Int32Array.from(values), levels: classes };
}

const schemaOfTarget = ({ name, unit, classes }: ProfiledTarget): ColumnSchema => ({
  name,
  label: name,
  ...(unit === '' ? {} : { unit }),
  ...(classes.length === 0 ? { type: 'number' } : { type: 'nominal', levels: classes }),
});

/** Six digits are more than a chart shows. */
const short = (value: number): number => Number(value.toPrecision(6));
