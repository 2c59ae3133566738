// Starts host.ts as a process of its own, talks to it, and watches its children from outside.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunReport } from '#pipeline-core/core/report.ts';
import type { Job, Limits } from '#sandbox/index.ts';

export interface Health {
  readonly status: string;
  readonly rss: number;
  readonly files: number;
  readonly gaps: readonly string[];
  readonly stats: { readonly running: number; readonly queued: number; readonly warm: number };
  readonly lines: readonly string[];
}

export interface Host {
  readonly process: ChildProcess;
  readonly home: string;
  run(job: Partial<Job> & { files: Job['files'] }): Promise<RunReport>;
  predict(sessionId: string, rows: readonly object[]): Promise<unknown>;
  forget(sessionId: string): Promise<void>;
  health(): Promise<Health>;
  /** Most resident MiB that any child had since the last call. */
  peakMb(): number;
  children(): number[];
  close(): Promise<void>;
}

let runs = 0;

export async function startHost(limits: Partial<Limits>, env: Record<string, string> = {}): Promise<Host> {
  const home = mkdtempSync(join(tmpdir(), 'host-'));
  const started = spawn(process.execPath, [join(import.meta.dirname, 'host.ts')], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, ...env, LIMITS: JSON.stringify(limits) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((resolve, reject) => {
    started.stdout.once('data', (chunk: Buffer) => resolve(Number(String(chunk))));
    started.once('exit', (code) => reject(new Error(`The host ended with ${code}`)));
  });
  const at = `http://127.0.0.1:${port}`;
  const post = async (path: string, body: string): Promise<unknown> => {
    const answer = await fetch(`${at}${path}`, { method: 'POST', body });
    return answer.json();
  };
  let peak = 0;
  const pid = started.pid!;
  const watch = setInterval(() => {
    for (const child of childrenOf(pid)) peak = Math.max(peak, residentMb(child));
  }, 10);
  return {
    process: started,
    home,
    async run(parts) {
      const sessionId = parts.sessionId ?? `s${runs}`;
      const job: Job = {
        runId: `r${runs++}`,
        sessionId,
        kind: 'main',
        data: {},
        cacheDir: join(home, sessionId),
        ...parts,
      };
      const answer = (await post('/run', JSON.stringify(job))) as { report: RunReport };
      return answer.report;
    },
    predict: (sessionId, rows) => post('/predict', JSON.stringify({ sessionId, rows })),
    forget: async (sessionId) => {
      await post('/forget', sessionId);
      rmSync(join(home, sessionId), { recursive: true, force: true });
    },
    health: async () => (await (await fetch(`${at}/healthz`)).json()) as Health,
    peakMb() {
      const most = peak;
      peak = 0;
      return most;
    },
    children: () => childrenOf(pid),
    async close() {
      clearInterval(watch);
      const gone = new Promise((resolve) => started.once('exit', resolve));
      started.kill('SIGTERM');
      await gone;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Children of a process, dead ones that nobody collected included. Linux only; elsewhere none are seen. */
export function childrenOf(parent: number): number[] {
  if (process.platform !== 'linux') return [];
  try {
    return readdirSync(`/proc/${parent}/task`).flatMap((task) =>
      readFileSync(`/proc/${parent}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}

export function residentMb(pid: number): number {
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(statusOf(pid));
  return match === null ? 0 : Number(match[1]) / 1024;
}

/** Seconds of processor time, in hundredths; 0 when it is gone. Linux only. */
export function cpuOf(pid: number): number {
  try {
    const [, fields = ''] = /\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'latin1')) ?? [];
    const [utime, stime] = fields.split(' ').slice(11, 13);
    return (Number(utime) + Number(stime)) / 100;
  } catch {
    return 0;
  }
}

/** /proc/<pid>/status, or '' when it is gone. */
export function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'latin1');
  } catch {
    return '';
  }
}
