// Does a run use the values it is scored on? Its stages run again on tables in which only the targets of some rows are
// others: the out-of-fold predictions of these rows may not change by that.
// Invariant: nothing is said without two proofs. First the targets within one fold are exchanged, which leaves every figure
// of the whole table and of the fold as it was (what uses those alone is not seen); then the target of a single row is
// replaced, which is right whatever the folds are called.
import type { FactsByFinding, Predictions, RunFinding } from '#pipeline-core/core/report.ts';
import { parseCsv, toCsv } from '#pipeline-core/table/csv.ts';
import type { Table } from '#pipeline-core/table/table.ts';
import { ancestors } from '#pipeline-core/workspace/graph.ts';
import { pickParams } from '#pipeline-core/workspace/params.ts';
import { pathsOut, type Stage } from '#pipeline-core/workspace/pipeline.ts';
import type { CheckedTask } from '../protocol/job.ts';
import { runStage } from './execute-stage.ts';
import { PREDICTIONS, readPredictions } from './results.ts';
import type { RunState } from './run-context.ts';

/** Stages that take longer are asked on fewer rows. */
const WHOLE_TABLE_MS = 250;
const SAMPLED_ROWS = 120;
const MOST_TABLE_BYTES = 1024 * 1024;
/** A prediction that changes by less than this share of the targets' range changed by rounding. */
const ROUNDING = 1e-6;
const FEWEST_CHANGED = 2;
/** Rows that are left out by chance, or so that they are like the others, have a mean this near; in standard deviations. */
const NEAR_MEAN = 0.5;
const ASKED_ALONE = 3;

export interface Probed {
  readonly task: CheckedTask;
  readonly predictions: Predictions;
  /** Milliseconds that a stage took, now or when it was kept. */
  readonly took: (stage: string) => number;
}

export interface Examined {
  readonly findings: readonly RunFinding[];
  /** A clock, the memory watch or a kill had a part in it: another time it may go otherwise. */
  readonly byChance?: true;
}

/** Nothing where the stages cannot be run again. A limit that ended it is a finding. */
export async function probeTarget(state: RunState, probed: Probed): Promise<Examined> {
  try {
    return { findings: await probe(state, probed) };
  } catch (error) {
    if (error instanceof Ended) return { findings: [unchecked(error.reason)], byChance: true };
    throw error;
  }
}

/** A stage that ran again was ended by something else than the code's own fault. */
class Ended extends Error {
  readonly reason: EndReason;
  constructor(reason: EndReason) {
    super(reason);
    this.reason = reason;
  }
}

async function probe(state: RunState, { task, predictions, took }: Probed): Promise<RunFinding[]> {
  const path = Object.keys(state.input.job.data).find((one) => one.endsWith('.csv'));
  const stages = scoringStages(state.workspace.stages);
  if (path === undefined || stages.length === 0) return [];
  const raw = state.input.job.data[path]!;
  if (raw.length > MOST_TABLE_BYTES) return [];
  const parts = [...new Set([...task.forbidden, task.target])];
  const whole = parseCsv(raw);
  const slow = stages.reduce((sum, { name }) => sum + took(name), 0) > WHOLE_TABLE_MS && whole.rowCount > SAMPLED_ROWS;
  const step = slow ? Math.ceil(whole.rowCount / SAMPLED_ROWS) : 1;
  const kept = Array.from({ length: Math.ceil(whole.rowCount / step) }, (_, i) => i * step);
  const table = slow ? whole.take(kept) : whole;
  const targets = kept.map((row) => task.actual[row]!);
  const scored = (rows: Table) => scoredAgain(state, { stages, path, csv: toCsv(rows, { newline: '\n' }) });

  const before = slow ? await scored(table) : predictions;
  if (before === 'failed') return [];
  const chosen = chosenByTarget(before, targets);
  if (chosen !== null) {
    const others = await scored(withTargets(table, { parts, from: chosen }));
    if (others === 'failed') return [unchecked('failed')];
    const rows = new Set(before.row);
    const facts = { rows: rows.size, of: table.rowCount };
    const same = new Set(others.row).size === rows.size && others.row.every((row) => rows.has(row));
    if (!same) return [{ code: 'leak-row-choice', level: 'alarm', facts }];
  }
  const fold = byRow(before, Math.min(...before.fold));
  const order = [...fold.keys()].sort((a, b) => targets[a]! - targets[b]! || a - b);
  const exchanged = new Map(order.map((row, i) => [row, order[(i + (order.length >> 1)) % order.length]!]));
  const after = await scored(withTargets(table, { parts, from: exchanged }));
  if (after === 'failed') return [unchecked('failed')];
  const now = byRow(after, Math.min(...before.fold));
  if (now.size !== fold.size || order.some((row) => !now.has(row))) return [unchecked('folds')];
  const least = ROUNDING * (Math.max(...targets) - Math.min(...targets));
  const moved = (row: number) => Math.abs(now.get(row)! - fold.get(row)!);
  const changed = order.filter((row) => moved(row) > least).sort((a, b) => moved(b) - moved(a));
  if (changed.length < FEWEST_CHANGED) return [];
  for (const row of changed.slice(0, ASKED_ALONE)) {
    const alone = await scored(withTargets(table, { parts, from: new Map([[row, exchanged.get(row)!]]) }));
    if (alone === 'failed') return [unchecked('failed')];
    const own = ownPrediction(alone, row);
    if (own === undefined || Math.abs(own - fold.get(row)!) <= least) continue;
    return [{ code: 'leak-own-target', level: 'alarm', facts: { rows: changed.length, of: order.length } }];
  }
  return [unchecked('folds')];
}

/**
 * null: the rows that are not scored are none, or like the others. Else an exchange of targets between them and scored
 * rows: which are scored may not change by it.
 */
function chosenByTarget({ row }: Predictions, targets: readonly number[]): ReadonlyMap<number, number> | null {
  const known = new Set(row);
  const scored = [...known];
  const left = [...targets.keys()].filter((own) => !known.has(own));
  if (left.length === 0 || scored.length === 0) return null;
  const mean = (rows: readonly number[]) => rows.reduce((sum, own) => sum + targets[own]!, 0) / rows.length;
  const middle = mean(scored);
  const spread = Math.sqrt(scored.reduce((sum, own) => sum + (targets[own]! - middle) ** 2, 0) / scored.length);
  if (Math.abs(mean(left) - middle) <= NEAR_MEAN * spread) return null;
  const pairs = left.slice(0, scored.length).map((own, i) => [own, scored[i]!] as const);
  return new Map(pairs.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]));
}

type Reason = FactsByFinding['leak-unchecked']['reason'];
type EndReason = 'time' | 'memory' | 'ended';

/** What cannot be asked of this code is information; a check that was ended may have been about to find something. */
export const unchecked = (reason: Reason): RunFinding => ({
  code: 'leak-unchecked',
  level: reason === 'folds' || reason === 'failed' ? 'info' : 'warning',
  facts: { reason },
});

/** The stage that writes the predictions after all that it depends on; what is frozen stays as it is. */
function scoringStages(stages: readonly Stage[]): readonly Stage[] {
  const last = stages.find((stage) => pathsOut(stage).includes(PREDICTIONS));
  if (last === undefined) return [];
  const names = [...ancestors(stages, last.name), last.name];
  return [...new Set(names)]
    .map((name) => stages.find((stage) => stage.name === name)!)
    .filter(({ frozen }) => !frozen);
}

/** The table in which `row` has the targets of `from.get(row)`. */
function withTargets(
  table: Table,
  { parts, from }: { readonly parts: readonly string[]; readonly from: ReadonlyMap<number, number> },
): Table {
  const others = table.take(Array.from({ length: table.rowCount }, (_, row) => from.get(row) ?? row));
  return parts
    .filter((name) => table.has(name))
    .reduce((changed, name) => changed.withColumn(others.column(name)), table);
}

/** Row -> what was predicted for it while it was in this fold. */
function byRow({ row, fold, predicted }: Predictions, wanted: number): Map<number, number> {
  return new Map(row.flatMap((own, i) => (fold[i] === wanted ? [[own, predicted[i]!] as const] : [])));
}

/** In the lowest of its folds, as `byRow` takes it. */
function ownPrediction({ row, fold, predicted }: Predictions, wanted: number): number | undefined {
  const places = row.flatMap((own, i) => (own === wanted ? [i] : []));
  const [first] = places.sort((a, b) => fold[a]! - fold[b]!);
  return first === undefined ? undefined : predicted[first];
}

/** `failed`: by the code's own fault. */
async function scoredAgain(
  state: RunState,
  { stages, path, csv }: { readonly stages: readonly Stage[]; readonly path: string; readonly csv: string },
): Promise<Predictions | 'failed'> {
  const { onTiming: _, ...input } = state.input;
  const texts = new Map(state.texts).set(path, csv);
  const again: RunState = { ...state, texts, lines: [], input: { ...input, onProgress: () => {} } };
  try {
    for (const stage of stages) {
      const params = pickParams(state.workspace.params, stage);
      const { outs, error } = await runStage(
        { state: again, stage, params },
        { code: 'changes', changes: [{ type: 'forced' }] },
      );
      if (outs === undefined) {
        if (error?.kind === 'user') return 'failed';
        const limit = error?.code === 'stage_time' || error?.code === 'run_time' ? 'time' : 'ended';
        throw new Ended(error?.code === 'memory' ? 'memory' : limit);
      }
      for (const [out, bytes] of outs) texts.set(out, bytes);
    }
  } finally {
    state.child = again.child;
    state.waited = again.waited;
  }
  const read = readPredictions(String(texts.get(PREDICTIONS)));
  return read.ok && read.value.row.length > 0 ? read.value : 'failed';
}
