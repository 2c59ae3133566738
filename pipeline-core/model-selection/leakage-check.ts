// What to look at before a score is believed: answers hidden among the questions, steps that
// saw the test rows, columns about people that deserve a decision.
// Invariant: findings in plain sentences, never a veto; people decide.

import { PipelineError } from '../core/errors.ts';
import type { Finding } from '../core/report.ts';
import type { Matrix } from '../estimator/model.ts';
import type { Split } from '../estimator/split.ts';
import type { Transformer } from '../preprocessing/transformer.ts';
import { markersOf, type Schema } from '../table/schema.ts';
import { Table } from '../table/table.ts';
import { type InputLeak, type InputLeaksInput, inputLeaks, isFrom } from './input-leaks.ts';

export interface LeakAlarmInput extends Omit<InputLeaksInput, 'inputs' | 'markers'> {
  /** What the model sees, in any encoding; an encoded column is known by its prefix: `sex_F` is sex. */
  readonly inputs: Table | Matrix;
  /** Says which columns are sensitive, and which values say what was known only after the outcome. */
  readonly schema?: Schema;
  /** Steps already fitted, the table they were fitted on a part of, and which rows were to train. */
  readonly fitted?: FittedSteps;
}

export interface FittedSteps {
  readonly steps: readonly Transformer[];
  readonly table: Table;
  readonly split: Split;
}

/** Alarms first, then warnings, then information. Throws PipelineError 'length-mismatch'. */
export function leakAlarm(input: LeakAlarmInput): Finding[] {
  const inputs = tableOf(input.inputs);
  for (const [what, rows] of [
    ['target', input.target.length],
    ['raw table', input.raw?.rowCount ?? inputs.rowCount],
  ] as const) {
    if (rows === inputs.rowCount) continue;
    const message = `The inputs have ${inputs.rowCount} rows, but the ${what} has ${rows}: they must match row for row.`;
    throw new PipelineError('length-mismatch', message, { rows: inputs.rowCount, other: rows });
  }
  const findings = [
    ...inputLeaks({ ...input, inputs, markers: markersOf(input.schema) }).map((found) =>
      leak('alarm', found.facts.column, sentenceOf(found)),
    ),
    ...(input.fitted === undefined ? [] : fitFindings(input.fitted)),
    ...markedRows(inputs, input),
    ...sensitiveFindings(inputs, input.schema),
  ];
  const order = ['alarm', 'warning', 'info'];
  return findings.sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
}

function leak(level: Finding['level'], column: string | null, message: string): Finding {
  return { code: 'leak', level, message, ...(column === null ? {} : { column }) };
}

function sentenceOf({ code, facts }: InputLeak): string {
  switch (code) {
    case 'leak-part':
      return facts.renamed
        ? `"${facts.column}" is ${facts.part} under another name, and ${facts.target} is made of ${facts.part}: the model copies the answer instead of predicting it.`
        : `"${facts.column}" is among the inputs, but ${facts.target} is made of ${facts.part}: the model copies the answer instead of predicting it.`;
    case 'leak-strong':
      return `"${facts.column}" alone explains ${facts.percent} % of ${facts.target}. Is it known before ${facts.target} is? If not, it leaks the answer.`;
    case 'leak-marker':
      return `"${facts.column}" says only whether ${facts.source} = ${facts.value}, which marks ${facts.label}: that was known after the outcome, not before.`;
    case 'leak-identifier':
      return `"${facts.column}" has a number of its own for every row: a model can only memorize it.`;
  }
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

function markedRows(inputs: Table, { raw, schema }: LeakAlarmInput): Finding[] {
  return markersOf(schema).flatMap(({ column: name, value, label, of, is }) => {
    const source = raw?.has(name) === true ? raw.column(name) : inputs.has(name) ? inputs.column(name) : null;
    if (source?.kind !== 'number' || !inputs.has(name) || raw?.has(of) !== true) return [];
    const outcome = raw.numbers(of);
    const marked = [...outcome.keys()].filter((row) => outcome[row] === is);
    if (marked.length < 3 || marked.some((row) => source.values[row] !== value)) return [];
    const message = `All ${marked.length} rows with ${of} = ${is} have ${name} = ${value}: a model can read from ${name} which are ${label}. Treat ${value} with care.`;
    return [leak('warning', name, message)];
  });
}

function sensitiveFindings(inputs: Table, schema: Schema | undefined): Finding[] {
  const used = (schema?.columns ?? []).filter(
    (column) => column.sensitive === true && inputs.names.some((name) => isFrom(name, column.name)),
  );
  if (used.length === 0) return [];
  const names = used.map((column) => `${column.label.toLowerCase()} (${column.name})`).join(', ');
  const message = `The model uses sensitive facts about people: ${names}. Switch them off and see what that costs.`;
  return [{ code: 'sensitive', level: 'info', message, ...(used.length === 1 ? { column: used[0]!.name } : {}) }];
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
