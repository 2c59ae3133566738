// Is every row scored against its own target of the table?
import type { Predictions, RunFinding } from '#pipeline-core/core/report.ts';
import { PREDICTIONS } from '../read-predictions.ts';

export interface Scored {
  readonly target: string;
  readonly classes: readonly string[];
  /** The target of each row of the raw table; of a classification the index of its class. */
  readonly actual: readonly number[];
}

/** Each row is scored against the target of the task, or: what else. */
export function scoredValues(task: Scored, predictions: Predictions): RunFinding | null {
  const { actual, target } = task;
  const { row, actual: scored } = predictions;
  if (task.classes.length > 0) return scoredClasses(task, predictions);
  const close = (a: number, b: number | undefined) =>
    b !== undefined && Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b));
  const at = row.findIndex((own, i) => !close(scored[i]!, actual[own]));
  if (at === -1) return null;
  // The right values beside the wrong rows: somebody left rows out and numbered the others anew.
  const known = [...actual].sort((a, b) => a - b);
  const isTarget = (value: number) => {
    let [low, high] = [0, known.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (known[middle]! < value - 1e-6 * Math.max(1, Math.abs(value))) low = middle + 1;
      else high = middle;
    }
    return close(value, known[low]);
  };
  if (scored.every(isTarget)) return MISNUMBERED;
  const wrong = row.findIndex((own, i) => actual[own] !== undefined && !close(scored[i]!, actual[own]));
  if (wrong === -1) return MISNUMBERED;
  const facts = { row: row[wrong]!, target, scored: scored[wrong]!, actual: actual[row[wrong]!]! };
  return { code: 'target-differs', level: 'alarm', facts };
}

const MISNUMBERED: RunFinding = { code: 'rows-misnumbered', level: 'warning', facts: { path: PREDICTIONS } };

function scoredClasses({ actual, target, classes }: Scored, { row, actual: scored }: Predictions) {
  const at = row.findIndex((own, i) => scored[i] !== actual[own]);
  if (at === -1) return null;
  // Somebody left rows out and numbered the others anew: the classes follow one another as in the table, with gaps.
  const inOrder = [...new Map(row.map((own, i) => [own, scored[i]!]))].sort(([a], [b]) => a - b);
  let next = 0;
  for (const [, own] of inOrder) {
    next = actual.indexOf(own, next) + 1;
    if (next === 0) break;
  }
  const renumbered = inOrder.length < actual.length && inOrder.every(([own], i) => own === i);
  if (next > 0 && renumbered) return MISNUMBERED;
  const known = actual[row[at]!];
  if (known === undefined) return MISNUMBERED;
  const facts = { row: row[at]!, target, scored: classes[scored[at]!]!, actual: classes[known]! };
  return { code: 'target-differs', level: 'alarm', facts } satisfies RunFinding;
}
