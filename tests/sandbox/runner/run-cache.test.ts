// The run cache of a session: bounded over many runs, each of which opens it anew.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
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
    new RunCache(dir!).store(sha256Of(`key ${i}`), new Map([['out.txt', Buffer.from(`out ${i}`)]]), { ms: i });
  for (let i = 0; i < 460; i++) await store(i);
  const kept = readdirSync(join(dir, 'stages'));
  expect(kept.length).toBeLessThanOrEqual(400);
  expect(readdirSync(join(dir, 'objects')).length).toBe(kept.length);
  const last = await new RunCache(dir).find(sha256Of('key 459'));
  expect(String(last?.files.get('out.txt'))).toBe('out 459');
});
