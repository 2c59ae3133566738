// What a child that broke out of its isolate could still do, tried from a program started exactly as children are.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildWhenStale } from '#sandbox/build/build-when-stale.ts';
import { launchChild } from '#sandbox/child-process/child-process.ts';
import { findContainment, missingMeasures, nodeFlags, ROOT } from '#sandbox/child-process/containment.ts';
import { openRig } from '../rig.ts';

const BUILD = join(ROOT, 'sandbox/dist', (await buildWhenStale()).folder);
const contained = findContainment(spawnSync, BUILD);
const has = (part: string): boolean => !contained.gaps.some((gap) => gap.includes(part));
const skipped = (measure: string): void => console.log(`Skipped: ${measure}, which this platform does not grant`);

/** Runs a script where a child would run and reads the one JSON line it prints. */
function asChild(script: string): unknown {
  const [command, ...args] = [...contained.wrap(3, 450), process.execPath, ...nodeFlags(BUILD, 300), '-e', script];
  return JSON.parse(execFileSync(command!, args, { env: {}, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
}

/** The outcome of each attempt: 'done' or the error's code. */
function attempts(tries: Record<string, string>): unknown {
  const lines = Object.entries(tries).map(
    ([name, code]) =>
      `try { await (async () => { ${code} })(); out[${JSON.stringify(name)}] = 'done'; } catch (e) { out[${JSON.stringify(name)}] = e.cause?.code ?? e.code ?? e.message; }`,
  );
  return asChild(`(async () => { const out = {}; ${lines.join('\n')} console.log(JSON.stringify(out)); })()`);
}

describe('a child as the kernel and node hold it', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'contained-'));
    writeFileSync(join(folder, 'secret.txt'), 'secret', { mode: 0o644 });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has no environment', () => {
    expect(asChild('console.log(JSON.stringify(process.env))')).toEqual({});
  });

  it('may read its program, nothing else, and write, spawn or inspect nothing', () => {
    const found = attempts({
      passwd: "require('fs').readFileSync('/etc/passwd')",
      secret: `require('fs').readFileSync(${JSON.stringify(join(folder, 'secret.txt'))})`,
      repository: `require('fs').readFileSync(${JSON.stringify(join(ROOT, 'server/main.ts'))})`,
      write: `require('fs').writeFileSync(${JSON.stringify(join(folder, 'x'))}, 'x')`,
      spawn: "require('child_process').spawnSync('true')",
      worker: "new (require('worker_threads').Worker)('1', { eval: true })",
      inspector: "require('inspector').open(0)",
    });
    expect(
      Object.values(found as object).every(
        (code) => code === 'ERR_ACCESS_DENIED' || /inspector|not available/i.test(code),
      ),
    ).toBe(true);
  });

  it('has no network, not even to this machine', async () => {
    if (!has('network')) return skipped('a network namespace');
    let reached = 0;
    const server = createServer((socket) => {
      reached++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    // Not execFileSync: the server in this process must be able to answer.
    const script = `fetch('http://127.0.0.1:${port}').then(() => console.log('reached'), (e) => console.log(e.cause?.code ?? e.message))`;
    const [command, ...args] = [...contained.wrap(3, 450), process.execPath, ...nodeFlags(BUILD, 300), '-e', script];
    const child = spawn(command!, args, { env: {}, stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    for await (const chunk of child.stdout) said += String(chunk);
    server.close();
    expect(said.trim()).toMatch(/ENETUNREACH|EADDRNOTAVAIL|ECONNREFUSED/);
    expect(reached).toBe(0);
  });

  it('runs as another user, cannot signal the server, and cannot gain rights', () => {
    if (!has('user')) return skipped('another user');
    const uid = asChild('console.log(JSON.stringify(process.getuid?.()))');
    if (process.getuid?.() === 0) {
      expect(uid).toBeGreaterThan(60_000);
      expect(attempts({ signal: `process.kill(${process.pid}, 0)`, become: 'process.setuid(0)' })).toEqual({
        signal: 'EPERM',
        become: 'EPERM',
      });
    }
  });

  it('what the kernel granted a real child is what was asked', async () => {
    const rig = await openRig();
    try {
      expect(rig.pool.gaps).toEqual(contained.gaps);
    } finally {
      await rig.close();
    }
    // The check itself must be able to fail: this very process has none of the measures.
    if (process.platform === 'linux' && contained.gaps.length === 0) {
      expect(missingMeasures(process.pid, contained.wrap(0, 450)).length).toBeGreaterThanOrEqual(3);
    }
  });

  it('is a user that no child of another server on this machine has, however each of them counts', () => {
    if (!has('user')) return skipped('another user');
    const usersOf = (containment: typeof contained) =>
      Array.from({ length: 20 }, (_, child) => /--reuid=(\d+)/.exec(containment.wrap(child, 450).join(' '))?.[1]);
    const [one, other, last] = [10, 40, 2_990].map((first) => usersOf(findContainment(spawnSync, BUILD, first)));
    const all = [...one!, ...other!, ...last!];
    expect(new Set(all).size).toBe(60);
    for (const uid of all) expect(Number(uid)).toBeGreaterThanOrEqual(61_000);
    // Each begins somewhere by itself.
    const begun = Array.from({ length: 3 }, () => usersOf(findContainment(spawnSync, BUILD))[0]);
    expect(new Set(begun).size).toBeGreaterThan(1);
  });

  it('where the platform has none of the tools, each lack is one line, and children start all the same', async () => {
    const nothing = (() => ({ status: 1, stdout: '' })) as unknown as typeof spawnSync;
    const bare = findContainment(nothing, BUILD);
    expect(bare.wrap(0, 450)).toEqual([]);
    expect(bare.gaps.length).toBeGreaterThanOrEqual(process.platform === 'linux' ? 3 : 1);
    expect(bare.gaps.every((gap) => /^[A-Za-z]/.test(gap) && !gap.includes('\n'))).toBe(true);
    const options = {
      spawn,
      containment: bare,
      build: BUILD,
      number: 0,
      memoryMb: 450,
      isolateMb: 300,
      rehearsed: 1,
      bodyBytes: 1_000_000,
    };
    const child = await launchChild(options);
    child.kill();
    expect(await child.gone).toBe('killed');
  });
});
