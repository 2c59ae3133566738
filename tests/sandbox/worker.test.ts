// The parts of a worker that need no pool: its settings, the folders of its run caches, the parts of calls that it keeps.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PartCache } from '#sandbox/worker/part-cache.ts';
import { openSessionFolders } from '#sandbox/worker/session-folders.ts';
import { readWorkerSettings } from '#sandbox/worker/settings.ts';

describe('settings', () => {
  const SECRET = 'at-least-16-characters';
  const NODES = 'http://10.0.0.5:3000, http://node2:3000/';
  it('name nodes and a secret; the rest has defaults', () => {
    expect(readWorkerSettings({ WORKER_NODES: NODES, WORKER_SECRET: SECRET, DATABASE_URL: 'postgres://x' })).toEqual({
      ok: true,
      settings: { nodes: ['http://10.0.0.5:3000', 'http://node2:3000'], secret: SECRET, runs: null, place: null },
    });
    expect(
      readWorkerSettings({ WORKER_NODES: NODES, WORKER_SECRET: SECRET, WORKER_RUNS: '4', WORKER_DIR: '/w' }),
    ).toMatchObject({ settings: { runs: 4, place: '/w' } });
  });
  it.each([
    [{}, /^WORKER_NODES must be/],
    [{ WORKER_NODES: 'https://10.0.0.5' }, /^WORKER_NODES must be/],
    [{ WORKER_NODES: NODES }, /^WORKER_SECRET must be/],
    [{ WORKER_NODES: NODES, WORKER_SECRET: 'short-secret' }, /^WORKER_SECRET must be(?!.*short-secret)/],
    [{ WORKER_NODES: NODES, WORKER_SECRET: 'x'.repeat(201) }, /^WORKER_SECRET must be(?!.*xxx)/],
    [{ WORKER_NODES: NODES, WORKER_SECRET: SECRET, WORKER_RUNS: '0' }, /^WORKER_RUNS is "0"/],
  ])('%o is refused in a sentence', (env, line) => {
    expect(readWorkerSettings(env)).toEqual({ ok: false, line: expect.stringMatching(line) });
  });
});

describe('the folders of the run caches', () => {
  let place: string;
  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'folders-'));
  });
  afterEach(() => rmSync(place, { recursive: true }));

  it('are one for each session, go with it or with the worker, and are named by nothing but an id', async () => {
    let now = 0;
    const folders = openSessionFolders(place, () => now);
    writeFileSync(join(folders.of('a'), 'out'), 'x');
    now = 10 * 60_000;
    folders.of('b');
    expect(folders.of('b', true)).toBe(join(folders.of('b'), 'search'));
    expect([folders.held(), folders.unused(now), folders.unused(65 * 60_000)]).toEqual([['b', 'a'], [], ['a']]);
    for (const id of ['..', 'a/b', '', 'x'.repeat(65)]) expect(() => folders.of(id)).toThrow('no id');
    const [once, again] = [await folders.once(), await folders.once()];
    expect([readdirSync(once), once === again]).toEqual([[], false]);
    const gone = folders.of('a');
    await folders.forget('a');
    expect([existsSync(gone), folders.held()]).toEqual([false, ['b']]);
    folders.close();
    expect(readdirSync(place)).toEqual([]);
  });

  it('of a worker that was killed are deleted by the next one, those of others are not', () => {
    const [dead, alive] = ['crowd-worker-4194303-x', `crowd-worker-${process.ppid}-x`];
    for (const name of [dead, alive, 'something-else']) mkdirSync(join(place, name, 'cache'), { recursive: true });
    const folders = openSessionFolders(place, () => 0);
    expect(
      readdirSync(place)
        .filter((name) => !name.startsWith(`crowd-worker-${process.pid}-`))
        .sort(),
    ).toEqual([alive, 'something-else'].sort());
    folders.close();
  });
});

describe('the parts of calls', () => {
  const body = (...texts: string[]) => Buffer.concat(texts.map((text) => Buffer.from(text)));
  const listed = (...parts: (readonly [string, string])[]) =>
    parts.map(([sha256, text]) => ({ sha256, bytes: Buffer.byteLength(text) }));

  it('are read by the line that brought them, and known to the lines after it', () => {
    const cache = new PartCache();
    const first = cache.forLine();
    first.take(listed(['h1', 'größe\n'], ['h2', '[1,2]']), body('größe\n', '[1,2]'));
    expect([first.text('h1'), first.json('h2')]).toEqual(['größe\n', [1, 2]]);
    const second = cache.forLine();
    expect([...second.held].sort()).toEqual(['h1', 'h2']);
    // The same object, so that what was worked out for it is found again.
    expect(second.json('h2')).toBe(first.json('h2'));
    expect(() => second.text('h3')).toThrow('not sent');
    expect(() => second.take([{ sha256: 'h4', bytes: 9 }], body('short'))).toThrow('add up');
  });

  it('that were promised to a line stay readable for it, whatever is forgotten', () => {
    const cache = new PartCache();
    const first = cache.forLine();
    first.take(listed(['old', 'x']), body('x'));
    first.text('old');
    const promised = cache.forLine();
    const names = Array.from({ length: 40 }, (_, i) => `h${i}`);
    first.take(listed(...names.map((name) => [name, name] as const)), body(...names));
    for (const name of names) first.text(name);
    expect(cache.forLine().held).not.toContain('old');
    expect(promised.text('old')).toBe('x');
  });
});
