// Which worker answers for the model of a session: that of its last main run, whose line stays open. Questions go down it.
// Invariant: an answer is of the model that was asked, or it is none; when the worker is gone nothing waits for it.
import {
  type ExpressionAnswer,
  NoModel,
  type Parts,
  type Predicted,
  PredictUnavailable,
  packQuestion,
  type Question,
  type RowPushes,
  RowsRefused,
} from '#sandbox/index.ts';
import type { Assigned } from './dispatch.ts';
import { EXPRESSION_BYTES, type WorkerMessage } from './worker-answers.ts';
import { readExpressionAnswer, readPredicted, readPushes } from './worker-values.ts';

const ANSWER_MS = 20_000;
const MOST_WAITING = 200;
/** Of one answer, other than to an expression: more than any of them takes. */
const ANSWER_BYTES = 512 * 1024;

interface Asked {
  /** False: the worker may not say this. */
  readonly answer: (value: unknown) => boolean;
  readonly fail: (error: Error) => void;
}

/** A run whose worker still has its outs and its model. */
export interface ServedRun {
  readonly runId: string;
  readonly classes: readonly string[];
  readonly assigned: Assigned;
  /** Its model was asked in the run, and answered. */
  readonly answers: boolean;
  /** There is a model. */
  readonly servable: boolean;
  readonly waiting: Map<number, Asked>;
  /** Checks of the run go on over the same line. */
  busy: boolean;
}

class TakenOver extends PredictUnavailable {}

const REFUSALS = { rows: RowsRefused, 'no-model': NoModel, unavailable: PredictUnavailable } as const;

interface Served {
  /** That answers questions. */
  model?: ServedRun;
  /** Of the newest run that succeeded, whose tables can be asked for. */
  outs?: ServedRun;
}

export class FleetModels {
  private readonly sessions = new Map<string, Served>();
  private ids = 0;

  get open(): number {
    return [...this.sessions.values()].filter(({ model }) => model !== undefined).length;
  }

  /** From now on the session's questions go to this run, if its model is better than none. */
  keep(sessionId: string, run: ServedRun): void {
    const served = this.sessions.get(sessionId) ?? {};
    this.sessions.set(sessionId, served);
    const before = [served.model, served.outs];
    served.outs = run;
    // The last model that answers goes on answering.
    if (run.servable && (run.answers || served.model === undefined)) served.model = run;
    for (const one of before) if (one !== undefined) this.release(sessionId, one);
  }

  /** Closes its line where nothing needs it any more. */
  release(sessionId: string, run: ServedRun): void {
    const served = this.sessions.get(sessionId);
    if (run.busy || served?.model === run || served?.outs === run) return;
    run.assigned.close();
    this.fail(run, new TakenOver('A newer run has taken over: ask again'));
  }

  /** Its worker is gone. */
  lost(sessionId: string, run: ServedRun): void {
    const served = this.sessions.get(sessionId);
    if (served?.model === run) delete served.model;
    if (served?.outs === run) delete served.outs;
    this.fail(run, new NoModel('The machine that had the model is gone: ask again'));
  }

  forget(sessionId: string): void {
    const served = this.sessions.get(sessionId);
    this.sessions.delete(sessionId);
    for (const run of new Set([served?.model, served?.outs])) {
      if (run === undefined) continue;
      run.assigned.close();
      this.fail(run, new PredictUnavailable('The session has ended'));
    }
  }

  close(): void {
    for (const sessionId of [...this.sessions.keys()]) this.forget(sessionId);
  }

  /** False: no honest worker sends it. */
  received(run: ServedRun, message: Extract<WorkerMessage, { readonly type: 'answer' | 'refused' }>): boolean {
    const asked = run.waiting.get(message.id);
    // It came too late.
    if (asked === undefined) return message.id < this.ids;
    run.waiting.delete(message.id);
    if (message.type === 'answer') return asked.answer(message.value);
    asked.fail(new REFUSALS[message.why](message.message));
    return true;
  }

  async predict(sessionId: string, rows: Extract<Question, { readonly type: 'predict' }>['rows']): Promise<Predicted> {
    const run = this.sessions.get(sessionId)?.model;
    const read = (value: unknown) => readPredicted(value, rows.length, run?.classes ?? []);
    try {
      return await this.ask(run, { type: 'predict', rows }, read);
    } catch (error) {
      // A run succeeded meanwhile: its model answers instead.
      if (error instanceof TakenOver) return this.predict(sessionId, rows);
      throw error;
    }
  }

  pushes(job: Extract<Question, { readonly type: 'pushes' }>['job']): Promise<RowPushes> {
    return this.ask(this.sessions.get(job.sessionId)?.model, { type: 'pushes', job }, readPushes);
  }

  /** Of a table that a run wrote: its worker alone has it. */
  async evaluate(
    expression: Extract<Question, { readonly type: 'evaluate' }>['expression'],
  ): Promise<ExpressionAnswer> {
    const run = this.sessions.get(expression.sessionId)?.outs;
    try {
      return await this.ask(run, { type: 'evaluate', expression }, readExpressionAnswer);
    } catch (error) {
      if (error instanceof NoModel) return { kind: 'limit', limit: 'gone' };
      if (error instanceof PredictUnavailable) return { kind: 'limit', limit: 'ended' };
      throw error;
    }
  }

  private ask<T extends object>(
    run: ServedRun | undefined,
    question: Question,
    read: (value: unknown) => T | null,
  ): Promise<T> {
    return new Promise((done, fail) => {
      if (run === undefined) return fail(new NoModel('No run has succeeded yet: there is no model to ask'));
      if (run.waiting.size >= MOST_WAITING)
        return fail(new PredictUnavailable('Too many people ask right now: try again in a moment'));
      const id = this.ids++;
      const clock = setTimeout(() => {
        run.waiting.delete(id);
        fail(new PredictUnavailable('The model did not answer in time'));
      }, ANSWER_MS);
      clock.unref();
      run.waiting.set(id, {
        answer: (value) => {
          clearTimeout(clock);
          const found = read(value);
          const isOfRun = found !== null && (!('runId' in found) || found.runId === run.runId);
          if (found !== null && isOfRun) done(found);
          else fail(new NoModel('The model of another run has answered: ask again'));
          return found !== null;
        },
        fail: (error) => {
          clearTimeout(clock);
          fail(error);
        },
      });
      const bytes = question.type === 'evaluate' ? EXPRESSION_BYTES : ANSWER_BYTES;
      run.assigned.send((parts: Parts) => ({ type: 'ask', id, question: packQuestion(question, parts) }), bytes);
    });
  }

  private fail(run: ServedRun, error: Error): void {
    const waiting = [...run.waiting.values()];
    run.waiting.clear();
    for (const { fail } of waiting) fail(error);
  }
}
