// What a table ought to hold, declared once: types, allowed words and ranges, labels for people, sensitive marks.
// Invariant: validation never throws over data; it answers with findings that name row (from 1), column and value.

import { nearNames, PipelineError } from '../core/errors.ts';
import type { Finding, Marker } from '../core/report.ts';
import { type Cell, type Column, type ColumnKind, categoryColumn } from './column.ts';
import { type Row, Table } from './table.ts';

export interface ColumnSchema {
  readonly name: string;
  /** integer, number: a quantity. binary, nominal: words. ordinal: whole numbers whose order has a meaning. */
  readonly type: 'integer' | 'number' | 'ordinal' | 'binary' | 'nominal' | 'text';
  /** For people, such as "Mother's education". */
  readonly label: string;
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  /** Allowed words, in the order in which they are coded and shown. */
  readonly levels?: readonly string[];
  /** What single values mean: {'4': 'higher education'}. */
  readonly valueLabels?: Readonly<Record<string, string>>;
  /** A missing value is fine. Default false. */
  readonly nullable?: boolean;
  /** A fact about a person that a model should use only on purpose. */
  readonly sensitive?: boolean;
  /** A value that says what was known only after the outcome. */
  readonly marks?: Omit<Marker, 'column'>;
  /** A common value, where the middle of the range would be unusual. */
  readonly typical?: Cell;
}

export interface Schema {
  readonly name: string;
  readonly columns: readonly ColumnSchema[];
}

export interface SchemaFinding extends Finding {
  readonly code:
    | 'missing-column'
    | 'unknown-column'
    | 'missing-value'
    | 'wrong-type'
    | 'out-of-range'
    | 'not-allowed'
    | 'more';
  /** From 1; absent where the whole column is meant. */
  readonly row?: number;
  readonly value?: Cell;
}

export interface ValidateOptions {
  /** At most so many findings a column; the rest is counted in one more. Default 5. */
  readonly most?: number;
}

/** The values of a table that say what was known only after the outcome. */
export const markersOf = (schema: Schema | undefined): readonly Marker[] =>
  (schema?.columns ?? []).flatMap(({ name, marks }) => (marks === undefined ? [] : [{ column: name, ...marks }]));

/** The schema itself, once it is sound. Throws PipelineError 'bad-schema'. */
export function defineSchema(schema: Schema): Schema {
  const seen = new Set<string>();
  for (const { name, type, levels, min, max } of schema.columns) {
    const refuse = (what: string) =>
      new PipelineError('bad-schema', `Schema ${schema.name}, column "${name}": ${what}.`, { column: name });
    if (seen.has(name)) throw refuse('it is declared twice');
    seen.add(name);
    if (min !== undefined && max !== undefined && min > max)
      throw refuse(`its smallest value ${min} is above its largest ${max}`);
    const wordy = type === 'binary' || type === 'nominal';
    if (wordy && new Set(levels).size !== levels?.length)
      throw refuse('it needs its allowed words in `levels`, each once');
    if (type === 'binary' && levels?.length !== 2) throw refuse('a binary column has exactly two levels');
    if (!wordy && levels !== undefined) throw refuse(`only words have levels, but it is of type ${type}`);
  }
  return schema;
}

/** Throws PipelineError 'unknown-column'. */
export function schemaColumn(schema: Schema, name: string): ColumnSchema {
  const column = schema.columns.find((own) => own.name === name);
  if (column !== undefined) return column;
  const near = nearNames(
    name,
    schema.columns.map((own) => own.name),
  );
  const hint = near.length > 0 ? ` Did you mean "${near.join('" or "')}"?` : '';
  throw new PipelineError('unknown-column', `Schema ${schema.name} has no column "${name}".${hint}`, { column: name });
}

/** The kinds to read a CSV with: parseCsv(text, {types: csvTypes(schema)}). Read strictly, a wrong cell is an error. */
export function csvTypes(schema: Schema): Record<string, ColumnKind> {
  return Object.fromEntries(schema.columns.map((column) => [column.name, kindOf(column)]));
}

/** Everything in which the table departs from the schema; empty: it fits. */
export function validateTable(table: Table, schema: Schema, { most = 5 }: ValidateOptions = {}): SchemaFinding[] {
  const findings = columnFindings(table.names, schema);
  for (const column of schema.columns) {
    if (!table.has(column.name)) continue;
    let found = 0;
    table.cells(column.name).forEach((value, i) => {
      const finding = cellFinding(column, value);
      if (finding === null) return;
      found++;
      if (found <= most) findings.push({ ...finding, row: i + 1, message: `Row ${i + 1}, ${finding.message}` });
    });
    if (found > most) {
      const message = `Column "${column.name}" has ${found - most} more such cells.`;
      findings.push({ code: 'more', level: 'alarm', message, column: column.name });
    }
  }
  return findings;
}

/** As validateTable for one row from outside, such as a question to the model; messages name no row. */
export function validateRow(row: Row, schema: Schema): SchemaFinding[] {
  const findings = columnFindings(Object.keys(row), schema);
  for (const column of schema.columns) {
    if (!Object.hasOwn(row, column.name)) continue;
    const finding = cellFinding(column, row[column.name] ?? null);
    if (finding !== null) findings.push({ ...finding, message: capital(finding.message) });
  }
  return findings;
}

/**
 * The table with the schema's columns in its order and the words coded in the order of their levels, so that codes
 * mean the same everywhere. Throws PipelineError 'does-not-fit' with the first finding.
 */
export function conform(table: Table, schema: Schema): Table {
  const alarm = validateTable(table, schema, { most: 1 }).find((finding) => finding.level === 'alarm');
  if (alarm !== undefined)
    throw new PipelineError('does-not-fit', alarm.message, { column: alarm.column ?? '', row: alarm.row ?? 0 });
  return new Table(schema.columns.map((column) => conformColumn(table, column)));
}

function conformColumn(table: Table, { name, levels }: ColumnSchema): Column {
  const column = table.column(name);
  if (levels === undefined) return column;
  return categoryColumn(name, table.cells(name) as (string | null)[], levels);
}

function kindOf({ type }: ColumnSchema): ColumnKind {
  if (type === 'text') return 'text';
  return type === 'binary' || type === 'nominal' ? 'category' : 'number';
}

function columnFindings(names: readonly string[], schema: Schema): SchemaFinding[] {
  const declared = schema.columns.map((column) => column.name);
  const missing = declared
    .filter((name) => !names.includes(name))
    .map(
      (name): SchemaFinding => ({
        code: 'missing-column',
        level: 'alarm',
        column: name,
        message: `Column "${name}" is missing.`,
      }),
    );
  const unknown = names
    .filter((name) => !declared.includes(name))
    .map((name): SchemaFinding => {
      const near = nearNames(name, declared);
      const hint = near.length > 0 ? ` Did you mean "${near.join('" or "')}"?` : ' It is left out.';
      return {
        code: 'unknown-column',
        level: 'warning',
        column: name,
        message: `Column "${name}" is not in the schema.${hint}`,
      };
    });
  return [...missing, ...unknown];
}

function cellFinding(column: ColumnSchema, value: Cell): SchemaFinding | null {
  const { name, levels } = column;
  const finding = (code: SchemaFinding['code'], what: string): SchemaFinding => ({
    code,
    level: 'alarm',
    column: name,
    value,
    message: `column "${name}": ${what}.`,
  });
  if (value === null) return column.nullable === true ? null : finding('missing-value', 'the value is missing');
  const kind = kindOf(column);
  if (kind === 'number') return quantityFinding(column, value, finding);
  if (typeof value !== 'string') return finding('wrong-type', `${value} is a number where a word belongs`);
  if (levels === undefined || levels.includes(value)) return null;
  const near = nearNames(value, levels);
  const hint = near.length > 0 ? ` (did you mean "${near[0]}"?)` : '';
  return finding('not-allowed', `"${value}" is not one of ${levels.join(', ')}${hint}`);
}

type Say = (code: SchemaFinding['code'], what: string) => SchemaFinding;

function quantityFinding(
  { type, min = -Infinity, max = Infinity }: ColumnSchema,
  value: Cell,
  say: Say,
): SchemaFinding | null {
  if (typeof value !== 'number') return say('wrong-type', `"${value}" is a word where a number belongs`);
  if (type !== 'number' && !Number.isInteger(value)) return say('wrong-type', `${value} is not a whole number`);
  if (value >= min && value <= max) return null;
  const range = max === Infinity ? `at least ${min}` : min === -Infinity ? `at most ${max}` : `from ${min} to ${max}`;
  return say('out-of-range', `${value} is out of range, allowed is ${range}`);
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
