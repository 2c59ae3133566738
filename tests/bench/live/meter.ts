// What a measured server process has used, asked over its channel; for the peers, how they are started.
import { type ChildProcess, spawn } from 'node:child_process';
import type { Parts } from './profile-parts.ts';

export type Question = 'cpu' | 'memory' | 'sample' | 'parts';
export interface Reading {
  readonly totalMs?: number;
  readonly mainMs?: number;
  readonly bytes?: number;
  readonly parts?: Parts;
}
export interface Cpu {
  /** Of the whole process, without its children. */
  readonly totalMs: number;
  readonly mainMs: number;
}
export interface Meter {
  cpu(): Promise<Cpu>;
  /**
   * Bytes of JavaScript and its buffers after a garbage collection. The size of the process says little of a thousand
   * sockets: it keeps what it once had.
   */
  memory(): Promise<number>;
  startSampling(): Promise<void>;
  parts(): Promise<Parts>;
}

/** Flags of Node for a process that is to be measured. */
export const MEASURED = ['--expose-gc', '--import', new URL('./cpu-probe.ts', import.meta.url).href] as const;

export function meterOf(child: ChildProcess): Meter {
  const waiting = new Map<number, (reading: Reading) => void>();
  let asked = 0;
  child.on('message', ({ n, ...reading }: Reading & { readonly n: number }) => {
    waiting.get(n)?.(reading);
    waiting.delete(n);
  });
  const ask = (probe: Question) =>
    new Promise<Reading>((resolve) => {
      asked += 1;
      waiting.set(asked, resolve);
      child.send({ probe, n: asked });
    });
  return {
    cpu: async () => (await ask('cpu')) as Cpu,
    memory: async () => (await ask('memory')).bytes!,
    startSampling: async () => void (await ask('sample')),
    parts: async () => (await ask('parts')).parts!,
  };
}

export interface PeerProcess {
  readonly url: string;
  readonly meter: Meter;
  say(message: object): void;
  stop(): void;
}

/** A program of `peers/`, which prints its port. It ends when its channel does. */
export async function startPeer(name: string): Promise<PeerProcess> {
  const program = new URL(`./peers/${name}`, import.meta.url).pathname;
  const child = spawn(process.execPath, [...MEASURED, program], {
    env: { PATH: process.env['PATH'], NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout?.once('data', (data: Buffer) => resolve(Number(data)));
    child.once('exit', (code) => reject(new Error(`the peer ${name} ended with ${code}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    meter: meterOf(child),
    say: (message) => void child.send(message),
    stop: () => void child.kill('SIGKILL'),
  };
}
