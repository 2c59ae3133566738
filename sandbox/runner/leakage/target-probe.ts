// Does a run use the values it is scored on? Its stages run again on tables in which only the targets of some rows are
// others: the out-of-fold predictions of these rows may not change by that.
// Invariant: nothing is said without two proofs. First the targets within one fold are exchanged, which leaves every figure
// of the whole table and of the fold as it was (what uses those alone is not seen); then the target of a single row is
// replaced, which is right whatever the folds are called.
import type { FactsByFinding, Predictions, RunFinding } from '#pipeline-core/core/report.ts';
import { toCsv } from '#pipeline-core/table/csv.ts';
import type { Table } from '#pipeline-core/table/table.ts';
import { ancestors } from '#pipeline-core/workspace/graph.ts';
import { pickParams } from '#pipeline-core/workspace/params.ts';
import { pathsOut, type Stage } from '#pipeline-core/workspace/pipeline.ts';
import type { CheckedTask } from '../../protocol/job.ts';
import { runStage } from '../execute-stage.ts';
import { PREDICTIONS, readPredictions } from '../read-predictions.ts';
import type { RunState } from '../run-context.ts';

/**
 * Of the processor. Stages that take longer are asked on fewer rows, where a leak of a few rows may not be seen. The template's
 * take a third of it, so that a processor shared with others sees as much.
 */
const WHOLE_TABLE_MS = 900;
const SAMPLED_ROWS = 120;
/** Of a longer table some rows are asked about, however fast the stages are. */
const MOST_TABLE_BYTES = 1024 * 1024;
/** A prediction that changes by less than this share of the targets' range, or of probabilities, changed by rounding. */
const ROUNDING = 1e-6;
const FEWEST_CHANGED = 2;
/** Rows that are left out by chance, or so that they are like the others, have a mean this near; in standard deviations. */
const NEAR_MEAN = 0.5;
const ASKED_ALONE = 3;

export interface Probed {
  readonly task: CheckedTask;
  readonly predictions: Predictions;
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

type Scored = (rows: Table, folds: readonly number[] | null) => Promise<Predictions | 'failed'>;

async function probe(state: RunState, { task, predictions }: Probed): Promise<RunFinding[]> {
  const path = Object.keys(state.input.job.data).find((one) => one.endsWith('.csv'));
  const stages = scoringStages(state.workspace.stages);
  if (path === undefined || stages.length === 0) return [];
  const raw = state.input.job.data[path]!;
  const { classes } = task;
  const parts = [...new Set([...task.forbidden, task.target])];
  const cost = stages.reduce((sum, { name }) => sum + (state.costs.get(name) ?? 0), 0);
  const isSlow = cost > WHOLE_TABLE_MS || raw.length > MOST_TABLE_BYTES;
  const { table, at, of } = state.input.dataCache.sampleOf(raw, isSlow ? SAMPLED_ROWS : Number.POSITIVE_INFINITY);
  const slow = at.length < of;
  const targets = at.map((row) => task.actual[row]!);
  const scored: Scored = (rows, folds) =>
    scoredAgain(state, { stages, path, classes, folds, csv: toCsv(rows, { newline: '\n' }) });

  const before = slow ? await scored(table, null) : predictions;
  if (before === 'failed') return [];
  const chosen = chosenByTarget(before, targets, classes);
  if (chosen !== null) {
    const others = await scored(withTargets(table, { parts, from: chosen }), null);
    if (others === 'failed') return [unchecked('failed')];
    const rows = new Set(before.row);
    const facts = { rows: rows.size, of: table.rowCount };
    const same = new Set(others.row).size === rows.size && others.row.every((row) => rows.has(row));
    if (!same) return [{ code: 'leak-row-choice', level: 'alarm', facts }];
  }
  const fold = byRow(before, Math.min(...before.fold));
  const order = [...fold.keys()].sort((a, b) => targets[a]! - targets[b]! || a - b);
  const exchange: Exchange = {
    table,
    parts,
    before,
    order,
    from: new Map(order.map((row, i) => [row, order[(i + (order.length >> 1)) % order.length]!])),
    least: ROUNDING * (classes.length > 0 ? 1 : Math.max(...targets) - Math.min(...targets)),
  };
  // Folds of classes are stratified as a rule, and so depend on the targets.
  const free = classes.length > 0 && foldsOf(before, table) !== null ? 'folds' : await usesOwn(exchange, scored, null);
  const found = free === 'folds' ? await withFoldsHeld(exchange, scored) : free;
  return found === 'folds' ? [unchecked('folds')] : found;
}

interface Exchange {
  readonly table: Table;
  readonly parts: readonly string[];
  readonly before: Predictions;
  /** Rows of one fold by their targets, and whose each of them gets. */
  readonly order: readonly number[];
  readonly from: ReadonlyMap<number, number>;
  readonly least: number;
}

/** `folds`: which rows are in which fold changed with the targets, so that nothing can be said. */
async function usesOwn(
  { table, parts, before, order, from, least }: Exchange,
  scored: Scored,
  folds: readonly number[] | null,
): Promise<RunFinding[] | 'folds'> {
  const lowest = Math.min(...before.fold);
  const fold = byRow(before, lowest);
  const after = await scored(withTargets(table, { parts, from }), folds);
  if (after === 'failed') return [unchecked('failed')];
  const now = byRow(after, lowest);
  if (now.size !== fold.size || order.some((row) => !now.has(row))) return 'folds';
  const moved = (row: number) => apart(now.get(row)!, fold.get(row)!);
  const changed = order.filter((row) => moved(row) > least).sort((a, b) => moved(b) - moved(a));
  if (changed.length < FEWEST_CHANGED) return [];
  for (const row of changed.slice(0, ASKED_ALONE)) {
    const alone = await scored(withTargets(table, { parts, from: new Map([[row, from.get(row)!]]) }), folds);
    if (alone === 'failed') return [unchecked('failed')];
    const own = ownPrediction(alone, row);
    if (own === undefined || apart(own, fold.get(row)!) <= least) continue;
    return [{ code: 'leak-own-target', level: 'alarm', facts: { rows: changed.length, of: order.length } }];
  }
  return 'folds';
}

/** With stratified splits kept as they were, where that leaves the predictions on the table itself as they are. */
async function withFoldsHeld(exchange: Exchange, scored: Scored): Promise<RunFinding[] | 'folds'> {
  const { table, before, least } = exchange;
  const folds = foldsOf(before, table);
  if (folds === null) return 'folds';
  const control = await scored(table, folds);
  if (control === 'failed') return [unchecked('failed')];
  const [a, b] = [before, control].map((made) => new Map(made.row.map((row, i) => [row, { made, i }] as const)));
  const same = [...a!].every(([row, { i }]) => {
    const other = b!.get(row);
    return other !== undefined && apart(answerAt(before, i), answerAt(control, other.i)) <= least;
  });
  return same ? usesOwn(exchange, scored, folds) : 'folds';
}

/** The fold of each row of the table, from 0; null where a row was predicted more or less often than once. */
function foldsOf({ row, fold }: Predictions, { rowCount }: Table): number[] | null {
  const names = [...new Set(fold)].sort((a, b) => a - b);
  const folds = new Array<number>(rowCount).fill(-1);
  row.forEach((own, i) => {
    folds[own] = names.indexOf(fold[i]!);
  });
  return row.length === rowCount && folds.length === rowCount && !folds.includes(-1) ? folds : null;
}

/**
 * null: the rows that are not scored are none, or like the others. Else an exchange of targets between them and scored
 * rows: which are scored may not change by it.
 */
function chosenByTarget(
  { row }: Predictions,
  targets: readonly number[],
  classes: readonly string[],
): ReadonlyMap<number, number> | null {
  const known = new Set(row);
  const scored = [...known];
  const left = [...targets.keys()].filter((own) => !known.has(own));
  if (left.length === 0 || scored.length === 0) return null;
  // Of classes each has a mean of its own: the share of its rows.
  const sides =
    classes.length > 0 ? classes.map((_, k) => targets.map((own) => (own === k ? 1 : 0))) : [targets, far(targets)];
  const alike = (side: readonly number[]) => {
    const mean = (rows: readonly number[]) => rows.reduce((sum, own) => sum + side[own]!, 0) / rows.length;
    const middle = mean(scored);
    const spread = Math.sqrt(scored.reduce((sum, own) => sum + (side[own]! - middle) ** 2, 0) / scored.length);
    return Math.abs(mean(left) - middle) <= NEAR_MEAN * spread;
  };
  if (sides.every(alike)) return null;
  const pairs = left.slice(0, scored.length).map((own, i) => [own, scored[i]!] as const);
  return new Map(pairs.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]));
}

/** How far from their mean: rows at both ends, which are hard to predict, may be left out without a change of the mean. */
function far(targets: readonly number[]): number[] {
  const mean = targets.reduce((sum, own) => sum + own, 0) / targets.length;
  return targets.map((own) => Math.abs(own - mean));
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

/** A number, or a probability for each class. */
type Answer = readonly number[];
const answerAt = ({ predicted, probabilities }: Predictions, i: number): Answer =>
  probabilities?.[i] ?? [predicted[i]!];
const apart = (a: Answer, b: Answer): number => Math.max(...a.map((own, k) => Math.abs(own - b[k]!)));

/** Row -> what was predicted for it while it was in this fold. */
function byRow(predictions: Predictions, wanted: number): Map<number, Answer> {
  const { row, fold } = predictions;
  return new Map(row.flatMap((own, i) => (fold[i] === wanted ? [[own, answerAt(predictions, i)] as const] : [])));
}

/** In the lowest of its folds, as `byRow` takes it. */
function ownPrediction(predictions: Predictions, wanted: number): Answer | undefined {
  const { row, fold } = predictions;
  const places = row.flatMap((own, i) => (own === wanted ? [i] : []));
  const [first] = places.sort((a, b) => fold[a]! - fold[b]!);
  return first === undefined ? undefined : answerAt(predictions, first);
}

/** `failed`: by the code's own fault. */
async function scoredAgain(
  state: RunState,
  again: {
    readonly stages: readonly Stage[];
    readonly path: string;
    readonly csv: string;
    readonly classes: readonly string[];
    readonly folds: readonly number[] | null;
  },
): Promise<Predictions | 'failed'> {
  const { stages, path, csv, classes, folds } = again;
  const { onTiming: _, ...input } = state.input;
  const texts = new Map(state.texts).set(path, csv);
  const rerun: RunState = {
    ...state,
    texts,
    lines: [],
    input: { ...input, ...(folds === null ? {} : { folds }), onProgress: () => {} },
  };
  try {
    for (const stage of stages) {
      const params = pickParams(state.workspace.params, stage);
      const { outs, error } = await runStage(
        { state: rerun, stage, params },
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
    state.child = rerun.child;
    state.waited = rerun.waited;
  }
  const read = readPredictions(String(texts.get(PREDICTIONS)), classes);
  return read.ok && read.value.row.length > 0 ? read.value : 'failed';
}
