// After a run: does what would be served (`predict`) answer, does it equal the pipeline's own fit, and, after a main run, how
// does it do on the hold-out rows. Invariant: the labels of the hold-out rows never enter a child, the parent scores; nothing that
// `predict` says about hold-out rows (log, errors) is shown, for it could tell the rows.

import type { Answers, RunFinding, ServeFault, TableFault } from '#pipeline-core/core/report.ts';
import { pathsOut } from '#pipeline-core/workspace/pipeline.ts';
import type { Child } from '../child-process/child-process.ts';
import { NUMBERS, type Row } from '../protocol/job.ts';
import type { SomeRows } from './data-cache.ts';
import { holdoutScore, UNSCORED } from './holdout-score.ts';
import { byChance, open, predictRows } from './predictor-client.ts';
import { mostBytesOf, readAnswers } from './read-predictions.ts';
import { type Result, smallTable } from './results.ts';
import { sha256Of } from './run-cache.ts';
import type { RunState } from './run-context.ts';
import type { RunReportBuilder } from './run-report.ts';

/** An out of this name with `row` and `predicted`, or probabilities by class: what the pipeline itself fitted. */
const FITTED = /(?:^|\/)fitted\.csv$/;

interface Served {
  /** For the hold-out rows. */
  readonly answers?: Answers;
  readonly findings: readonly RunFinding[];
  /** A clock, the memory watch or a kill had a part in it: another time it may go otherwise. */
  readonly byChance?: true;
}

/** Resolves to whether it answered: only then it may take the place of the model that is served. */
export async function checkServed(state: RunState, report: RunReportBuilder): Promise<boolean> {
  const { job } = state.input;
  const key = sha256Of(
    JSON.stringify([
      'served 8',
      report.outsKey(),
      state.input.library,
      [...state.hashes].filter(([path]) => path.endsWith('.ts') || path.startsWith('data/raw/')).sort(),
      state.workspace.params,
      hashOfHoldout(state),
      [job.task?.forbidden ?? null, taskOf(state).measure, taskOf(state).classes],
    ]),
  );
  let served = await state.cache.note<Served>(key);
  if (served === null) {
    state.child ??= state.input.takeChild();
    const child = await state.child;
    served = await examine(state, child, report);
    if (state.input.cancelled()) return false;
    if (served.byChance === true) {
      // It may have taken its process along: what follows begins in another.
      child.kill();
      state.child = undefined;
    } else {
      await state.cache.setNote(key, served).catch((error: Error) => state.input.log(`No note kept: ${error.message}`));
    }
  }
  for (const found of served.findings) report.finding(found);
  const scored = served.answers === undefined || scoreInto(report, state, served.answers);
  return scored && served.findings.every(({ code }) => code !== 'served-fails');
}

/** Whether they have a score, or nobody here may know it. */
function scoreInto(report: RunReportBuilder, state: RunState, answers: Answers): boolean {
  const actual = holdoutOf(state)?.actual;
  const score = actual === undefined ? undefined : holdoutScore(answers, actual, taskOf(state));
  if (score === null) report.finding(UNSCORED);
  else report.setHoldout(answers, score);
  return score !== null;
}

async function examine(state: RunState, child: Child, report: RunReportBuilder): Promise<Served> {
  const { limits } = state.input;
  const { memoryMb } = limits;
  const { classes } = taskOf(state);
  // What the run left of its clock, and at least that of a stage: a slow run is not a broken model.
  const last = Math.max(state.began + state.waited + limits.runMs, performance.now() + limits.stageMs);
  const clock = (): number => Math.max(1, Math.floor(Math.min(limits.stageMs, last - performance.now())));
  const opened = await open(child, {
    files: servedFiles(state),
    known: [...state.texts.keys()],
    params: state.workspace.params,
    classes,
    ms: clock(),
    memoryMb,
  });
  if (opened !== null) return failing(opened);
  const holdout = holdoutOf(state);
  const seen = visibleRows(state);
  const findings: RunFinding[] = [];
  if (seen.rows.length > 0) {
    const answer = await predictRows(child, seen.rows, { classes, ms: clock(), memoryMb });
    if (!answer.ok) return failing(answer.error);
    // Where the rows are not those of the table, there is nothing to put side by side.
    const differs = report.found('rows-misnumbered') ? null : againstFit(state, seen, answer.value);
    if (differs !== null) findings.push(differs);
  }
  if (holdout === undefined || holdout.rows.length === 0) return { findings };
  const answer = await predictAll(child, holdout.rows, { classes, clock, memoryMb });
  if (answer.ok) return { findings, answers: answer.value };
  const unseen = broken({ fault: 'holdout_rows' }, answer.error.fault === 'killed');
  return { findings: [...findings, unseen], ...(byChance(answer.error) ? { byChance: true } : {}) };
}

/** What answers are of this job: of which classes, and measured by what. */
export const taskOf = ({ input: { job } }: Pick<RunState, 'input'>) => job.task ?? NUMBERS;

/** A preview is no look at the hold-out rows: whoever sends enough of them would fit the score to those. */
const holdoutOf = ({ input: { job } }: RunState) => (job.kind === 'main' ? job.holdout : undefined);

/** One list for each table, so that its hash is worked out once. The labels only score what is kept. */
const hashOfHoldout = (state: RunState): string | null => {
  const holdout = holdoutOf(state);
  return holdout === undefined ? null : state.input.dataCache.hashOfValue(holdout.rows);
};

/** Rows asked at a time: what parent and child put into one message must not hold up either. */
const ROWS_A_MESSAGE = 2_000;

async function predictAll(
  child: Child,
  rows: readonly Row[],
  {
    classes,
    clock,
    memoryMb,
  }: { readonly classes: readonly string[]; readonly clock: () => number; readonly memoryMb: number },
): Promise<Result<Answers, ServeFault>> {
  const predicted: number[] = [];
  const probabilities: (readonly number[])[] = [];
  for (let from = 0; from < rows.length; from += ROWS_A_MESSAGE) {
    const some = rows.slice(from, from + ROWS_A_MESSAGE);
    const answer = await predictRows(child, some, { classes, ms: clock(), memoryMb });
    if (!answer.ok) return answer;
    for (const one of answer.value.predicted) predicted.push(one);
    for (const one of answer.value.probabilities ?? []) probabilities.push(one);
  }
  return { ok: true, value: { predicted, ...(classes.length > 0 ? { probabilities } : {}) } };
}

function failing(why: ServeFault): Served {
  return { findings: [broken(why, why.fault === 'killed')], ...(byChance(why) ? { byChance: true } : {}) };
}

/** A model that cannot answer has no score to celebrate: nor has one that does not end, as no stage has that does not. */
function broken(why: ServeFault, endedByUs: boolean): RunFinding {
  return { code: 'served-fails', level: endedByUs ? 'warning' : 'alarm', facts: why };
}

/** All TypeScript of the workspace, and every out. */
export function servedFiles(state: Pick<RunState, 'input' | 'texts' | 'workspace'>): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const [path, text] of Object.entries(state.input.job.files)) {
    if (path.endsWith('.ts')) files.set(path, Buffer.from(text));
  }
  for (const path of state.workspace.stages.flatMap(pathsOut)) {
    const content = state.texts.get(path);
    if (content !== undefined) files.set(path, Buffer.from(content));
  }
  return files;
}

// Rows the session can see, with the columns that `predict` will be given; of a large table some.
function visibleRows({ input: { job, dataCache } }: RunState): SomeRows {
  const raw = Object.keys(job.data).find((path) => path.endsWith('.csv'));
  if (raw === undefined) return { rows: [], at: [], of: 0 };
  return dataCache.someRowsOf(job.data[raw]!, job.task?.forbidden ?? [], ROWS_A_MESSAGE);
}

function againstFit(state: RunState, { at, of }: SomeRows, served: Answers): RunFinding | null {
  const path = state.workspace.stages.flatMap(pathsOut).find((out) => FITTED.test(out));
  if (path === undefined) return null;
  const { classes } = taskOf(state);
  const fit = fitOf(
    state.texts.get(path)!,
    classes,
    mostBytesOf({ actual: state.input.job.task?.actual ?? [], classes }),
  );
  if (!fit.ok) return unchecked(path, fit.error);
  const placeOf = new Map(at.map((row, i) => [row, i]));
  const close = (a: number, b: number | undefined) =>
    b !== undefined && Math.abs(b - a) <= 1e-9 * Math.max(1, Math.abs(a));
  for (const [row, fitted] of fit.value) {
    const place = placeOf.get(row);
    // A row that is not in the table has no answer; of a large table most have not been asked for.
    if (place === undefined && row < of) continue;
    const i = place ?? -1;
    const answer = classes.length > 0 ? served.probabilities?.[i] : given(served.predicted[i]);
    const k = fitted.findIndex((own, at) => !close(own, answer?.[at]));
    if (k === -1) continue;
    const label = classes[k];
    const facts = { row, fitted: fitted[k]!, served: answer?.[k] ?? null, ...(label === undefined ? {} : { label }) };
    return { code: 'served-differs', level: 'alarm', facts };
  }
  if (fit.value.size >= of) return null;
  return unchecked(path, { fault: 'rows', rows: fit.value.size, of });
}

const given = (value: number | undefined): readonly number[] | undefined => (value === undefined ? undefined : [value]);

/** Row -> what the pipeline fitted, a number or a probability for each class; or why there is nothing to compare with. */
function fitOf(
  content: string | Buffer,
  classes: readonly string[],
  most: number,
): Result<ReadonlyMap<number, readonly number[]>, TableFault> {
  const table = smallTable(content, most);
  const fault = (error: TableFault) => ({ ok: false, error }) as const;
  if (table === null) return fault({ fault: 'unreadable' });
  if (!table.has('row')) return fault({ fault: 'no_column', column: 'row' });
  if (table.column('row').kind !== 'number') return fault({ fault: 'text_column', column: 'row' });
  const answers = readAnswers(table, classes);
  if (!answers.ok) return answers;
  const { predicted, probabilities } = answers.value;
  const rows = [...table.numbers('row')];
  return { ok: true, value: new Map(rows.map((row, i) => [row, probabilities?.[i] ?? [predicted[i]!]])) };
}

function unchecked(path: string, why: TableFault): RunFinding {
  return { code: 'served-unchecked', level: 'warning', facts: { path, ...why } };
}
