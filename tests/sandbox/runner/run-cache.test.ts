// The run cache of a session: bounded over many runs, each of which opens it anew.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { RunCache, sha256Of } from '#sandbox/runner/run-cache.ts';

let dir: string | undefined;
afterEach(() => {
  if (dir !== undefined) rmSync(dir, { recursive: true, force: true });
});

it('keeps a bounded number of stages, the latest among them, and no out that none of them names', async () => {
  dir = mkdtempSync(join(tmpdir(), 'run-cache-'));
  const store = (i: number): Promise<void> =>
    new RunCache(dir!).store(sha256Of(`key ${i}`), new Map([['out.txt', Buffer.from(`out ${i}`)]]), {
      ms: i,
      cpu: 2 * i,
    });
  for (let i = 0; i < 460; i++) await store(i);
  const kept = readdirSync(join(dir, 'stages'));
  expect(kept.length).toBeLessThanOrEqual(400);
  expect(readdirSync(join(dir, 'objects')).length).toBe(kept.length);
  const last = await new RunCache(dir).find(sha256Of('key 459'));
  expect(String(last?.files.get('out.txt'))).toBe('out 459');
  // What was slow while the machine was busy is not taken for costly later.
  expect(last).toMatchObject({ ms: 459, cpu: 918 });
});

it('does not make a data folder anew that was taken away, and works again when it is back', async () => {
  dir = mkdtempSync(join(tmpdir(), 'run-cache-'));
  const data = join(dir, 'data');
  mkdirSync(data);
  const cache = new RunCache(join(data, 'cache', 's1'));
  const store = (text: string) => cache.store(sha256Of(text), new Map([['out.txt', Buffer.from(text)]]), { ms: 1 });
  await store('first');
  renameSync(data, `${data}-away`);
  await expect(store('second')).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(cache.setNote('key', 1)).rejects.toMatchObject({ code: 'ENOENT' });
  expect(existsSync(data)).toBe(false);
  renameSync(`${data}-away`, data);
  await store('second');
  for (const text of ['first', 'second'])
    expect(String((await cache.find(sha256Of(text)))?.files.get('out.txt'))).toBe(text);
});
