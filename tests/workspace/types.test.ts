// The teaching code under strict types, against the declarations that the editor gets for the guest libraries.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildWhenStale } from '#sandbox/build/build.ts';
import { listCheckpoints, readCheckpoint } from '#sandbox/course/checkpoints.ts';
import { guestTypes } from '#sandbox/workspace/guest-types.ts';

const ROOT = join(import.meta.dirname, '../..');
const STRICT = {
  target: 'es2024',
  module: 'esnext',
  moduleResolution: 'bundler',
  lib: ['es2024', 'dom'],
  types: [],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noImplicitReturns: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  allowImportingTsExtensions: true,
  noEmit: true,
};
let folder: string;

beforeAll(async () => {
  await buildWhenStale();
  folder = mkdtempSync(join(tmpdir(), 'types-'));
  for (const [path, text] of Object.entries(guestTypes())) put(`node_modules/${path}`, text);
  put('tsconfig.json', JSON.stringify({ compilerOptions: STRICT, include: ['*/src/*.ts'] }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** What the compiler says; empty when all is well. */
function complaints(): string {
  try {
    return execFileSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder], {
      encoding: 'utf8',
    });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

it('every checkpoint passes the strict compiler, and a slip does not', () => {
  for (const { name } of listCheckpoints()) {
    for (const [path, text] of Object.entries(readCheckpoint(name))) {
      if (path.endsWith('.ts')) put(`${name}/${path}`, text);
    }
  }
  expect(complaints()).toBe('');
  const model = readCheckpoint('1-start')['src/model.ts']!;
  put('1-start/src/model.ts', model.replace('{ alpha: ridge.alpha }', '{ alfa: ridge.alpha }'));
  expect(complaints()).toMatch(/1-start\/src\/model\.ts\(\d+,\d+\): error TS\d+: .*'alfa'/);
});
