// One program over text that strangers wrote: locked in as the children of the sandbox are, in the background, and killed
// when it takes too long, holds too much memory or says too much.
// Invariant: every run ends in an answer; nothing it says is trusted to be well-formed.
import { readFileSync } from 'node:fs';
import { residentMb } from './child-process.ts';

// `pool.ts` alone imports it, and hands it down.
export type ToolSpawns = Pick<typeof import('node:child_process'), 'spawn' | 'spawnSync'>;

export interface ToolRun {
  readonly spawn: ToolSpawns['spawn'];
  /** Program and arguments, with what locks it in before them. */
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Given to its standard input. */
  readonly input?: string;
  /** Of a processor: on a busy machine a program that waits is not a program that hangs. */
  readonly processorMs: number;
  /** By the clock: for one that waits for ever. */
  readonly timeMs: number;
  readonly memoryMb: number;
  readonly outBytes: number;
  /** Ends it. */
  readonly signal: AbortSignal;
}

export type ToolEnd =
  | { readonly ended: 'exit'; readonly code: number; readonly out: string }
  /** `crash`: also where it was ended by the clock or by the server. */
  | { readonly ended: 'time' | 'memory' | 'crash' };

const LOOK_MS = 25;
/** Linux counts in hundredths of a second, on every architecture. */
const MS_PER_TICK = 10;

/** Processor time of a process so far; 0 where the platform does not tell. */
function usedMs(pid: number): number {
  try {
    // Behind the name, which is in parentheses and may hold anything.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
  } catch {
    // It has ended.
    return 0;
  }
}

export function runTool(options: ToolRun): Promise<ToolEnd> {
  const { spawn, cwd, env, input, processorMs, timeMs, memoryMb, outBytes, signal } = options;
  const [command, ...args] = options.command as [string, ...string[]];
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: { ...env }, stdio: ['pipe', 'pipe', 'ignore'] });
    const chunks: Buffer[] = [];
    let [bytes, why] = [0, 'crash' as 'time' | 'memory' | 'crash'];
    const kill = (reason: 'time' | 'memory' | 'crash'): void => {
      why = reason;
      child.kill('SIGKILL');
    };
    const late = setTimeout(() => kill('crash'), timeMs);
    const watch = setInterval(() => {
      if (child.pid === undefined) return;
      if (residentMb(child.pid) > memoryMb) kill('memory');
      else if (usedMs(child.pid) > processorMs) kill('time');
    }, LOOK_MS);
    const abort = (): void => kill('crash');
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    const settle = (end: ToolEnd): void => {
      clearTimeout(late);
      clearInterval(watch);
      signal.removeEventListener('abort', abort);
      resolve(end);
    };
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= outBytes) chunks.push(chunk);
      else kill('memory');
    });
    // A program that ends without reading its input closes the pipe: its end says what there is to say.
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
    child.once('error', () => settle({ ended: 'crash' }));
    child.once('close', (code) => {
      if (code === null) settle({ ended: why });
      else settle({ ended: 'exit', code, out: Buffer.concat(chunks).toString('utf8') });
    });
  });
}
