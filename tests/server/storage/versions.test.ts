// Databases of every version that a server wrote: they open, whole; a newer one is refused, a damaged one named.
// A change of the schema needs a new fixture beside the others: tests/fixtures/make-storage.ts.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadState } from '#server/session/load-state.ts';
import { migrate, SCHEMA_VERSION, versionRows } from '#server/storage/migrate.ts';
import { createSqliteStorage } from '#server/storage/sqlite.ts';
import { openFile } from '#server/storage/sqlite-file.ts';
import { tablesOf } from '#server/storage/sqlite-tables.ts';
import { StorageDamaged, StorageUnavailable } from '#server/storage/storage.ts';
import { EVENT_STEPS, eventsVersion } from '#session-core/model/event-versions.ts';
import { viewOf } from '#session-core/view/view.ts';
import { STORED } from '../../fixtures/stored-sessions.ts';
import { createKit } from '../../support/registry-kit.ts';
import { dumpOf, makeDatabase } from '../../support/sql-dump.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/storage');
const fixture = (version: number) => readFileSync(join(FIXTURES, `v${version}.sql`), 'utf8');
const versions = readdirSync(FIXTURES).map((name) => Number(/^v(\d+)\.sql$/.exec(name)?.[1]));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'versions-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const file = () => join(folder, 'sessions.db');
const dumpedSchema = (sql: string) => sql.split('\n').filter((line) => line.startsWith('CREATE'));

it('there is a fixture of each version, and that of today has the tables that a new file gets', () => {
  expect(versions.toSorted()).toEqual(Array.from({ length: SCHEMA_VERSION }, (_, i) => i + 1));
  openFile(file()).close();
  const db = new DatabaseSync(file());
  expect(dumpedSchema(dumpOf(db))).toEqual(dumpedSchema(fixture(SCHEMA_VERSION)));
  db.close();
});

describe.each(versions)('a database of version %i', (version) => {
  it('opens with every session, text and event, the older one kept beside it', async () => {
    makeDatabase(file(), fixture(version));
    const storage = await createSqliteStorage({ file: file() });
    expect(storage.migrated !== null).toBe(version < SCHEMA_VERSION);
    const kit = createKit({ storage });
    const rows = await storage.sessions();
    kit.clock.set(STORED.at);
    expect(rows).toHaveLength(2);
    for (const row of rows) {
      expect([row.expiredAt, row.lastUsedAt >= row.createdAt]).toEqual([null, true]);
      const { state } = await loadState(storage, row.id);
      expect(state.seq).toBeGreaterThan(5);
      const presence = {
        online: new Set<string>(),
        viewers: 0,
        mostParticipants: 9,
        gaps: [],
        retention: { keptUntil: 0 },
      };
      for (const kind of ['public', 'facilitator'] as const) viewOf(state, { kind }, presence);
      for (const participant of Object.keys(state.participants)) viewOf(state, { kind: 'you', participant }, presence);
    }
    expect(await storage.uploadedCourse('random')).toEqual(version < 3 ? null : STORED.uploadedCourse);
    const id = rows.find(({ joinCode }) => joinCode !== 'RNDRND')?.id ?? '';
    const session = await kit.registry.open(id);
    expect(session?.view().title).toBe(STORED.title);
    expect(Object.values(session?.view().suggestions ?? {}).map(({ text }) => text)).toEqual([STORED.suggestion]);
    const files = await session?.files(session.state().revision);
    expect(files?.files['params.yaml']?.startsWith(STORED.typed)).toBe(true);
    await kit.close();

    if (storage.migrated === null) return;
    expect(storage.migrated).toMatchObject({ from: { schema: version }, to: { schema: SCHEMA_VERSION } });
    const kept = new DatabaseSync(storage.migrated.copy, { readOnly: true });
    expect(dumpOf(kept)).toBe(fixture(version));
    kept.close();
    // Once, not at each start.
    const again = await createSqliteStorage({ file: file() });
    expect(again.migrated).toBeNull();
    await again.close();
  });

  it('with a wrong checksum is named as damaged and left as it is', () => {
    makeDatabase(file(), fixture(version));
    const db = new DatabaseSync(file());
    db.exec("UPDATE session SET created_at = created_at + 1 WHERE join_code = 'RNDRND'");
    const before = dumpOf(db);
    db.close();
    expect(() => openFile(file())).toThrow(StorageDamaged);
    const after = new DatabaseSync(file());
    expect(dumpOf(after)).toBe(before);
    after.close();
  });
});

describe('events of an older version', () => {
  const rename = (event: { readonly type: string; readonly payload: unknown }) =>
    event.type === 'participant.joined' ? { ...event, payload: { ...(event.payload as object), since: 1 } } : event;

  it('are rewritten by the steps that they lack, and read as ours', () => {
    makeDatabase(file(), fixture(SCHEMA_VERSION));
    const db = new DatabaseSync(file());
    const tables = () => tablesOf(db);
    const before = tables()
      .sessions()
      .map(({ id }) => tables().read(id, 0));
    const done = migrate(db, { file: file(), verify: () => tables().verify(), steps: [...EVENT_STEPS, rename] });
    expect(done).toMatchObject({ from: { events: eventsVersion() }, to: { events: eventsVersion() + 1 } });
    const after = tables()
      .sessions()
      .map(({ id }) => tables().read(id, 0));
    expect(after.flat()).toEqual(before.flat().map((event) => ({ ...event, ...rename(event) })));
    expect(after.flat()).not.toEqual(before.flat());
    db.close();
  });

  it('stay as they are when a step fails', () => {
    makeDatabase(file(), fixture(SCHEMA_VERSION));
    const db = new DatabaseSync(file());
    const before = dumpOf(db);
    const failing = () => {
      throw new Error('no');
    };
    expect(() => migrate(db, { file: file(), verify: () => {}, steps: [failing] })).toThrow('no');
    expect(dumpOf(db)).toBe(before);
    db.close();
  });
});

describe('a newer file', () => {
  it.each([
    ['schema', { schema: SCHEMA_VERSION + 1, events: eventsVersion() }],
    ['events', { schema: SCHEMA_VERSION, events: eventsVersion() + 1 }],
  ])('by its %s is refused in one line, and left as it is', (_, newer) => {
    makeDatabase(file(), fixture(SCHEMA_VERSION));
    const db = new DatabaseSync(file());
    for (const [key, value] of versionRows(newer))
      db.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)').run(key, value);
    const before = dumpOf(db);
    db.close();
    const open = () => openFile(file());
    expect(open).toThrow(StorageUnavailable);
    expect(open).toThrow(
      /^The database \S+ was written by a newer version of Crowd Programming \(.+\): start that version[^\n]*$/,
    );
    const after = new DatabaseSync(file());
    expect(dumpOf(after)).toBe(before);
    after.close();
  });

  it('is not what a changed version looks like', () => {
    makeDatabase(file(), fixture(SCHEMA_VERSION));
    const db = new DatabaseSync(file());
    db.exec("UPDATE meta SET value = 9 WHERE key = 'schema'");
    db.close();
    expect(() => openFile(file())).toThrow(/is damaged: its version was changed/);
  });
});
