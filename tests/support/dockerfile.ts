// A Dockerfile performed without Docker: its steps in a folder of their own, its program as the first of a process namespace
// and as another user, where this system lets us, as in a container.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Dockerfile {
  readonly image: string;
  readonly folder: string;
  readonly commands: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly user: string;
  readonly health: readonly string[];
  readonly program: readonly string[];
}

/** Throws at an instruction that is not one of those below: nothing in it is passed over. */
export function readDockerfile(text: string): Dockerfile {
  const found = { image: '', folder: '', commands: [] as string[], env: {} as Record<string, string> };
  let [user, health, program]: [string, string[], string[]] = ['root', [], []];
  for (const line of text.split('\n').filter((one) => one !== '' && !one.startsWith('#'))) {
    const [, what = '', rest = ''] = /^([A-Z]+) (.+)$/.exec(line) ?? [];
    if (what === 'FROM') found.image = rest;
    else if (what === 'WORKDIR') found.folder = rest;
    else if (what === 'RUN') found.commands.push(rest);
    else if (what === 'ENV')
      Object.assign(found.env, Object.fromEntries(rest.split(' ').map((one) => one.split('=') as [string, string])));
    else if (what === 'USER') user = rest;
    else if (what === 'HEALTHCHECK') health = JSON.parse(rest.replace(/^CMD /, '')) as string[];
    else if (what === 'CMD') program = JSON.parse(rest) as string[];
    else if (line !== 'COPY . .' && what !== 'EXPOSE') throw new Error(`Not understood: ${line}`);
  }
  return { ...found, user, health, program };
}

const IS_ROOT = process.getuid?.() === 0;
const NOBODY = 65_534;

/** COPY and RUN, as root of the image would; then nobody else may write there. */
export function buildImage(file: Dockerfile, from: string, to: string): void {
  const ignored = new Set(readFileSync(join(from, '.dockerignore'), 'utf8').trim().split('\n'));
  for (const name of readdirSync(from))
    if (!ignored.has(name)) cpSync(join(from, name), join(to, name), { recursive: true });
  for (const command of file.commands) execFileSync('sh', ['-c', command], { cwd: to, stdio: 'pipe' });
  if (IS_ROOT) chmodSync(to, 0o755);
}

export interface Container {
  readonly ended: Promise<number | null>;
  said(): string;
  /** As `docker stop` does first. */
  stop(): void;
  /** Exit code of its health check. */
  health(): number;
  remove(): void;
}

export function runContainer(file: Dockerfile, folder: string, port: number): Container {
  const env = { PATH: process.env['PATH'], ...file.env, PORT: String(port) };
  const own = IS_ROOT && file.user !== 'root' ? { uid: NOBODY, gid: NOBODY } : {};
  const [command = '', ...args] = file.program;
  const drop = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', command];
  const child: ChildProcess = IS_ROOT
    ? spawn('unshare', ['--pid', '--fork', '--kill-child', ...drop, ...args], { cwd: folder, env })
    : spawn(command, args, { cwd: folder, env });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => (said += part.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const first = (): number => {
    const { pid = 0 } = child;
    return IS_ROOT ? Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()) : pid;
  };
  return {
    ended,
    said: () => said,
    stop: () => process.kill(first(), 'SIGTERM'),
    health: () => {
      const [program = '', ...words] = file.health;
      try {
        execFileSync(program, words, { cwd: folder, env, stdio: 'pipe', ...own });
        return 0;
      } catch (error) {
        return (error as { status: number | null }).status ?? -1;
      }
    },
    remove: () => void child.kill('SIGKILL'),
  };
}
