// `POST /cluster/take`, by which workers ask for something to do: the answer waits until there is a ticket, two seconds at the
// most. Invariant: nothing of a request is read before it has shown WORKER_SECRET; of several that wait, one that has the run
// cache of the session is asked first.
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as v from 'valibot';
import { readBodyAhead } from './body-ahead.ts';
import type { TakenTicket, Tickets } from './tickets.ts';

/** As long as nobody notices that a worker which waits is frozen. */
const WAIT_MS = 2_000;
const MOST_BODY_BYTES = 64 * 1024;
const MOST_WAITING = 1_000;
/** Of the seconds that a worker counts as there without asking. */
const NOTED_MS = 1_000;
const LISTEN_AGAIN_MS = 500;

const takeSchema = v.strictObject({
  worker: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
  build: v.pipe(v.string(), v.maxLength(64)),
  full: v.boolean(),
  places: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(99)),
  spare: v.boolean(),
  holds: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/))), v.maxLength(500)),
  away: v.pipe(v.array(v.pipe(v.string(), v.maxLength(300))), v.maxLength(100)),
  gaps: v.pipe(v.array(v.pipe(v.string(), v.maxLength(300))), v.maxLength(20)),
});
type Asked = v.InferOutput<typeof takeSchema>;

interface Waiting {
  readonly asked: Asked;
  readonly answer: (ticket: TakenTicket | null) => void;
}

export interface TakeRoute {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  close(): Promise<void>;
}

export function createTakeRoute(options: {
  readonly tickets: Tickets;
  /** Of this node. */
  readonly build: string;
  /** Whether the request shows the secret. */
  readonly isWorker: (request: IncomingMessage) => boolean;
  readonly failed: (what: string, error: unknown) => void;
}): TakeRoute {
  const { tickets, build, isWorker, failed } = options;
  const waiting = new Set<Waiting>();
  /** What was last written down of a worker, and which of its sessions are gone. One that takes short runs asks all the time. */
  const noted = new Map<
    string,
    { readonly at: number; readonly holds: string; readonly gone: ReturnType<Tickets['seen']> }
  >();
  function note(asked: Asked): ReturnType<Tickets['seen']> {
    const [before, at, holds] = [noted.get(asked.worker), performance.now(), asked.holds.join()];
    if (before !== undefined && at - before.at < NOTED_MS && before.holds === holds) return before.gone;
    if (noted.size >= MOST_WAITING) noted.clear();
    const gone = tickets.seen(asked.worker, asked, asked.holds).catch((error: unknown) => {
      noted.delete(asked.worker);
      failed('take_failed', error);
      return [];
    });
    noted.set(asked.worker, { at, holds, gone });
    return gone;
  }
  let listening: Promise<{ close(): Promise<void> }> | null = null;
  let again: NodeJS.Timeout | undefined;
  let closed = false;
  /** Sessions with a ticket that nobody has looked for yet. */
  let news: string[] = [];
  let isLooking = false;

  /** Without it, tickets are found by the next question of each worker. */
  function listen(): void {
    if (closed || listening !== null) return;
    const broken = () => {
      listening = null;
      clearTimeout(again);
      again = setTimeout(listen, LISTEN_AGAIN_MS).unref();
    };
    const made = tickets.listen({ ticket: (session) => void look(session), broken });
    listening = made;
    made.catch((error: unknown) => {
      failed('listen_failed', error);
      broken();
    });
  }

  async function look(session: string): Promise<void> {
    if (waiting.size === 0) return;
    news.push(session);
    if (isLooking) return;
    isLooking = true;
    try {
      while (news.length > 0) {
        const wanted = new Set(news);
        news = [];
        const holds = ({ asked }: Waiting) => (asked.holds.some((id) => wanted.has(id)) ? 0 : 1);
        for (const one of [...waiting].sort((a, b) => holds(a) - holds(b))) {
          if (!waiting.has(one)) continue;
          const ticket = await takeFor(one.asked);
          if (ticket === null && one.asked.spare && one.asked.away.length === 0) break;
          if (ticket === null) continue;
          // It may have waited long enough meanwhile, or be gone.
          if (waiting.has(one)) one.answer(ticket);
          else await giveBack(ticket);
        }
      }
    } finally {
      isLooking = false;
    }
  }
  /** Where that fails, nobody comes with it, and its owner writes it again. */
  const giveBack = (ticket: TakenTicket): Promise<void> =>
    tickets.giveBack(ticket).catch((error: unknown) => failed('take_failed', error));
  const takeFor = ({ holds, spare, away }: Asked): Promise<TakenTicket | null> =>
    tickets.take(holds, spare, away).catch((error: unknown) => {
      failed('take_failed', error);
      return null;
    });

  /** Resolves when there is a ticket, the time is over, or the worker has gone. */
  function wait(asked: Asked, response: ServerResponse): Promise<TakenTicket | null> {
    return new Promise((done) => {
      const answer = (ticket: TakenTicket | null) => {
        clearTimeout(timer);
        waiting.delete(one);
        response.off('close', gone);
        done(ticket);
      };
      const gone = () => answer(null);
      const timer = setTimeout(gone, WAIT_MS);
      const one: Waiting = { asked, answer };
      response.once('close', gone);
      waiting.add(one);
      if (closed || response.destroyed || waiting.size > MOST_WAITING) gone();
    });
  }

  return {
    async handle(request, response) {
      const answer = (status: number, json: object) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
      if (!isWorker(request)) {
        response.writeHead(401, { Connection: 'close', 'Content-Length': '0' }).end();
        return;
      }
      const body = await readBodyAhead(request, MOST_BODY_BYTES);
      const json = body === null ? null : jsonOf(body);
      request.resume();
      // Before the rest, which another build may ask otherwise.
      if (typeof json?.build === 'string' && json.build !== build) {
        answer(409, { error: 'this node is of another build' });
        return;
      }
      const parsed = v.safeParse(takeSchema, json, { abortEarly: true });
      if (!parsed.success) {
        answer(400, { error: 'this is no question of a worker' });
        return;
      }
      const asked = parsed.output;
      listen();
      const seen = note(asked);
      const ticket = asked.full ? null : ((await takeFor(asked)) ?? (await wait(asked, response)));
      const gone = await seen;
      if (response.destroyed) {
        if (ticket !== null) await giveBack(ticket);
        return;
      }
      const { id, session, url } = ticket ?? {};
      answer(200, { ticket: ticket && { id, session, url }, gone });
    },
    async close() {
      closed = true;
      clearTimeout(again);
      for (const { answer } of [...waiting]) answer(null);
      await (await listening?.catch(() => null))?.close();
    },
  };
}

function jsonOf(body: Buffer): { readonly build?: unknown } | null {
  try {
    const json: unknown = JSON.parse(body.toString('utf8'));
    return typeof json === 'object' ? json : null;
  } catch {
    return null;
  }
}
