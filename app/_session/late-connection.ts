// The connection, before its code is there: the page shows what it came with first, and then loads how to go on.
// Invariant: what is sent meanwhile is kept, and handed on with the time at which it was asked for. Code that does not
// arrive is asked for again; where the server answers and its code is gone, the page belongs to an older version.
import { t } from '#app/_strings/strings.ts';
import { letGoFirst } from '#app/_ui/in-turn.ts';
import type { ClientCommand } from '#session-core/model/client-commands.ts';
import type { Ack } from '#session-core/protocol/messages.ts';
import type { Connection, connect, Listener } from './connection.ts';
import { isReachable } from './network.ts';

/** Milliseconds between two attempts. */
const PAUSE = { first: 1_000, most: 10_000 } as const;
/** So often the code may be missing while the server answers: something on the way may have dropped it once. */
const MOST_MISSES = 3;
const OFFLINE_MS = 10_000;
const WATCH_MS = 1_000;

let asked: Promise<typeof import('./connection.ts')> | null = null;

/** Its code, asked for once, and again after it did not come. */
function code(): Promise<typeof import('./connection.ts')> {
  asked ??= import('./connection.ts');
  asked.catch(() => {
    asked = null;
  });
  return asked;
}
// Not only when the page connects: while a slow phone brings the page to life, its network has nothing to do.
if (typeof window !== 'undefined') letGoFirst(code());

interface Waiting {
  readonly command: ClientCommand;
  readonly since: number;
  readonly answer: (ack: Ack | Promise<Ack>) => void;
}

/** There is none any more. */
export const notConnected = (): Ack => ({
  ok: false,
  rejection: { code: 'session_ended', message: t.connection.sessionClosed },
});

export function connectLate<V, Y>(where: Parameters<typeof connect>[0], listener: Listener<V, Y>): Connection {
  const began = Date.now();
  const waiting: Waiting[] = [];
  let connection: Connection | null = null;
  let closed = false;
  let hurry = (): void => undefined;
  const watch = setInterval(() => {
    const away = Date.now() - began > OFFLINE_MS || navigator.onLine === false;
    listener.connection({ status: away ? 'offline' : 'delayed', downSince: began });
  }, WATCH_MS);
  /** After a while, at once when there is a network again, or when somebody does not want to wait. */
  const pause = (ms: number) =>
    new Promise<void>((go) => {
      const timer = setTimeout(go, ms);
      hurry = () => {
        clearTimeout(timer);
        go();
      };
      addEventListener('online', hurry, { once: true });
    });

  async function load(): Promise<typeof connect | null> {
    let misses = 0;
    for (let ms: number = PAUSE.first; !closed; ms = Math.min(2 * ms, PAUSE.most)) {
      try {
        return (await code()).connect;
      } catch (error) {
        console.warn('the code of the connection could not be loaded', error);
        if (await isReachable()) misses += 1;
        if (misses >= MOST_MISSES) return null;
        await pause(ms);
      }
    }
    return null;
  }

  void load().then((connect) => {
    clearInterval(watch);
    if (closed || connect === null) for (const { answer } of waiting.splice(0)) answer(notConnected());
    if (closed) return;
    if (connect === null) {
      closed = true;
      listener.final({ code: 'protocol', message: t.connection.newVersion });
      return;
    }
    const made = connect(where, listener, began);
    connection = made;
    for (const { command, since, answer } of waiting.splice(0)) answer(made.send(command, since));
  });

  return {
    async send(command, since = Date.now()) {
      if (connection !== null) return connection.send(command, since);
      if (closed) return notConnected();
      return new Promise((answer) => waiting.push({ command, since, answer }));
    },
    retry: () => (connection ? connection.retry() : hurry()),
    close() {
      closed = true;
      clearInterval(watch);
      connection?.close();
      hurry();
    },
  };
}
