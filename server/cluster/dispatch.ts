// Gives work to workers: a ticket in Postgres, then one line from the worker that took it to this node.
// Invariant: each assignment has at most one ticket or line; one whose worker is gone is given to another worker once, then it
// is lost; a ticket for which nobody came three seconds after it was taken is written again.
import type { Duplex } from 'node:stream';
import { type Call, type Line, openLine, type Parts, packCall } from '#sandbox/index.ts';
import type { PartBox } from './part-box.ts';
import type { Rank, Tickets } from './tickets.ts';

const TEND_MS = 500;
const NOBODY_CAME_MS = 3_000;
const TRIES = 2;

export interface Assignment {
  readonly sessionId: string;
  readonly rank: Rank;
  readonly call: Call;
  /** Of one message of its worker. */
  readonly mostBytes: number;
  /** Of all of them; by default its result, and as much progress. */
  readonly mostInAll?: number;
  /** After so many milliseconds a worker that has not done it is given up; `within` sets another clock. */
  readonly mostMs: number;
  /** A worker has come for it, the second time in place of one that is gone. */
  taken?(): void;
  /** So many tickets are taken before its own. */
  ahead(count: number): void;
  /** False: this is not what an honest worker sends, and the line is cut. */
  received(message: unknown): boolean;
  /** Nobody does it any more: its session is gone, or two workers were. */
  lost(): void;
}

export interface Assigned {
  readonly isWithWorker: () => boolean;
  /** Its result is here. `ended`: the worker is gone since, which is no loss of it; a clock for what follows. */
  done(ended: () => void, mostMs?: number): void;
  /** From now on its worker has so many milliseconds. */
  within(ms: number): void;
  /** Nothing more is expected of it by a clock. */
  rest(): void;
  send(make: (parts: Parts) => object, bytesBack: number): void;
  close(): void;
}

export interface Dispatch {
  assign(assignment: Assignment): Assigned;
  /** A worker has come with a ticket. Resolves to false where nobody waits for it. */
  arrive(
    ticket: string,
    worker: { readonly socket: Duplex; readonly head: Buffer; readonly holds: readonly string[] },
  ): Promise<boolean>;
  /** Tickets that wait for a worker. */
  waiting(): number;
  close(): Promise<void>;
}

interface Entry {
  readonly of: Assignment;
  ticket: string | null;
  writing: boolean;
  missingAt: number | null;
  line: Line | null;
  /** Parts that the worker has. */
  held: Set<string>;
  tries: number;
  ended: (() => void) | null;
  over: boolean;
  clock: NodeJS.Timeout | undefined;
}

export function createDispatch(options: {
  readonly tickets: Tickets;
  readonly parts: PartBox;
  readonly now: () => number;
  readonly failed: (what: string, error: unknown) => void;
  /** A worker is gone, or was cut off. */
  readonly workerLost: (why: string) => void;
}): Dispatch {
  const { tickets, parts, now, failed, workerLost } = options;
  const open = new Set<Entry>();
  const byTicket = new Map<string, Entry>();
  const underWay = new Set<Promise<unknown>>();
  let timer: NodeJS.Timeout | undefined;
  let isTending = false;

  function watched(work: Promise<unknown>): void {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  }

  async function write(entry: Entry): Promise<void> {
    if (entry.over || entry.writing || entry.ticket !== null || entry.line !== null) return;
    entry.writing = true;
    try {
      const id = await tickets.write(entry.of.sessionId, entry.of.rank);
      entry.ticket = id;
      entry.missingAt = null;
      if (entry.over) withdraw(entry);
      else byTicket.set(id, entry);
    } catch (error) {
      // The session was deleted. Anything else is tried again.
      if ((error as { code?: unknown }).code === '23503') giveUp(entry);
      else failed('ticket_failed', error);
    } finally {
      entry.writing = false;
      tendSoon();
    }
  }

  function withdraw(entry: Entry): void {
    const { ticket } = entry;
    entry.ticket = null;
    if (ticket === null) return;
    byTicket.delete(ticket);
    // One that stays is taken, and nobody waits for it here.
    watched(tickets.withdraw(ticket).catch((error: unknown) => failed('ticket_failed', error)));
  }

  function tendSoon(): void {
    if (timer !== undefined || open.size === 0) return;
    timer = setTimeout(() => {
      timer = undefined;
      tend()
        .catch((error: unknown) => failed('ticket_failed', error))
        .finally(tendSoon);
    }, TEND_MS);
    timer.unref();
  }

  async function tend(): Promise<void> {
    if (isTending) return;
    isTending = true;
    try {
      for (const entry of open) watched(write(entry));
      const asked = [...byTicket];
      if (asked.length === 0) return;
      const positions = await tickets.positions(asked.map(([id]) => id));
      for (const [id, entry] of asked) {
        if (byTicket.get(id) !== entry) continue;
        const ahead = positions.get(id);
        if (ahead !== undefined) entry.of.ahead(ahead);
        else if (entry.missingAt === null) entry.missingAt = now();
        else if (now() - entry.missingAt >= NOBODY_CAME_MS) {
          byTicket.delete(id);
          entry.ticket = null;
          workerLost('nobody came with a ticket that was taken');
          watched(write(entry));
        }
      }
    } finally {
      isTending = false;
    }
  }

  function close(entry: Entry): void {
    entry.over = true;
    open.delete(entry);
    clearTimeout(entry.clock);
    entry.line?.close();
    entry.line = null;
    withdraw(entry);
  }
  function giveUp(entry: Entry): void {
    if (entry.over) return;
    close(entry);
    entry.of.lost();
  }

  function lineEnded(entry: Entry, why: string): void {
    workerLost(why);
    entry.line?.close();
    entry.line = null;
    clearTimeout(entry.clock);
    if (entry.over) return;
    const { ended } = entry;
    if (ended !== null) {
      close(entry);
      ended();
    } else if (entry.tries < TRIES) watched(write(entry));
    else giveUp(entry);
  }

  function within(entry: Entry, ms: number): void {
    clearTimeout(entry.clock);
    entry.clock = setTimeout(() => lineEnded(entry, 'it took too long'), ms);
    entry.clock.unref();
  }

  function send(entry: Entry, make: (parts: Parts) => object): void {
    const { message, bodies } = parts.packed(entry.held, make);
    entry.line?.send(message, bodies);
  }

  return {
    assign(of) {
      const entry: Entry = {
        of,
        ticket: null,
        writing: false,
        missingAt: null,
        line: null,
        held: new Set(),
        tries: 0,
        ended: null,
        over: false,
        clock: undefined,
      };
      open.add(entry);
      watched(write(entry));
      return {
        isWithWorker: () => entry.line !== null,
        done(ended, mostMs) {
          entry.ended = ended;
          clearTimeout(entry.clock);
          if (mostMs !== undefined) within(entry, mostMs);
        },
        within: (ms) => within(entry, ms),
        rest: () => clearTimeout(entry.clock),
        send(make, bytesBack) {
          entry.line?.grant(bytesBack);
          send(entry, make);
        },
        close: () => close(entry),
      };
    },
    async arrive(ticket, { socket, head, holds }) {
      // It may have come sooner than the answer of the database that names it.
      if (!byTicket.has(ticket)) await Promise.allSettled([...underWay]);
      const entry = byTicket.get(ticket);
      if (entry === undefined || socket.destroyed) return false;
      byTicket.delete(ticket);
      entry.ticket = null;
      entry.tries += 1;
      entry.held = new Set(holds);
      const { mostBytes, mostInAll = 2 * mostBytes, mostMs, call } = entry.of;
      // With the call, in one write.
      socket.cork();
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: crowd-run\r\nConnection: Upgrade\r\n\r\n');
      const line = openLine(socket, head, {
        limits: { headerBytes: mostBytes, bodyBytes: 0 },
        allowance: mostInAll,
        onFrame: ({ header }) => {
          if (entry.line === line && !entry.of.received(header)) lineEnded(entry, 'it sent what it may not');
        },
        onEnd: (why) => {
          if (entry.line === line) lineEnded(entry, why);
        },
      });
      entry.line = line;
      within(entry, mostMs);
      entry.of.taken?.();
      send(entry, (into) => ({ type: 'call', call: packCall(call, into) }));
      socket.uncork();
      return true;
    },
    waiting: () => [...open].filter(({ line }) => line === null).length,
    async close() {
      clearTimeout(timer);
      for (const entry of [...open]) giveUp(entry);
      await Promise.allSettled([...underWay]);
    },
  };
}
