// The repository of a session that ran once in the real sandbox, cloned from its bundle.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { createPool, outsideFolder } from '#sandbox/index.ts';
import { repositoryOf } from '#server/export/export-repository.ts';
import { systemAfter, systemNow } from '#server/platform/clock.ts';
import { createLog } from '#server/platform/log.ts';
import { createRegistry } from '#server/session/registry.ts';
import { createMemoryStorage } from '#server/storage/memory.ts';
import { newSession } from './registry-kit.ts';
import { REHEARSED } from './rehearsed.ts';

/** @param table what is said of it, and whether it goes along */
export async function exportedRepository(table: { readonly notice: string; readonly inRepository: boolean }) {
  const home = mkdtempSync(join(tmpdir(), 'project-'));
  const pool = await createPool({ ...REHEARSED });
  const registry = createRegistry({
    storage: createMemoryStorage(),
    pool,
    now: systemNow,
    after: systemAfter,
    log: createLog('warn', () => {}),
    config: { dataDir: home, participantsPerSession: 100 },
  });
  const session = await registry.create(newSession);
  const ownRun = () => Object.values(session.view().runs)[0];
  await vi.waitFor(() => expect(ownRun()).toMatchObject({ status: 'succeeded' }), { timeout: 30_000 });
  await vi.waitFor(() => expect(ownRun()).not.toHaveProperty('checking'), { timeout: 30_000 });
  const enclosed = { outside: outsideFolder(), ...table };
  const bundle = await repositoryOf(session, enclosed);
  writeFileSync(join(home, 'session.bundle'), bundle!);
  const repository = join(home, 'session');
  execFileSync('git', ['clone', '-q', join(home, 'session.bundle'), repository], { stdio: 'pipe' });
  return {
    home,
    session,
    ownRun,
    enclosed,
    repository,
    async close() {
      await registry.close();
      await pool.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
