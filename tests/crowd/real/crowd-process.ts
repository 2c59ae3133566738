// The bundled command line as processes of its own beside a real server.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outsideFolder } from '#sandbox/index.ts';

export interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** The last line of stdout as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what came, and fails where it is something else
  readonly json: any;
}
export interface Running {
  readonly child: ChildProcess;
  out(): string;
  err(): string;
  readonly ended: Promise<Said>;
}
export interface CrowdHome {
  readonly home: string;
  /** Starts it in a folder of `home`. */
  start(folder: string, ...argv: readonly string[]): Running;
  crowd(folder: string, ...argv: readonly string[]): Promise<Said>;
  remove(): void;
}

/** The machine's own Node where it is another one that the program promises to run on, else this one. */
export function otherNode(): string {
  const own = execFileSync('sh', ['-c', 'command -v node || true'], { encoding: 'utf8' }).trim();
  const version = own === '' ? '' : execFileSync(own, ['--version'], { encoding: 'utf8' }).trim();
  return /^v2[0-4]\./.test(version) ? own : process.execPath;
}

export function createHome(node = process.execPath): CrowdHome {
  const home = mkdtempSync(join(tmpdir(), 'crowd-home-'));
  const program = join(outsideFolder(), 'node_modules/crowd/crowd.mjs');
  const start = (folder: string, ...argv: readonly string[]): Running => {
    const child = spawn(node, [program, ...argv], {
      cwd: join(home, folder),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], CROWD_HOME: join(home, '.settings'), NO_COLOR: '1' },
    });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    const ended = new Promise<Said>((resolve) =>
      child.once('close', (code) => resolve({ code, out, err, json: lastValue(out) })),
    );
    return { child, out: () => out, err: () => err, ended };
  };
  return {
    home,
    start,
    crowd: (folder, ...argv) => start(folder, ...argv).ended,
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

function lastValue(out: string): unknown {
  try {
    return JSON.parse(out.trim().split('\n').at(-1) ?? '');
  } catch {
    return null;
  }
}
