import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { findTooLong } from '#scripts/boundaries/sizes.ts';

it('no folder of the project holds more than 24 code files, and no file more than 300 lines', () => {
  expect(findTooLong(join(import.meta.dirname, '../..'))).toEqual([]);
});

it('says which folder holds too many files and which file is too long', () => {
  const root = mkdtempSync(join(tmpdir(), 'crowd-sizes-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const top of ['app', 'pipeline-core', 'sandbox', 'server', 'session-core', 'crowd', 'scripts'])
    mkdirSync(join(root, top));
  mkdirSync(join(root, 'server/http'));
  for (let i = 0; i < 25; i++) writeFileSync(join(root, `server/http/route-${i}.ts`), '');
  writeFileSync(join(root, 'server/http/notes.md'), '');
  writeFileSync(join(root, 'app/page.tsx'), 'x\n'.repeat(301));
  execFileSync('git', ['init', '-q'], { cwd: root });
  execFileSync('git', ['add', '.'], { cwd: root });
  expect(findTooLong(root)).toEqual([
    'server/http holds 25 code files; at most 24.',
    'app/page.tsx has 301 lines; at most 300.',
  ]);
});
