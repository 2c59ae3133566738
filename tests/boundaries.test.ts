// Who may import whom: every rule of ARCHITECTURE.md is seen to refuse once, and to let the lawful import pass.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const biome = resolve('node_modules/@biomejs/biome/bin/biome');
const folder = mkdtempSync(join(tmpdir(), 'boundaries-'));
copyFileSync('biome.json', join(folder, 'biome.json'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The names of the lint rules that a file of this name and text breaks. */
function broken(file: string, text: string): string {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  const run = spawnSync(process.execPath, [biome, 'lint', '--vcs-enabled=false', '--colors=off', path], {
    cwd: folder,
    encoding: 'utf8',
  });
  rmSync(path);
  if (!/Checked 1 file/.test(run.stdout + run.stderr))
    throw new Error(`biome did not lint: ${run.stdout}${run.stderr}`);
  return run.stdout + run.stderr;
}
const refused = (file: string, specifier: string) =>
  broken(file, `import { thing } from '${specifier}';\nexport const use = thing;\n`).includes('noRestrictedImports');

const forbidden: readonly (readonly [file: string, specifier: string])[] = [
  ['pipeline-core/x.ts', '#session-core/protocol/messages.ts'],
  ['pipeline-core/x.ts', '#sandbox/index.ts'],
  ['pipeline-core/x.ts', '../server/main.ts'],
  ['pipeline-core/models/x.ts', 'node:fs'],
  ['pipeline-core/x.ts', 'yjs'],
  ['session-core/x.ts', '#pipeline-core'],
  ['session-core/x.ts', '#server/session/actor.ts'],
  ['session-core/x.ts', 'yjs'],
  ['session-core/x.ts', 'node:crypto'],
  ['sandbox/x.ts', '#session-core/protocol/messages.ts'],
  ['sandbox/x.ts', '#server/session/actor.ts'],
  ['sandbox/x.ts', 'socket.io'],
  ['sandbox/x.ts', 'isolated-vm'],
  ['sandbox/x.ts', 'node:child_process'],
  ['sandbox/guest/x.ts', 'node:fs'],
  ['sandbox/workspaces/1-start/src/x.ts', 'node:fs'],
  ['sandbox/workspaces/1-start/src/x.ts', '#pipeline-core'],
  ['server/session/x.ts', '#pipeline-core'],
  ['server/session/x.ts', '#sandbox/runner/run.ts'],
  ['server/session/x.ts', '#app/_client/connection.ts'],
  ['server/session/x.ts', 'socket.io'],
  ['server/session/x.ts', 'ws'],
  ['server/session/x.ts', 'y-protocols/sync'],
  ['server/session/x.ts', 'node:sqlite'],
  ['server/session/x.ts', 'next'],
  ['server/session/x.ts', 'node:child_process'],
  ['server/realtime/gateway.ts', 'ws'],
  ['server/document/x.ts', 'socket.io'],
  ['server/http/x.ts', 'obscenity'],
  ['app/_components/x.tsx', '#server/session/actor.ts'],
  ['app/_components/x.tsx', '#sandbox/index.ts'],
  ['app/_components/x.tsx', 'node:fs'],
  ['app/_components/x.tsx', 'socket.io'],
  ['app/_components/x.tsx', 'isolated-vm'],
];

const allowed: readonly (readonly [file: string, specifier: string])[] = [
  ['pipeline-core/models/x.ts', '../rng.ts'],
  ['session-core/x.ts', '#pipeline-core/report.ts'],
  ['session-core/x.ts', 'valibot'],
  ['session-core/x.ts', 'node-diff3'],
  ['sandbox/child/isolate.ts', 'isolated-vm'],
  ['sandbox/x.ts', '#pipeline-core'],
  ['server/session/x.ts', '#session-core/session.ts'],
  ['server/session/x.ts', '#sandbox/index.ts'],
  ['server/session/x.ts', '#pipeline-core/report.ts'],
  ['server/realtime/gateway.ts', 'socket.io'],
  ['server/document/doc-connection.ts', 'y-protocols/sync'],
  ['server/storage/sqlite.ts', 'node:sqlite'],
  ['app/_components/x.tsx', '#session-core/protocol/messages.ts'],
  ['app/_components/x.tsx', '#pipeline-core'],
  ['app/_client/x.ts', 'socket.io-client'],
];

describe('boundaries', () => {
  it.each(forbidden)('%s may not import %s', (file, specifier) => {
    expect(refused(file, specifier)).toBe(true);
  });
  it.each(allowed)('%s may import %s', (file, specifier) => {
    expect(refused(file, specifier)).toBe(false);
  });
  it('no folder but config.ts reads the environment', () => {
    const text = 'export const port = process.env.PORT;\n';
    expect(broken('server/session/x.ts', text)).toContain('noProcessEnv');
    expect(broken('server/platform/config.ts', text)).not.toContain('noProcessEnv');
  });
});
