// What to look at before a score is believed: answers hidden among the questions, steps that
// saw the test rows, columns about people that deserve a decision.
// Invariant: findings in plain sentences, never a veto; people decide.

import { PipelineError } from '../core/errors.ts';
import type { Finding } from '../core/report.ts';
import type { Matrix } from '../estimator/model.ts';
import type { Split } from '../estimator/split.ts';
import type { Transformer } from '../preprocessing/transformer.ts';
import { type Column, cellOf } from '../table/column.ts';
import type { Schema } from '../table/schema.ts';
import { Table } from '../table/table.ts';
import { correlation, explainedShare } from '../table/univariate.ts';

export interface LeakAlarmInput {
  /** What the model sees, in any encoding; an encoded column is known by its prefix: `sex_F` is sex. */
  readonly inputs: Table | Matrix;
  /** One number a row of `inputs`. */
  readonly target: ArrayLike<number>;
  readonly targetName: string;
  /** Columns the target is made of, which the task forbids: G1, G2, G3. */
  readonly parts?: readonly string[];
  /** Columns the task allows on purpose, however much they tell: G1 for the final grade. */
  readonly allowed?: readonly string[];
  /** The raw table, row for row as `inputs`: finds parts and markers under other names. */
  readonly raw?: Table;
  /** Says which columns are sensitive. */
  readonly schema?: Schema;
  /** Steps already fitted, the table they were fitted on a part of, and which rows were to train. */
  readonly fitted?: FittedSteps;
}

export interface FittedSteps {
  readonly steps: readonly Transformer[];
  readonly table: Table;
  readonly split: Split;
}

/** A single column that explains this share of the target's variance is too good to be true. */
const NEAR_PERFECT = 0.8;
/** Two columns this alike say the same. */
const SAME = 0.999;
const MARKER = { column: 'absences', value: 0, outcome: 'G3' };

/** Alarms first, then warnings, then information. Throws PipelineError 'length-mismatch'. */
export function leakAlarm(input: LeakAlarmInput): Finding[] {
  const inputs = tableOf(input.inputs);
  for (const [what, rows] of [
    ['target', input.target.length],
    ['raw table', input.raw?.rowCount ?? inputs.rowCount],
  ] as const) {
    if (rows === inputs.rowCount) continue;
    const message = `The inputs have ${inputs.rowCount} rows, but the ${what} has ${rows}: they must stand row for row.`;
    throw new PipelineError('length-mismatch', message, { rows: inputs.rowCount, other: rows });
  }
  const parts = partFindings(inputs, input);
  const reported = new Set(parts.map((finding) => finding.column));
  const findings = [
    ...parts,
    ...nearPerfectFindings(inputs, input).filter((finding) => !reported.has(finding.column)),
    ...(input.fitted === undefined ? [] : fitFindings(input.fitted)),
    ...markerFindings(inputs, input),
    ...sensitiveFindings(inputs, input.schema),
  ];
  const order = ['alarm', 'warning', 'info'];
  return findings.sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
}

function leak(level: Finding['level'], column: string | null, message: string): Finding {
  return { code: 'leak', level, message, ...(column === null ? {} : { column }) };
}

function partFindings(inputs: Table, { parts = [], raw, targetName }: LeakAlarmInput): Finding[] {
  return inputs.columns.flatMap((column) => {
    const part = parts.find((own) => isFrom(column.name, own));
    if (part !== undefined) {
      const message = `"${column.name}" is among the inputs, but ${targetName} is made of ${part}: the model copies the answer instead of predicting it.`;
      return [leak('alarm', column.name, message)];
    }
    const original = parts.find((own) => raw?.has(own) === true && sameAs(column, raw.column(own)));
    if (original === undefined) return [];
    const message = `"${column.name}" is ${original} under another name, and ${targetName} is made of ${original}: the model copies the answer instead of predicting it.`;
    return [leak('alarm', column.name, message)];
  });
}

function nearPerfectFindings(inputs: Table, { target, targetName, allowed = [] }: LeakAlarmInput): Finding[] {
  return inputs.columns.flatMap((column) => {
    if (allowed.some((own) => isFrom(column.name, own))) return [];
    const share = explainedShare(column, target);
    if (share < NEAR_PERFECT) return [];
    const percent = Math.min(100, Math.floor(share * 100));
    const message = `"${column.name}" alone explains ${percent} % of ${targetName}. Is it known before ${targetName} is? If not, it leaks the answer.`;
    return [leak('alarm', column.name, message)];
  });
}

// A step that saw the test rows has learned other figures than a copy that is fitted on the training rows now.
function fitFindings({ steps, table, split }: FittedSteps): Finding[] {
  const train = table.take(split.train);
  return steps.flatMap((step) => {
    const learned = JSON.stringify(step.toJSON());
    if (learned === JSON.stringify(step.clone().fit(columnsOf(step, train)).toJSON())) return [];
    const onAll = learned === JSON.stringify(step.clone().fit(columnsOf(step, table)).toJSON());
    const message = onAll
      ? `${step.kind} was fitted on all ${table.rowCount} rows, the ${split.test.length} test rows among them: fit it on the ${split.train.length} training rows, then transform the rest.`
      : `${step.kind} has learned other figures than the ${split.train.length} training rows hold: was it fitted on other rows?`;
    return [leak(onAll ? 'alarm' : 'warning', null, message)];
  });
}

// A step for single columns was fitted on those alone.
function columnsOf(step: Transformer, table: Table): Table {
  if (step.kind === 'ColumnTransformer') return table;
  const names = (step.toJSON().state as { names?: readonly string[] } | null)?.names ?? [];
  return table.select(names);
}

function markerFindings(inputs: Table, { raw, target }: LeakAlarmInput): Finding[] {
  const { column: name, value, outcome } = MARKER;
  const source = raw?.has(name) === true ? raw.column(name) : inputs.has(name) ? inputs.column(name) : null;
  if (source === null || source.kind !== 'number') return [];
  const marked = source.values.map((own) => (own === value ? 1 : 0));
  const flags = inputs.columns
    .filter((column) => column.name !== name && sameAs(column, { kind: 'number', name: 'marked', values: marked }))
    .map((column) => {
      const message = `"${column.name}" says only whether ${name} = ${value}, which marks students who had withdrawn: that was known after the grades, not before.`;
      return leak('alarm', column.name, message);
    });
  if (!inputs.has(name)) return flags;
  const results = raw?.has(outcome) === true ? raw.numbers(outcome) : Float64Array.from(target);
  const zeros = [...results.keys()].filter((row) => results[row] === 0);
  if (zeros.length < 3 || zeros.some((row) => marked[row] !== 1)) return flags;
  const message = `All ${zeros.length} students with a grade of 0 have ${name} = ${value}: a model can read from ${name} who withdrew. Treat ${value} with care.`;
  return [...flags, leak('warning', name, message)];
}

function sensitiveFindings(inputs: Table, schema: Schema | undefined): Finding[] {
  const used = (schema?.columns ?? []).filter(
    (column) => column.sensitive === true && inputs.names.some((name) => isFrom(name, column.name)),
  );
  if (used.length === 0) return [];
  const names = used.map((column) => `${column.label.toLowerCase()} (${column.name})`).join(', ');
  const message = `The model judges students by sensitive facts: ${names}. Switch them off and see what that costs.`;
  return [{ code: 'sensitive', level: 'info', message, ...(used.length === 1 ? { column: used[0]!.name } : {}) }];
}

function isFrom(name: string, source: string): boolean {
  return name === source || name.startsWith(`${source}_`);
}

// The same information: equal up to a linear change of unit, or, for words, one to one.
function sameAs(a: Column, b: Column): boolean {
  if (a.kind === 'number' && b.kind === 'number') return Math.abs(correlation(a.values, b.values)) >= SAME;
  const pairs = new Set<string>();
  const [left, right] = [new Set<unknown>(), new Set<unknown>()];
  const rows = a.kind === 'category' ? a.codes.length : a.values.length;
  for (let row = 0; row < rows; row++) {
    const [own, other] = [cellOf(a, row), cellOf(b, row)];
    left.add(own);
    right.add(other);
    pairs.add(JSON.stringify([own, other]));
  }
  return left.size > 1 && left.size < rows / 2 && pairs.size === left.size && pairs.size === right.size;
}

function tableOf(inputs: Table | Matrix): Table {
  if (inputs instanceof Table) return inputs;
  return new Table(
    Array.from({ length: inputs.cols }, (_, j) => ({
      kind: 'number' as const,
      name: inputs.names[j] ?? `x${j}`,
      values: Float64Array.from({ length: inputs.rows }, (_, i) => inputs.data[i * inputs.cols + j]!),
    })),
  );
}
