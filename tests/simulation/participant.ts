// A simulated participant on a real socket: joins by code, keeps the view up to date by the protocol, sends commands.
import { randomBytes } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { ClientCommand } from '#session-core/model/client-commands.ts';
import { type Ack, applyPatch, type Snapshot } from '#session-core/protocol/messages.ts';
import { type PackedPatch, unpackPatch } from '#session-core/protocol/patch-wire.ts';
import type { PublicView, YouView } from '#session-core/view/view-types.ts';

export interface Person {
  readonly sessionId: string;
  readonly participant: string;
  readonly displayName: string;
  readonly token: string;
  readonly tab: string;
  readonly socket: Socket;
  view(): PublicView;
  you(): YouView | null;
  send(command: ClientCommand): Promise<Ack>;
  /** Resolves when `test` holds of the view; rejects after `ms`. */
  until(test: (view: PublicView) => boolean, ms?: number): Promise<PublicView>;
  close(): void;
}

interface Entry {
  readonly sessionId: string;
  readonly participantId: string;
  readonly displayName: string;
  readonly token: string;
}

export async function post<T>(url: string, body: unknown, token?: string): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    // As a page of this server in a browser on its machine, which may create sessions.
    headers: {
      'content-type': 'application/json',
      origin: new URL(url).origin,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  if (!response.ok)
    throw new Error(`POST ${new URL(url).pathname} answered ${response.status}: ${JSON.stringify(answer)}`);
  return answer as T;
}

/** Joins by code. */
export async function joinAs(url: string, code: string, displayName: string): Promise<Person> {
  return connect(url, await post<Entry>(`${url}/api/join`, { code, displayName }));
}

/** Joins as the facilitator of a session. */
export async function facilitate(url: string, sessionId: string, secret: string): Promise<Person> {
  const entry = await post<Omit<Entry, 'sessionId' | 'displayName'>>(`${url}/api/sessions/${sessionId}/facilitator`, {
    secret,
  });
  return connect(url, { sessionId, displayName: '', ...entry });
}

export async function connect(url: string, entry: Entry): Promise<Person> {
  const tab = randomBytes(6).toString('hex');
  const socket = io(url, {
    path: '/socket',
    query: { session: entry.sessionId },
    transports: ['websocket'],
    forceNew: true,
    auth: { sessionId: entry.sessionId, token: entry.token, tab },
    extraHeaders: { authorization: `Bearer ${entry.token}` },
  });
  let view: PublicView | null = null;
  let you: YouView | null = null;
  let seq = 0;
  let youSeq = 0;
  const waiting = new Set<() => void>();
  const changed = () => {
    for (const look of [...waiting]) look();
  };
  const resync = () => socket.emit('resync', { seq, youSeq });
  socket.on('snapshot', (snapshot: Snapshot<PublicView, YouView>) => {
    ({ view, you, seq, youSeq } = snapshot);
    changed();
  });
  socket.on('patch', (packed: PackedPatch) => {
    const patch = unpackPatch(packed);
    if (!view || (patch.from !== seq && patch.seq <= seq)) return;
    if (patch.from !== seq) {
      resync();
      return;
    }
    view = applyPatch(view, patch);
    seq = patch.seq;
    changed();
  });
  socket.on('you', (packed: PackedPatch) => {
    const patch = unpackPatch(packed);
    if (!you || (patch.from !== youSeq && patch.seq <= youSeq)) return;
    if (patch.from !== youSeq) {
      resync();
      return;
    }
    you = applyPatch(you, patch);
    youSeq = patch.seq;
    changed();
  });
  const person: Person = {
    sessionId: entry.sessionId,
    participant: entry.participantId,
    displayName: entry.displayName,
    token: entry.token,
    tab,
    socket,
    view: () => view!,
    you: () => you,
    send: (command) =>
      socket.timeout(10_000).emitWithAck('command', { id: randomBytes(9).toString('hex'), ...command }),
    until: (test, ms = 20_000) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!view || !test(view)) return;
          waiting.delete(look);
          clearTimeout(timer);
          resolve(view);
        };
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`waited ${ms} ms in vain for ${test}`));
        }, ms);
        waiting.add(look);
        look();
      }),
    close: () => socket.close(),
  };
  await new Promise<void>((resolve, reject) => {
    socket.once('connect_error', reject);
    const look = () => {
      if (!view) return;
      waiting.delete(look);
      resolve();
    };
    waiting.add(look);
  });
  return person;
}
