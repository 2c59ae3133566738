// A worker: performs on its own pool what the nodes of a cluster give it, one line to the owner for each ticket that it took.
// Invariant: it knows no database and no participant's token; a session that no line is open for has nothing running here.
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ToWorker } from '../protocol/fleet.ts';
import type { Frame } from '../protocol/frames.ts';
import { type Line, openLine } from '../protocol/line.ts';
import type { Pool } from '../protocol/pool.ts';
import { createAssignment } from './assignment.ts';
import { AwayOwners } from './away-owners.ts';
import { createNodeClient, Refused, type TakeAnswer } from './node-client.ts';
import { PartCache } from './part-cache.ts';
import type { SessionFolders } from './session-folders.ts';

export interface WorkerOptions {
  /** Addresses of nodes; any of them is asked. */
  readonly nodes: readonly string[];
  readonly secret: string;
  /** Of its code; nodes of another one refuse it. */
  readonly build: string;
  readonly pool: Pool;
  /** Runs at a time. */
  readonly places: number;
  readonly folders: SessionFolders;
  readonly log: (event: string, facts?: Readonly<Record<string, string | number>>) => void;
  readonly now?: () => number;
}

export interface Worker {
  /** Takes nothing more, lets what runs end for a few seconds, closes all lines. */
  stop(): Promise<void>;
}

const AGAIN_MS = [100, 500, 2_000] as const;
const REFUSED_MS = 10_000;
const STOP_MS = 5_000;
/** A worker that has no place free says so often that it is there. */
const FULL_MS = 2_000;
const LOOK_MS = 50;
/** The owner is trusted; a table may be large. */
const FROM_OWNER = { headerBytes: 64 * 1024 * 1024, bodyBytes: 512 * 1024 * 1024 };

interface Open {
  readonly session: string;
  readonly line: Line;
  readonly end: () => void;
  /** Nobody waits for it, so that it takes no place. */
  readonly isQuiet: () => boolean;
  finished: boolean;
}

type Ticket = NonNullable<TakeAnswer['ticket']>;

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

export function startWorker(options: WorkerOptions): Worker {
  const { nodes, build, pool, places, folders, log } = options;
  const worker = randomBytes(8).toString('hex');
  const client = createNodeClient(options.secret, build);
  const parts = new PartCache();
  const away = new AwayOwners(options.now ?? (() => performance.now()));
  const lines = new Set<Open>();
  /** Tickets whose lines are being opened. */
  const opening = new Set<Ticket>();
  const forgetting = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  let wake = () => {};

  const unfinished = () => [...lines].filter((one) => !one.finished);
  const hasRoom = () => opening.size + unfinished().filter((one) => !one.isQuiet()).length < places;
  const isSpare = () => opening.size === 0 && unfinished().length === 0 && pool.stats().queued === 0;

  const isUsed = (session: string) => [...lines, ...opening].some((one) => one.session === session);

  /** One thing at a time for a session: what is forgotten must not take along what has just begun. */
  function forget(session: string, folder: boolean): Promise<void> {
    const before = forgetting.get(session) ?? Promise.resolve();
    const done = before
      .then(async () => {
        if (isUsed(session)) return;
        await pool.forget(session);
        if (folder) await folders.forget(session);
      })
      .catch((error: unknown) => log('forget_failed', { message: messageOf(error) }))
      .finally(() => {
        if (forgetting.get(session) === done) forgetting.delete(session);
      });
    forgetting.set(session, done);
    return done;
  }

  function leave(session: string): void {
    if (!isUsed(session)) void forget(session, false);
  }

  /** The ticket is among those that are being opened, so that nothing of its session is forgotten meanwhile. */
  async function carry({ id, session, url }: Ticket): Promise<void> {
    const own = parts.forLine();
    const opened = await client.open(url, id, own.held).catch((error: unknown) => {
      away.failed(url);
      log('owner_unreachable', { owner: url, message: messageOf(error) });
      return undefined;
    });
    if (opened === undefined) return;
    away.reached(url);
    if (opened === null) return;
    // What is forgotten now would take along what begins now. The line lives meanwhile, or its owner would take the worker for dead.
    let held: Frame[] | null = forgetting.has(session) ? [] : null;
    const ended = () => {
      if (!lines.delete(entry)) return;
      assignment.end();
      wake();
      leave(session);
    };
    let quiet = false;
    const line = openLine(opened.socket, opened.head, {
      limits: FROM_OWNER,
      allowance: Number.POSITIVE_INFINITY,
      onFrame: ({ header, body }) => {
        const message = header as ToWorker;
        if (message.type === 'call') {
          quiet = isQuiet(message);
          // It takes no place after all.
          if (quiet) wake();
          const { call } = message;
          log('taken', { session, what: call.type === 'run' ? call.job.kind : call.type });
        }
        if (held === null) assignment.receive(message, body);
        else held.push({ header, body });
      },
      onEnd: ended,
    });
    const entry: Open = {
      session,
      line,
      isQuiet: () => quiet,
      finished: false,
      end: () => {
        line.close();
        ended();
      },
    };
    lines.add(entry);
    const assignment = createAssignment({
      sessionId: session,
      pool,
      folders,
      parts: own,
      line: { send: line.send, close: entry.end },
      finished: () => {
        entry.finished = true;
        wake();
      },
      failed: (error) => log('assignment_failed', { message: messageOf(error) }),
    });
    while (forgetting.has(session)) await forgetting.get(session);
    const begun = held ?? [];
    held = null;
    if (lines.has(entry)) for (const { header, body } of begun) assignment.receive(header as ToWorker, body);
  }

  async function ask(node: string): Promise<void> {
    const free = { full: !hasRoom(), spare: isSpare() };
    const asked = { worker, build, places, ...free, holds: folders.held(), gaps: pool.gaps, away: away.names() };
    const { ticket, gone } = await client.take(node, asked, stopping.signal);
    for (const session of [...gone, ...folders.unused(Date.now())]) void forget(session, true);
    if (ticket === null) return;
    opening.add(ticket);
    carry(ticket)
      .catch((error: unknown) => log('carry_failed', { message: messageOf(error) }))
      .finally(() => {
        opening.delete(ticket);
        leave(ticket.session);
        wake();
      });
  }

  const untilWoken = (ms: number) =>
    new Promise<void>((done) => {
      const timer = setTimeout(done, ms);
      wake = () => {
        clearTimeout(timer);
        done();
      };
    });

  async function work(): Promise<void> {
    let [at, failures] = [0, 0];
    while (!stopping.signal.aborted) {
      if (!hasRoom()) await untilWoken(FULL_MS);
      if (stopping.signal.aborted) return;
      const node = nodes[at % nodes.length]!;
      try {
        await ask(node);
        failures = 0;
      } catch (error) {
        if (stopping.signal.aborted) return;
        if (failures === 0 || error instanceof Refused) log('node_unreachable', { node, message: messageOf(error) });
        at += 1;
        // Each node once at once, then more and more slowly.
        const slow = AGAIN_MS[Math.min(AGAIN_MS.length - 1, Math.floor(failures / nodes.length))]!;
        failures += 1;
        const ms = error instanceof Refused ? REFUSED_MS : slow;
        await pause(ms, undefined, { signal: stopping.signal }).catch(() => undefined); // it is to stop
      }
    }
  }
  const working = work();

  return {
    async stop() {
      stopping.abort();
      wake();
      await working;
      const until = performance.now() + STOP_MS;
      while ((opening.size > 0 || unfinished().some((one) => !one.isQuiet())) && performance.now() < until)
        await pause(LOOK_MS);
      for (const { end } of [...lines]) end();
      await Promise.all(forgetting.values());
      client.close();
    },
  };
}

/** What begins only where nothing else runs, and gives way. */
const isQuiet = ({ call }: Extract<ToWorker, { readonly type: 'call' }>): boolean =>
  call.type === 'explain' || call.type === 'curve' || (call.type === 'run' && call.job.background === true);
