// `npm run bench:storage`: durable appends of 1, 100 and 300 sessions: SQLite, Postgres, and Postgres with a transaction an
// append, in turns. Each session appends, waits, appends. Goals at 300 sessions: as many as SQLite and 8 times as many as one
// by one; alone at most 4 times SQLite's median. `--check` exits 1 beyond. Last line: JSON.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createPostgresStorage } from '#server/storage/postgres.ts';
import { openPostgres } from '#server/storage/postgres-open.ts';
import { createSqliteStorage } from '#server/storage/sqlite.ts';
import type { Storage } from '#server/storage/storage.ts';
import { startPostgres, withoutPostgres } from '../support/postgres.ts';
import { append, events, row } from '../support/stored-rows.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '3' },
    check: { type: 'boolean', default: false },
  },
});
const SESSIONS = [1, 100, 300];
const GOALS = { overSqlite: 1, overOneByOne: 8, medianAlone: 4, databaseUs: 60, heapMb: 8 };
/** What a driver typed, with every third append. */
const TYPED = [new Uint8Array(42).fill(7)];

interface Peer {
  readonly name: string;
  open(): Promise<Storage>;
}
interface Cell {
  appends: number;
  ms: number;
  databaseMs: number;
  nodeMs: number;
  readonly waits: number[];
}
if (withoutPostgres()) process.exit(0);
const database = await startPostgres();
const folder = mkdtempSync(join(tmpdir(), 'bench-storage-'));
const inPostgres = (more: { mostAtOnce?: number; lanes?: number }) => async () =>
  createPostgresStorage({ postgres: await openPostgres(await database.database()), epochOf: () => 0, ...more });
const PEERS: readonly Peer[] = [
  {
    name: 'sqlite',
    open: () => createSqliteStorage({ file: join(mkdtempSync(join(folder, 'sqlite-')), 'data', 'sessions.db') }),
  },
  { name: 'postgres', open: inPostgres({}) },
  { name: 'postgres, one by one', open: inPostgres({ mostAtOnce: 1, lanes: 8 }) },
];
const cells = new Map<string, Cell>();
const cellOf = (name: string, sessions: number): Cell => {
  const key = `${name} ${sessions}`;
  const cell = cells.get(key) ?? { appends: 0, ms: 0, databaseMs: 0, nodeMs: 0, waits: [] };
  cells.set(key, cell);
  return cell;
};

for (let round = 0; round < Number(values.rounds); round += 1)
  for (const sessions of SESSIONS)
    for (const { name, open } of PEERS) {
      const storage = await open();
      await measure(storage, sessions, cellOf(name, sessions));
      await storage.close();
    }
const heapMb = await heapGrowth();
await database.close();
rmSync(folder, { recursive: true });

for (const sessions of SESSIONS)
  for (const { name } of PEERS) {
    const { appends, databaseMs, nodeMs } = cellOf(name, sessions);
    const us = (ms: number) => `${((ms / appends) * 1000).toFixed(0)} us`;
    console.log(
      `${String(sessions).padStart(3)} sessions, ${name.padEnd(20)} ${rate(name, sessions).toFixed(0).padStart(6)}/s, median ${median(name, sessions).toFixed(2)} ms; processor time an append: node ${us(nodeMs)}, database ${us(databaseMs)}`,
    );
  }
const results = {
  overSqlite: rate('postgres', 300) / rate('sqlite', 300),
  overOneByOne: rate('postgres', 300) / rate('postgres, one by one', 300),
  medianAlone: median('postgres', 1) / median('sqlite', 1),
  databaseUs: (cellOf('postgres', 100).databaseMs / cellOf('postgres', 100).appends) * 1000,
  heapMb,
};
console.log(
  `300 sessions: ${results.overSqlite.toFixed(1)}x SQLite, ${results.overOneByOne.toFixed(1)}x one by one; alone ${results.medianAlone.toFixed(1)}x SQLite's median; ${results.databaseUs.toFixed(0)} us of the database an append at 100; heap ${heapMb.toFixed(1)} MB larger after 100,000 appends`,
);
console.log(JSON.stringify({ storage: { ...results, goals: GOALS } }));
const failed =
  results.overSqlite < GOALS.overSqlite ||
  results.overOneByOne < GOALS.overOneByOne ||
  results.medianAlone > GOALS.medianAlone ||
  results.databaseUs > GOALS.databaseUs ||
  heapMb > GOALS.heapMb;
process.exit(values.check && failed ? 1 : 0);

async function measure(storage: Storage, sessions: number, cell: Cell): Promise<void> {
  const ids = Array.from({ length: sessions }, (_, i) => `s${i}`);
  await Promise.all(ids.map((id) => storage.create(row(id), append(id, 0, events(1, 1)))));
  const [began, cpu, databaseBefore] = [performance.now(), process.cpuUsage(), databaseTime()];
  const until = began + Number(values.seconds) * 1000;
  await Promise.all(
    ids.map(async (id) => {
      for (let head = 1; performance.now() < until; head += 1) {
        const asked = performance.now();
        await storage.append(append(id, head, events(head + 1, head + 1), head % 3 === 0 ? { docUpdates: TYPED } : {}));
        cell.waits.push(performance.now() - asked);
        cell.appends += 1;
      }
    }),
  );
  const { user, system } = process.cpuUsage(cpu);
  cell.nodeMs += (user + system) / 1000;
  cell.databaseMs += databaseTime() - databaseBefore;
  cell.ms += performance.now() - began;
}

async function heapGrowth(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const storage = await inPostgres({})();
  const ids = Array.from({ length: 100 }, (_, i) => `s${i}`);
  await Promise.all(ids.map((id) => storage.create(row(id), append(id, 0, events(1, 1)))));
  const appendEach = (from: number, to: number) =>
    Promise.all(
      ids.map(async (id) => {
        for (let head = from; head < to; head += 1) await storage.append(append(id, head, events(head + 1, head + 1)));
      }),
    );
  await appendEach(1, 100);
  collect();
  const before = process.memoryUsage().heapUsed;
  await appendEach(100, 1_100);
  collect();
  const after = process.memoryUsage().heapUsed;
  await storage.close();
  return (after - before) / 1e6;
}

/** Processor time of the postmaster and its children until now, milliseconds; on Linux. */
function databaseTime(): number {
  const postmaster = database.pid();
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const fields = statOf(pid);
    if (Number(pid) !== postmaster && Number(fields[1]) !== postmaster) continue;
    // Its own, and for the postmaster that of children that ended.
    const last = Number(pid) === postmaster ? 15 : 13;
    for (let at = 11; at < last; at += 1) ticks += Number(fields[at]);
  }
  return ticks * 10;
}
/** From the state on; none where the process just ended. */
function statOf(pid: string): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(String((error as NodeJS.ErrnoException).code))) return [];
    throw error;
  }
}
function rate(name: string, sessions: number): number {
  const { appends, ms } = cellOf(name, sessions);
  return (appends / ms) * 1000;
}
function median(name: string, sessions: number): number {
  const { waits } = cellOf(name, sessions);
  return waits.sort((a, b) => a - b)[Math.floor(waits.length / 2)] ?? 0;
}
