// One warm child per session that answers `predict` with the outs of its last successful main run.
// Invariant: it starts by itself once the run's report is out and nobody needs the child more; calls are gathered into
// batches under a short clock; a predictor that is slow or dies is unavailable, never a hang; it ends when idle, and
// its session's next call starts another.

import type { ChildSize } from '../child-process/child-pool.ts';
import type { Child } from '../child-process/child-process.ts';
import type { Limits, Predicted, Row } from '../protocol/job.ts';
import { open, predictRows, textOf } from '../runner/predictor-client.ts';
import { NoModel, PredictUnavailable, RowsRefused } from './predict-unavailable.ts';
import type { Call, Piece, ServedModel, ServingSession as Session } from './serving-session.ts';

export interface PredictorOptions {
  readonly launch: (size: ChildSize) => Promise<Child>;
  /** Whether a child is warm beyond what runs wait for; a predictor that nobody has asked yet takes no other. */
  readonly spare?: () => boolean;
  readonly limits: Limits;
  readonly log: (line: string) => void;
}

const GATHER_MS = 100;
const BATCH_MS = 500;
const BATCH_ROWS = 200;
const WAITING_ROWS = 1_000;
/** Each belongs to somebody who waits for all of theirs. */
const WAITING_PIECES = 12;
const IDLE_MS = 60_000;
/** Until then the report is out, and the next run of a busy session has begun. */
const WARM_MS = 500;
const WARM_TRIES = 10;
const MOST_CHILDREN = 8;

export class Predictors {
  private readonly options: PredictorOptions;
  private readonly sessions = new Map<string, Session>();

  constructor(options: PredictorOptions) {
    this.options = options;
  }

  /** What the session serves; undefined where it is the model of another run. */
  modelOf(sessionId: string, runId: string): ServedModel | undefined {
    const model = this.sessions.get(sessionId)?.model;
    return model?.runId === runId ? model : undefined;
  }

  serves(sessionId: string): boolean {
    return this.sessions.has(sessionId);
  }

  /** Children that have loaded a model and answer at once. */
  get open(): number {
    return [...this.sessions.values()].filter(({ child, opened }) => child !== undefined && child === opened).length;
  }

  /** From now on the session serves this model. */
  serve(sessionId: string, model: ServedModel): void {
    const known = this.sessions.get(sessionId);
    const fresh = {
      model,
      child: undefined,
      opened: undefined,
      calls: [],
      pieces: [],
      gathering: false,
      idle: undefined,
      warming: undefined,
    };
    const session: Session = known ?? fresh;
    if (known === undefined) this.sessions.set(sessionId, session);
    else {
      session.model = model;
      this.end(session);
    }
    this.warmSoon(session, WARM_TRIES);
  }

  private warmSoon(session: Session, tries: number): void {
    session.warming = setTimeout(() => {
      if (session.child !== undefined) return;
      if (this.options.spare?.() === false || this.others(session).length >= MOST_CHILDREN) {
        if (tries > 1) this.warmSoon(session, tries - 1);
        return;
      }
      // What is wrong with the model is the answer to whoever asks.
      this.childOf(session).then(
        () => this.endWhenIdle(session),
        () => {},
      );
    }, WARM_MS);
    session.warming.unref();
  }

  predict(sessionId: string, rows: readonly Row[]): Promise<Predicted> {
    const session = this.sessions.get(sessionId);
    return new Promise((resolve, reject) => {
      if (session === undefined) {
        reject(new NoModel('No run has succeeded yet: there is no model to ask'));
        return;
      }
      const waiting = session.calls.reduce((sum, call) => sum + call.rows.length, 0);
      if (rows.length > BATCH_ROWS || waiting + rows.length > WAITING_ROWS) {
        reject(
          new PredictUnavailable(`Too many rows are waiting for an answer: ask for at most ${BATCH_ROWS} at a time`),
        );
        return;
      }
      session.calls.push({ rows, resolve, reject });
      this.begin(session, GATHER_MS);
    });
  }

  /** Calls `work` with the session's child while nobody else asks it anything. */
  exclusive<T>(
    sessionId: string,
    work: (child: Child, model: Pick<ServedModel, 'classes' | 'size'>) => Promise<T>,
  ): Promise<{ runId: string; value: T }> {
    const session = this.sessions.get(sessionId);
    return new Promise((resolve, reject) => {
      if (session === undefined) {
        reject(new NoModel('No run has succeeded yet: there is no model to ask'));
        return;
      }
      if (session.pieces.length >= WAITING_PIECES) {
        reject(new PredictUnavailable('Too many people ask for explanations right now: try again in a moment'));
        return;
      }
      session.pieces.push({
        work: async (child, model) => resolve({ runId: model.runId, value: await work(child, model) }),
        reject,
      });
      this.begin(session, 0);
    });
  }

  private begin(session: Session, pause: number): void {
    if (session.gathering) return;
    session.gathering = true;
    clearTimeout(session.idle);
    // The child is started while calls gather.
    this.childOf(session).catch(() => {});
    setTimeout(() => void this.work(session), pause);
  }

  async forget(sessionId: string): Promise<void> {
    const session = this.sessions.get(sessionId);
    if (session === undefined) return;
    this.sessions.delete(sessionId);
    for (const waiting of [...session.calls.splice(0), ...session.pieces.splice(0)])
      waiting.reject(new PredictUnavailable('The session has ended'));
    const child = await session.child?.catch(() => undefined);
    this.end(session);
    await child?.gone;
  }

  async close(): Promise<void> {
    await Promise.all([...this.sessions.keys()].map((id) => this.forget(id)));
  }

  private async work(session: Session): Promise<void> {
    while (session.calls.length > 0 || session.pieces.length > 0) {
      const piece = session.pieces.shift();
      if (piece !== undefined) await this.piece(session, piece);
      const batch: Call[] = [];
      let rows = 0;
      while (session.calls.length > 0 && rows + session.calls[0]!.rows.length <= BATCH_ROWS) {
        const call = session.calls.shift()!;
        rows += call.rows.length;
        batch.push(call);
      }
      const refused = batch.length === 0 ? null : await this.answer(session, batch);
      // One row that `predict` chokes on must not spoil the answers of others.
      if (refused !== null && batch.length > 1) {
        for (const call of batch) {
          const alone = await this.answer(session, [call]);
          if (alone !== null) call.reject(alone);
        }
      } else if (refused !== null) for (const call of batch) call.reject(refused);
    }
    session.gathering = false;
    this.endWhenIdle(session);
  }

  private async piece(session: Session, { work, reject }: Piece): Promise<void> {
    try {
      await work(await this.childOf(session), session.model);
    } catch (error) {
      reject(new PredictUnavailable(`The model cannot answer now: ${(error as Error).message}`));
    }
  }

  private endWhenIdle(session: Session): void {
    clearTimeout(session.idle);
    session.idle = setTimeout(() => this.end(session), IDLE_MS);
    session.idle.unref();
  }

  private others(session: Session): Session[] {
    return [...this.sessions.values()].filter((other) => other.child !== undefined && other !== session);
  }

  /** null: all have their answers. */
  private async answer(session: Session, batch: readonly Call[]): Promise<PredictUnavailable | null> {
    const { model } = session;
    let child: Child;
    try {
      child = await this.childOf(session);
    } catch (error) {
      return new PredictUnavailable(`The model cannot answer now: ${(error as Error).message}`);
    }
    const rows = batch.flatMap((call) => call.rows);
    const { memoryMb } = model.size;
    const answer = await predictRows(child, rows, { classes: model.classes, ms: BATCH_MS, memoryMb });
    if (!answer.ok) {
      // A run succeeded meanwhile: its model answers instead.
      if (session.model !== model) return this.answer(session, batch);
      return new RowsRefused(`The model cannot answer: ${textOf(answer.error)}`);
    }
    let at = 0;
    for (const call of batch) {
      const end = at + call.rows.length;
      const { predicted, probabilities } = answer.value;
      call.resolve({
        runId: model.runId,
        predicted: predicted.slice(at, end),
        ...(probabilities === undefined ? {} : { probabilities: probabilities.slice(at, end) }),
      });
      at = end;
    }
    return null;
  }

  private childOf(session: Session): Promise<Child> {
    if (session.child !== undefined) return session.child;
    const starting = this.start(session);
    session.child = starting;
    // A newer model may have a child of its own by then.
    const over = (): void => {
      if (session.child === starting) session.child = undefined;
    };
    starting.then((child) => {
      session.opened = starting;
      return child.gone.then(over);
    }, over);
    return starting;
  }

  private async start(session: Session): Promise<Child> {
    // Its session may have ended while a batch was under way.
    if (![...this.sessions.values()].includes(session)) throw new Error('the session has ended');
    const busy = this.others(session);
    if (busy.length >= MOST_CHILDREN) {
      const idle = busy.find((other) => !other.gathering);
      if (idle === undefined) throw new Error('too many sessions ask at once');
      this.end(idle);
    }
    const { model } = session;
    const child = await this.options.launch(model.size);
    const problem = await open(child, {
      files: model.files,
      known: [...model.files.keys()],
      params: model.params,
      classes: model.classes,
      ms: 2_000,
      memoryMb: model.size.memoryMb,
    });
    if (problem === null) return child;
    child.kill();
    throw new Error(textOf(problem));
  }

  private end(session: Session): void {
    clearTimeout(session.idle);
    clearTimeout(session.warming);
    const { child } = session;
    session.child = undefined;
    child?.then(
      (running) => running.kill(),
      () => {},
    );
  }
}
