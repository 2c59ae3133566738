// When the guest libraries count as built: as long as every file that went into them is what it was.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ROOT } from '#sandbox/build/build-options.ts';
import { buildWhenStale } from '#sandbox/build/build-when-stale.ts';
import { currentBuild, sourcesOf } from '#sandbox/build/last-build.ts';

const home = mkdtempSync(join(tmpdir(), 'last-build-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

it('is the current one while its sources are the same', async () => {
  const built = await buildWhenStale();
  expect(currentBuild()).toEqual(built);
  expect(sourcesOf(built.inputs)).toBe(built.sources);
});

it.each([
  'sandbox/guest/entry.ts',
  'sandbox/guest/types/workshop.d.ts',
  'sandbox/child/child.ts',
  'sandbox/build/build.ts',
  'sandbox/build/standalone-start.ts',
  'pipeline-core/index.ts',
  'crowd/main.ts',
  'node_modules/danfojs/package.json',
  'LICENSE',
])('is made of %s, too', async (path) => {
  expect((await buildWhenStale()).inputs).toContain(path);
});

it('differs by one character of one file', async () => {
  const file = join(home, 'input.ts');
  const of = (text: string) => {
    writeFileSync(file, text);
    return sourcesOf(['LICENSE', relative(ROOT, file)]);
  };
  expect(of('a = 1')).toBe(of('a = 1'));
  expect(of('a = 1')).not.toBe(of('a = 2'));
});
