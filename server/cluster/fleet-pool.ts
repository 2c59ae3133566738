// The sandbox of a node whose runs are performed by workers on other machines: all that `Pool` promises, by tickets and lines.
// Invariant: of each session at most one main run and two previews are in tickets, so that workers take them in a fair order
// without knowing whose they are; nothing of a participant's code runs on this machine.
import { createHash } from 'node:crypto';
import {
  type CodeCheckJob,
  type CodeFindings,
  type Explained,
  type ExplainHandle,
  type ExplainJob,
  type Expression,
  type ExpressionAnswer,
  FairQueue,
  keepCurve,
  keepExplanation,
  keptCurve,
  keptExplanation,
  type LearningCurve,
  type Pool,
} from '#sandbox/index.ts';
import type { Dispatch } from './dispatch.ts';
import { createFleetCalls, type FleetCall } from './fleet-calls.ts';
import { FleetModels } from './fleet-models.ts';
import { createFleetRun, type FleetRun } from './fleet-run.ts';
import { EXPRESSION_BYTES } from './worker-answers.ts';
import { readCodeFindings, readCurve, readExplained, readExpressionAnswer } from './worker-values.ts';

const MOST_ALIKE = 2;
const EXPRESSION_WAITS_MS = 10_000;
const EXPRESSION_MS = 30_000;
const CHECK_MS = 120_000;
const EXPLAIN_MS = 15 * 60_000;
/** Problems of a workspace, and its files in another format. */
const CHECK_BYTES = 4 * 1024 * 1024;
const EXPLANATION_BYTES = 16 * 1024 * 1024;
/** Of an explanation, with what is known on the way. */
const EXPLAINED_BYTES = 256 * 1024 * 1024;
const MOST_CHECKS = 20;
const KEPT_CHECKS = 200;
const NOT_CHECKED: CodeFindings = { types: { unchecked: 'ended' }, style: { unchecked: 'ended' } };

interface Waiting {
  readonly sessionId: string;
  readonly kind: 'main' | 'preview' | 'expression' | 'background';
  readonly begin: () => void;
  readonly cancel: () => void;
  readonly ahead: (count: number) => void;
}

export function createFleetPool({
  dispatch,
  gaps,
  failed,
}: {
  readonly dispatch: Dispatch;
  /** Sandbox protections that the machine of a worker lacks. */
  readonly gaps: () => readonly string[];
  readonly failed: (what: string, error: unknown) => void;
}): Pool {
  const models = new FleetModels();
  const queue = new FairQueue<Waiting>(Number.POSITIVE_INFINITY, MOST_ALIKE);
  /** Until their checks are over, by session. */
  const runs = new Map<FleetRun, string>();
  /** What is neither a run nor waits in the queue. */
  const calls = createFleetCalls(dispatch);
  const explaining = new Map<string, () => void>();
  const checks = new Map<string, CodeFindings>();
  const waiting = new Set<Waiting>();
  const shown = new WeakMap<Waiting, number>();
  let closed = false;

  function next(): void {
    for (const item of queue.inTheWay()) item.cancel();
    for (let item = queue.start(); item !== undefined; item = queue.start()) item.begin();
    // Behind all that has a ticket, whosever it is.
    const tickets = dispatch.waiting();
    for (const [item, ahead] of queue.positions()) {
      if (shown.get(item) === tickets + ahead) continue;
      shown.set(item, tickets + ahead);
      item.ahead(tickets + ahead);
    }
  }
  function enter(item: Waiting): boolean {
    if (closed || !queue.add(item)) return false;
    waiting.add(item);
    next();
    return true;
  }
  function leave(item: Waiting): void {
    waiting.delete(item);
    queue.remove(item);
    queue.end(item);
    next();
  }

  function explained<T extends Explained | LearningCurve>(
    type: 'explain' | 'curve',
    job: ExplainJob,
    of: {
      readonly kept: (job: ExplainJob) => Promise<T | null>;
      readonly keep: (job: ExplainJob, value: T) => Promise<void>;
      readonly read: (value: unknown) => { readonly value: T | null } | null;
      readonly onPart: (part: T) => void;
    },
  ): ExplainHandle<T> {
    const name = `${type} ${job.sessionId}`;
    explaining.get(name)?.();
    let cancelled = closed;
    let under: { cancel(): void } | null = null;
    const cancel = () => {
      cancelled = true;
      under?.cancel();
    };
    explaining.set(name, cancel);
    const find = async (): Promise<T | null> => {
      const known = await of.kept(job);
      if (known !== null || cancelled) return known;
      const asked = calls.call<T | null>(job.sessionId, {
        rank: 'explain',
        call: { type, job },
        mostMs: EXPLAIN_MS,
        mostBytes: EXPLANATION_BYTES,
        mostInAll: EXPLAINED_BYTES,
        read: of.read,
        onPart: (part) => part !== null && of.onPart(part),
      });
      under = asked;
      const found = await asked.done;
      if (found !== null && found.fault?.code !== 'ended')
        await of.keep(job, found).catch((error: unknown) => failed('note_failed', error));
      return found;
    };
    const done = find().finally(() => {
      if (explaining.get(name) === cancel) explaining.delete(name);
    });
    return { done, cancel };
  }

  function evaluate(expression: Expression): Promise<ExpressionAnswer> {
    if (!('text' in expression.table)) return models.evaluate(expression);
    const { sessionId } = expression;
    const answer = Promise.withResolvers<ExpressionAnswer>();
    const busy = { kind: 'limit', limit: 'busy' } as const;
    let under: FleetCall<ExpressionAnswer> | null = null;
    const cancel = () => {
      under?.cancel();
      answer.resolve(busy);
      leave(item);
    };
    const clock = setTimeout(() => {
      if (under?.isWithWorker() !== true) cancel();
    }, EXPRESSION_WAITS_MS);
    const item: Waiting = {
      sessionId,
      kind: 'expression',
      ahead: () => {},
      cancel,
      begin() {
        const asked = calls.call(sessionId, {
          rank: 'expression',
          call: { type: 'evaluate', expression },
          mostMs: EXPRESSION_MS,
          mostBytes: EXPRESSION_BYTES,
          read: boxed(readExpressionAnswer),
        });
        under = asked;
        void asked.done.then((found) => {
          answer.resolve(found ?? { kind: 'limit', limit: 'ended' });
          leave(item);
        });
      },
    };
    if (!enter(item)) answer.resolve(busy);
    return answer.promise.finally(() => clearTimeout(clock));
  }

  async function check(job: CodeCheckJob): Promise<CodeFindings> {
    const key = createHash('sha256')
      .update(JSON.stringify([Object.entries(job.files).sort(), [...job.styled].sort(), job.language]))
      .digest('hex');
    const known = checks.get(key);
    if (known !== undefined) return known;
    if (calls.open(job.sessionId) >= MOST_CHECKS) return NOT_CHECKED;
    const asked = {
      rank: 'check',
      call: { type: 'check', job },
      mostMs: CHECK_MS,
      mostBytes: CHECK_BYTES,
      read: boxed(readCodeFindings),
    } as const;
    const found = (await calls.call(job.sessionId, asked).done) ?? NOT_CHECKED;
    // What was ended by chance is not what the content is like.
    if ([found.types, found.style].some((one) => 'unchecked' in one && one.unchecked === 'ended')) return found;
    checks.set(key, found);
    if (checks.size > KEPT_CHECKS) checks.delete(checks.keys().next().value!);
    return found;
  }

  function end(isOf: (sessionId: string) => boolean): void {
    for (const item of [...waiting]) if (isOf(item.sessionId)) item.cancel();
    for (const [run, sessionId] of [...runs]) if (isOf(sessionId)) run.cancel();
    for (const [name, cancel] of [...explaining]) if (isOf(name.slice(name.indexOf(' ') + 1))) cancel();
    calls.end(isOf);
  }

  return {
    runJob(job, onProgress) {
      if (job.kind === 'main') for (const type of ['explain', 'curve']) explaining.get(`${type} ${job.sessionId}`)?.();
      const run: FleetRun = createFleetRun({ job, dispatch, models, onProgress, left: () => leave(item) });
      const item: Waiting = {
        sessionId: job.sessionId,
        kind: job.background ? 'background' : job.kind,
        begin: run.begin,
        cancel: run.cancel,
        ahead: (ahead) => onProgress({ type: 'queued', ahead }),
      };
      runs.set(run, job.sessionId);
      const over = () => void runs.delete(run);
      run.checked.then(over, over);
      if (closed) run.refuse('cancelled');
      else if (!enter(item)) run.refuse('failed');
      return { report: run.report, checked: run.checked, cancel: run.cancel };
    },
    predict: (sessionId, rows) => models.predict(sessionId, rows),
    pushes: (job) => models.pushes(job),
    explain: (job, onPart) =>
      explained('explain', job, { kept: keptExplanation, keep: keepExplanation, read: readExplained, onPart }),
    learningCurve: (job, onPart) =>
      explained('curve', job, { kept: keptCurve, keep: keepCurve, read: readCurve, onPart }),
    evaluate,
    check,
    async forget(sessionId) {
      end((id) => id === sessionId);
      models.forget(sessionId);
    },
    get gaps() {
      return gaps();
    },
    stats: () => ({
      running: [...runs.keys()].filter((run) => run.isRunning()).length,
      queued: [...runs.keys()].filter((run) => !run.isReported() && !run.isRunning()).length,
      warm: 0,
      predictors: models.open,
    }),
    async close() {
      closed = true;
      calls.close();
      end(() => true);
      models.close();
      await dispatch.close();
    },
  };
}

const boxed =
  <T>(read: (value: unknown) => T | null) =>
  (value: unknown): { readonly value: T } | null => {
    const found = read(value);
    return found === null ? null : { value: found };
  };
