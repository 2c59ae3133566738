// The program from outside: what it prints at a start, and the one line it ends with when it cannot.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawSyntheticStudents } from '#courses/generators/draw-students.ts';
import { toCsv } from '#pipeline-core';
import { freePort, startServer } from '../support/server-process.ts';

const ROOT = join(import.meta.dirname, '../..');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crowd-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs until it ends by itself. */
function run(
  argv: string[],
  env: Record<string, string> = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const all = { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', DATA_DIR: join(folder, 'data'), ...env };
  return new Promise((resolve) => {
    const options = { cwd: ROOT, env: all, timeout: 30_000 };
    const args = ['--disable-warning=ExperimentalWarning', 'server/main.ts', ...argv];
    execFile(process.execPath, args, options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

describe('a start that cannot be says so in one line and exits with 1', () => {
  it.each([
    [['--prot', '1'], {}, /^Unknown option '--prot'/],
    [['--port', 'x'], {}, /^--port is "x"/],
    [[], { PUBLIC_URL: 'nonsense' }, /^PUBLIC_URL is "nonsense"/],
    [['--port', '0', '--host', '203.0.113.1'], {}, /^203\.0\.113\.1 is no address of this machine/],
  ])('%j %j', async (argv, env, sentence) => {
    const { code, stdout, stderr } = await run(argv, env as Record<string, string>);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim()).not.toContain('\n');
  });

  it('a wrong table, with file, row, column and value, before any link is printed', async () => {
    const lines = toCsv(drawSyntheticStudents(5, 60), { newline: '\n' }).split('\n');
    lines[4] = lines[4]!.replace(/^(GP|MS)/, 'XX');
    const file = join(folder, 'wrong.csv');
    await writeFile(file, lines.join('\n'));
    const { code, stdout, stderr } = await run(['--port', '0'], { COURSE_DATA: file });
    expect([code, stdout, stderr.trim()]).toEqual([
      1,
      '',
      'wrong.csv: Row 4, column "school": "XX" is not one of GP, MS.',
    ]);
    expect((await run(['--port', '0'], { COURSE_DATA: join(folder, 'none') })).stderr).toMatch(
      /There is no file or folder/,
    );
  });

  it('a port in use', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    const { code, stderr } = await run(['--port', String(port)]);
    other.close();
    expect([code, stderr.trim()]).toEqual([
      1,
      `Port ${port} is in use; stop the other program or start with another one: npm start -- --port ${port + 1}`,
    ]);
  });

  it('a data folder that cannot be written', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    const { code, stderr } = await run(['--port', '0'], { DATA_DIR: join(file, 'data') });
    expect(code).toBe(1);
    expect(stderr.trim()).toBe(
      `The data folder ${join(file, 'data')} cannot be written (ENOTDIR); choose another one with DATA_DIR.`,
    );
  });
});

describe('a start', () => {
  it('makes a session where there is none, shows the same one with a fresh link at the next, another with --new', async () => {
    const first = await startServer();
    const { port, dataDir } = first;
    const id = (link: string) => /\/s\/(\w+)\/host#/.exec(link)?.[1];
    const text = first.output();
    expect(text).toContain(`listens at http://localhost:${port}\n`);
    expect(text).toMatch(/New session ".+" \(\w+\)/);
    expect(text).toMatch(new RegExp(`Join +http://localhost:${port}/j/[2-9A-Z]{6} +code [2-9A-Z]{3} [2-9A-Z]{3}\n`));
    expect(text).toContain('Only this machine can join. For others: npm start -- --lan');
    expect(text).toMatch(new RegExp(`Projector +http://localhost:${port}/s/${id(first.hostUrl)}/projector\n`));
    // The secret is apart from what is shown to everybody, below its warning.
    // No terminal: the link is in a file of this user, and in no log.
    expect(text).toMatch(
      /Projector .+\n\n +For the facilitator only.+secret.+\n +Host +in the file .+facilitator-link\n/,
    );
    expect(text).not.toContain(first.hostUrl.split('#')[1]);
    expect((await stat(join(dataDir, 'facilitator-link'))).mode & 0o777).toBe(0o600);
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
    expect(await first.stop()).toBe(0);

    const second = await startServer({ port, dataDir });
    expect(id(second.hostUrl)).toBe(id(first.hostUrl));
    expect(second.hostUrl).not.toBe(first.hostUrl);
    const statuses = [];
    for (const { hostUrl } of [second, second, first]) {
      const response = await fetch(`${second.url}/api/sessions/${id(hostUrl)}/facilitator`, {
        method: 'POST',
        body: JSON.stringify({ secret: hostUrl.split('#')[1] }),
      });
      statuses.push(response.status);
    }
    // Each link once; the one that came with the session was never used.
    expect(statuses).toEqual([200, 403, 200]);
    await second.stop();
    const third = await startServer({ port, dataDir, flags: ['--new'] });
    expect(id(third.hostUrl)).not.toBe(id(first.hostUrl));
    await third.remove();
  });

  it('with --lan shows the QR code and an address of this machine, or says that there is no network', async () => {
    const server = await startServer({ flags: ['--lan'] }).catch((error: Error) => error);
    if (server instanceof Error) return expect(server.message).toContain('--lan found no network on this machine');
    const [, link] = /Join +(http:\/\/[\d.]+:\d+)\/j\//.exec(server.output()) ?? [];
    expect(link).toMatch(/^http:\/\/\d+\.\d+\.\d+\.\d+:\d+$/);
    expect(link).not.toContain('127.0.0.1');
    expect(server.output()).toMatch(/[█▀▄]{5}/);
    expect((await fetch(`${link}/healthz`)).status).toBe(200);
    await server.remove();
  });

  it('ends when its parent is gone', async () => {
    const server = await startServer();
    server.disconnect();
    await expect
      .poll(
        () =>
          fetch(`${server.url}/healthz`).then(
            () => 'up',
            () => 'down',
          ),
        { timeout: 10_000 },
      )
      .toBe('down');
    await server.remove();
  });
});
