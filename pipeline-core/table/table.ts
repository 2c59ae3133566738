// A columnar table of typed columns. Rows count from 0 in code and from 1 in messages, as people count.
// Invariant: a table never changes; every operation returns a new one. Untouched columns are shared, so do not write into
// their arrays.

import { nearNames, PipelineError } from '../core/errors.ts';
import { type CategoryColumn, type Cell, type Column, cellOf, columnOf, lengthOf, takeCells } from './column.ts';

/** One row by column names; null is a missing value. */
export type Row = Readonly<Record<string, Cell>>;

export class Table {
  readonly columns: readonly Column[];
  readonly rowCount: number;
  private readonly byName: ReadonlyMap<string, Column>;

  /**
   * @param rowCount given only where there may be no columns: rows without a column are still rows
   * Throws PipelineError 'duplicate-column' or 'length-mismatch'.
   */
  constructor(columns: readonly Column[], rowCount?: number) {
    this.columns = columns;
    this.rowCount = rowCount ?? (columns[0] === undefined ? 0 : lengthOf(columns[0]));
    const byName = new Map<string, Column>();
    for (const column of columns) {
      if (byName.has(column.name)) {
        const message = `Two columns are called "${column.name}": every column needs a name of its own.`;
        throw new PipelineError('duplicate-column', message, { column: column.name });
      }
      if (lengthOf(column) !== this.rowCount) {
        const message = `Column "${column.name}" has ${lengthOf(column)} rows, but the table has ${this.rowCount}.`;
        throw new PipelineError('length-mismatch', message, { column: column.name });
      }
      byName.set(column.name, column);
    }
    this.byName = byName;
  }

  get names(): string[] {
    return this.columns.map((column) => column.name);
  }

  has(name: string): boolean {
    return this.byName.has(name);
  }

  /** Throws PipelineError 'unknown-column' with near names. */
  column(name: string): Column {
    const column = this.byName.get(name);
    if (column === undefined) throw unknownColumn(name, this.names);
    return column;
  }

  /** The numbers of a number column, NaN where missing; shared, not copied. Throws 'unknown-column', 'wrong-kind'. */
  numbers(name: string): Float64Array {
    const column = this.column(name);
    if (column.kind === 'number') return column.values;
    throw wrongKind(column, 'numbers', 'Encode it first (OneHotEncoder, OrdinalEncoder).');
  }

  /** Codes and levels of a category column. Throws 'unknown-column', 'wrong-kind'. */
  category(name: string): CategoryColumn {
    const column = this.column(name);
    if (column.kind === 'category') return column;
    throw wrongKind(column, 'a category', 'Read it with types: {"column": "category"}.');
  }

  /** All cells of a column, null where missing. */
  cells(name: string): Cell[] {
    const column = this.column(name);
    const cells = new Array<Cell>(this.rowCount);
    for (let row = 0; row < this.rowCount; row++) cells[row] = cellOf(column, row);
    return cells;
  }

  /** All cells of a column as words, whatever it holds, '' where one is missing. Throws 'unknown-column'. */
  words(name: string): string[] {
    const column = this.column(name);
    const words = new Array<string>(this.rowCount);
    for (let row = 0; row < this.rowCount; row++) words[row] = String(cellOf(column, row) ?? '');
    return words;
  }

  /** Throws PipelineError 'unknown-column' or 'row-out-of-range'. */
  cell(row: number, name: string): Cell {
    return cellOf(this.column(name), this.demandRow(row));
  }

  row(row: number): Row {
    this.demandRow(row);
    return Object.fromEntries(this.columns.map((column) => [column.name, cellOf(column, row)]));
  }

  rows(): Row[] {
    // Copies of one record whose properties are there already: ten times as fast as records that grow, and half as large.
    const shape = JSON.parse(JSON.stringify(Object.fromEntries(this.names.map((name) => [name, null])))) as Row;
    return Array.from({ length: this.rowCount }, (_, row) => {
      const record: Record<string, Cell> = { ...shape };
      for (const column of this.columns) record[column.name] = cellOf(column, row);
      return record;
    });
  }

  /** The named columns, in the given order. */
  select(names: readonly string[]): Table {
    return new Table(
      names.map((name) => this.column(name)),
      this.rowCount,
    );
  }

  /** All but the named columns. */
  drop(names: readonly string[]): Table {
    for (const name of names) this.column(name);
    return new Table(
      this.columns.filter((column) => !names.includes(column.name)),
      this.rowCount,
    );
  }

  /** The rows for which `keep` answers true. */
  filter(keep: (row: Row, index: number) => boolean): Table {
    const rows: number[] = [];
    for (let i = 0; i < this.rowCount; i++) if (keep(this.row(i), i)) rows.push(i);
    return this.take(rows);
  }

  /** The given rows (from 0), in the given order; a row may come more than once. */
  take(rows: ArrayLike<number>): Table {
    for (let i = 0; i < rows.length; i++) this.demandRow(rows[i]!);
    return new Table(
      this.columns.map((column) => takeCells(column, rows)),
      rows.length,
    );
  }

  head(rows = 5): Table {
    return this.take(Array.from({ length: Math.min(rows, this.rowCount) }, (_, i) => i));
  }

  /**
   * With one more column, or with that column replaced in its place: a Column, or a name and its cells.
   * Throws PipelineError 'length-mismatch', 'mixed-column'.
   */
  withColumn(column: Column): Table;
  withColumn(name: string, cells: ArrayLike<unknown>): Table;
  withColumn(first: Column | string, cells: ArrayLike<unknown> = []): Table {
    const column = typeof first === 'string' ? columnOf(first, cells) : first;
    // A table of nothing at all takes the rows of its first column.
    const rows = this.columns.length === 0 && this.rowCount === 0 ? lengthOf(column) : this.rowCount;
    if (!this.has(column.name)) return new Table([...this.columns, column], rows);
    return new Table(this.columns.map((old) => (old.name === column.name ? column : old)));
  }

  /** New names for some columns: `{oldName: newName}`. */
  rename(names: Readonly<Record<string, string>>): Table {
    for (const name of Object.keys(names)) this.column(name);
    return new Table(
      this.columns.map((column) => ({
        ...column,
        name: Object.hasOwn(names, column.name) ? names[column.name]! : column.name,
      })),
    );
  }

  private demandRow(row: number): number {
    if (Number.isInteger(row) && row >= 0 && row < this.rowCount) return row;
    const message = `There is no row ${row}: the table has ${this.rowCount} rows, counted from 0.`;
    throw new PipelineError('row-out-of-range', message, { row, rows: this.rowCount });
  }
}

/**
 * A table from plain rows. The columns are those of the first row unless given; a key that a row lacks is missing.
 * Throws PipelineError 'unknown-column' for a key that is no column, 'mixed-column'.
 */
export function tableFromRows(rows: readonly Readonly<Record<string, unknown>>[], columns?: readonly string[]): Table {
  const names = columns ?? Object.keys(rows[0] ?? {});
  const known = new Set(names);
  rows.forEach((row, i) => {
    for (const key of Object.keys(row)) {
      if (columns === undefined && !known.has(key)) {
        const message = `Row ${i + 1} has a column "${key}" that the rows before it do not have.`;
        throw new PipelineError('unknown-column', message, { row: i + 1, column: key });
      }
    }
  });
  return new Table(
    names.map((name) =>
      columnOf(
        name,
        rows.map((row) => (Object.hasOwn(row, name) ? row[name] : null)),
      ),
    ),
  );
}

/** A table from cells by column: `{age: [15, 16], sex: ['F', 'M']}`. */
export function tableFromColumns(columns: Readonly<Record<string, ArrayLike<unknown>>>): Table {
  return new Table(Object.entries(columns).map(([name, cells]) => columnOf(name, cells)));
}

/** The error for a column that is not there, with the names that come nearest. */
export function unknownColumn(name: string, names: readonly string[]): PipelineError {
  const near = nearNames(name, names);
  const hint =
    near.length > 0 ? `Did you mean ${near.map((n) => `"${n}"`).join(' or ')}?` : `It has ${names.join(', ')}.`;
  return new PipelineError('unknown-column', `The table has no column "${name}". ${hint}`, { column: name });
}

function wrongKind(column: Column, wanted: string, remedy: string): PipelineError {
  const message = `Column "${column.name}" holds ${column.kind === 'number' ? 'numbers' : column.kind}, not ${wanted}. ${remedy}`;
  return new PipelineError('wrong-kind', message, { column: column.name });
}
