// One child as the parent holds it: started locked in, spoken to in frames, watched, and always killed.
// Invariant: SIGKILL is the only end; whatever the child says is checked before it is passed on.
import { readdirSync, readFileSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';
import { join } from 'node:path';
import type { Duplex, Readable } from 'node:stream';
import { readFrames, sendFrame } from '../protocol/frames.ts';
import { CHILD_HEADER_BYTES, type ChildMessage, type ParentMessage, parseChildMessage } from '../protocol/messages.ts';
import { type Containment, nodeFlags } from './containment.ts';

// `pool.ts` alone imports it, and hands it down.
type ChildProcesses = typeof import('node:child_process');
type ChildProcess = import('node:child_process').ChildProcess;

/** Why a child is no more: the first reason counts. */
export type Death = 'killed' | 'breach' | 'crash';

/**
 * A check is waited for, by whoever wants to know whether a score counts; the score itself comes first. For what is in the
 * background nobody waits.
 */
export type LowPriority = 'check' | 'background';

export interface Child {
  readonly pid: number;
  send(message: ParentMessage, bodies?: readonly Uint8Array[]): void;
  /** One listener at a time; null while nobody expects anything (then a message is a breach). */
  listen(onMessage: ((message: ChildMessage, body: Buffer) => void) | null): void;
  /** Resolves when the process is gone. */
  readonly gone: Promise<Death>;
  kill(): void;
  /** From now on whatever is more urgent comes first. */
  lower(to: LowPriority): void;
  /** Resident memory in MiB; 0 where the platform does not tell. */
  residentMb(): number;
  /** What it wrote to its error output, bounded: V8's dying words, or a fault of ours. */
  lastWords(): string;
}

export interface LaunchOptions {
  readonly spawn: ChildProcesses['spawn'];
  readonly containment: Containment;
  /** The folder that holds the child's program and the snapshot. */
  readonly build: string;
  /** Which child this is, counting from 0: it decides its user. */
  readonly number: number;
  /** MiB the isolates may use. */
  readonly isolateMb: number;
  /** Isolates that it rehearses while it waits. */
  readonly rehearsed: number;
  /** MiB of resident memory that the parent watches. */
  readonly memoryMb: number;
  /** Most bytes of outs in one frame. */
  readonly bodyBytes: number;
}

const READY_MS = 15_000;

/** Starts a child; resolves when it is warm, rejects if it does not come to be. */
export function launchChild(options: LaunchOptions): Promise<Child> {
  const wrap = options.containment.wrap(options.number, options.memoryMb);
  const program = [
    process.execPath,
    ...nodeFlags(options.build, options.isolateMb),
    join(options.build, 'child.cjs'),
    String(options.isolateMb),
    String(options.rehearsed),
  ];
  const [command, ...args] = [...wrap, ...program] as [string, ...string[]];
  const started = options.spawn(command, args, {
    cwd: '/',
    // Nothing of the server's, and dates that are the same on every machine.
    env: { TZ: 'UTC' },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    const child = hold(started, options);
    const late = setTimeout(() => child.kill(), READY_MS);
    child.listen((message) => {
      clearTimeout(late);
      child.listen(null);
      if (message.type === 'ready') resolve(child);
      else child.kill();
    });
    void child.gone.then(() => {
      clearTimeout(late);
      reject(new Error(`A child of the sandbox did not start: ${child.lastWords() || 'it said nothing'}`));
    });
  });
}

function hold(started: ChildProcess, options: LaunchOptions): Child {
  const socket = started.stdio[3] as Duplex;
  let onMessage: ((message: ChildMessage, body: Buffer) => void) | null = null;
  let death: Death = 'crash';
  let ended = false;
  const end = (why: Death): void => {
    if (ended) return;
    ended = true;
    death = why;
    if (started.pid !== undefined) started.kill('SIGKILL');
    socket.destroy();
  };
  const gone = new Promise<Death>((resolve) => {
    started.once('error', () => resolve(death));
    started.once('exit', () => {
      ended = true;
      socket.destroy();
      started.stderr?.destroy();
      resolve(death);
    });
  });
  // Between two questions of ours a child has only so much to say; a flood would keep the server from its sessions.
  let said = 0;
  const mostSaid = 2 * CHILD_HEADER_BYTES + options.bodyBytes;
  socket.on('data', (chunk: Buffer) => {
    said += chunk.length;
    if (said > mostSaid) end('breach');
  });
  socket.on('error', () => end('crash'));
  socket.on('close', () => end('crash'));
  readFrames(
    socket,
    { headerBytes: CHILD_HEADER_BYTES, bodyBytes: options.bodyBytes },
    {
      onFrame: ({ header, body }) => {
        const message = parseChildMessage(header);
        if (message === null || onMessage === null) end('breach');
        else onMessage(message, body);
      },
      onBreach: () => end('breach'),
    },
  );
  const line = {
    send: (parts: readonly Uint8Array[]): void => {
      if (!socket.writable) return;
      socket.cork();
      for (const part of parts) socket.write(part);
      socket.uncork();
    },
  };
  const words = boundedText(started.stderr);
  return {
    pid: started.pid ?? -1,
    send: (message, bodies = []) => {
      said = 0;
      sendFrame(line, message, bodies);
    },
    listen: (listener) => {
      onMessage = listener;
    },
    gone,
    kill: () => end('killed'),
    lower: (to) => {
      if (started.pid !== undefined && !ended) lowerThreads(started.pid, NICENESS[to]);
    },
    residentMb: () => (started.pid === undefined ? 0 : residentMb(started.pid)),
    lastWords: words,
  };
}

// V8's dying words help to find a fault of ours; more than 4 kB would help a flood.
function boundedText(stream: Readable | null): () => string {
  let text = '';
  stream?.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8', 0, Math.min(chunk.length, 4_096 - text.length));
    if (text.length >= 4_096) stream.destroy();
  });
  stream?.on('error', () => {});
  return () => text.trim();
}

// A run has 5 (`child.ts`). On a full machine a check at 15 gets a hundredth of a processor, and never ends.
export const NICENESS: Readonly<Record<LowPriority, number>> = { check: 10, background: 15 };

// The isolates compute on threads of their own, which exist by now; Linux gives each thread a priority of its own, and
// new ones that of the thread that starts them. Elsewhere the process has one.
function lowerThreads(pid: number, niceness: number): void {
  for (const thread of threadsOf(pid)) {
    try {
      setPriority(thread, Math.max(niceness, getPriority(thread)));
    } catch (error) {
      // A thread, or the whole child, may have ended meanwhile; a child of another user cannot always be lowered.
      if (!['ESRCH', 'EACCES', 'EPERM'].includes((error as { info?: { code?: string } }).info?.code ?? '')) throw error;
    }
  }
}

function threadsOf(pid: number): number[] {
  if (process.platform !== 'linux') return [pid];
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch {
    // It has ended.
    return [];
  }
}

/** From /proc, in MiB. */
export function residentMb(pid: number): number {
  try {
    const match = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'));
    return match === null ? 0 : Number(match[1]) / 1024;
  } catch {
    return 0;
  }
}
