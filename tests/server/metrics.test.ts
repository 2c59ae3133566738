// What Prometheus reads, from a server in which something happened; and that the dashboard and the alert rules of deploy/ name
// only what is there.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { createSqliteStorage, type SqliteStorage } from '#server/storage/sqlite.ts';
import { createManualPool } from '../support/manual-pool.ts';
import { call, startTestServer, type TestServer } from '../support/test-server.ts';

const deployed = (name: string) => readFileSync(join(import.meta.dirname, '../../deploy', name), 'utf8');

let dataDir = '';
let storage: SqliteStorage;
let server: TestServer;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'metrics-'));
  storage = await createSqliteStorage({ file: join(dataDir, 'sessions.db') });
  const pool = createManualPool();
  server = await startTestServer({ DATA_DIR: dataDir }, { storage, pool });
  const { joinCode, sessionId, facilitatorSecret } = await server.create();
  const { token } = await server.join(joinCode, 'Anneliese');
  const ana = await call(server.url, { sessionId, token }, { origin: server.url });
  expect(await ana.command({ type: 'hand.raise' })).toMatchObject({ ok: true });
  expect(await ana.command({ type: 'session.end' })).toMatchObject({ ok: false });
  const error = { stage: 'train', kind: 'limit', code: 'memory', facts: { mb: 300 } } as const;
  await vi.waitFor(() => expect(pool.jobs).toHaveLength(1));
  pool.jobs[0]!.finish({ status: 'failed', error });
  // Full: the page that it needs next is not there.
  await storage.limitPages(1);
  const { json } = await server.ask(`/api/sessions/${sessionId}/facilitator`, {
    method: 'POST',
    body: { secret: facilitatorSecret },
  });
  const host = await call(server.url, { sessionId, token: (json as { token: string }).token }, { origin: server.url });
  for (let ok = true, i = 0; ok && i < 60; i += 1)
    ({ ok } = await host.command({ type: 'session.configure', title: `${i} ${'title '.repeat(8)}` }));
  host.socket.close();
});
afterAll(async () => {
  await server.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const numbers = async () => (await server.ask('/metrics')).text;
/** Value of a line, by the metric with its labels. */
const value = (text: string, name: string) =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.slice(name.length),
  );

it('has what happened, by command, code, cause and limit', async () => {
  await expect.poll(numbers).toContain('crowd_runs_total{result="failed",limit="memory"} 1');
  await expect.poll(numbers).toContain('crowd_refusals_total{what="command",code="storage_unavailable"} 1');
  // The facilitator has left.
  await expect.poll(async () => value(await numbers(), 'crowd_people')).toBe(1);
  const text = await numbers();
  expect(value(text, 'crowd_refusals_total{what="command",code="not_allowed"}')).toBe(1);
  expect(value(text, 'crowd_storage_failures_total{cause="full"}')).toBeGreaterThan(0);
  expect(value(text, 'crowd_ack_seconds_count{command="hand.raise"}')).toBeGreaterThan(0);
  expect(value(text, 'crowd_http_seconds_count{route="createSession",code="201"}')).toBe(1);
  expect([value(text, 'crowd_people'), value(text, 'crowd_sessions')]).toEqual([1, 1]);
  expect(value(text, 'crowd_sockets{kind="commands"}')).toBe(1);
  expect(value(text, 'process_resident_memory_bytes')).toBeGreaterThan(50e6);
  expect(value(text, 'process_cpu_seconds_total')).toBeGreaterThan(0);
  if (process.platform === 'linux') expect(value(text, 'process_open_fds')).toBeGreaterThan(10);
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
  expect(value(text, `crowd_build_info{version="${version}"}`)).toBe(1);
  for (const name of ['Anneliese', dataDir]) expect(text).not.toContain(name);
  // What made-up addresses bring has one name.
  for (let i = 0; i < 3; i += 1) await server.ask(`/api/made-up-${i}`);
  expect(value(await numbers(), 'crowd_http_seconds_count{route="other",code="404"}')).toBe(3);
});

it('has all that the dashboard and the alert rules name', async () => {
  const known = new Set(
    [...(await numbers()).matchAll(/^# TYPE (\w+) (\w+)$/gm)].flatMap(([, name = '', type]) =>
      type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => name + end) : [name],
    ),
  );
  // The server made by a test has its storage from it, and so no file to measure.
  known.add('crowd_database_bytes');
  // Of nodes whose runs workers perform.
  known.add('crowd_fleet_workers');
  const dashboard = JSON.parse(deployed('grafana-dashboard.json')) as { panels: { targets: { expr: string }[] }[] };
  const { groups } = parse(deployed('alerts.yml')) as { groups: { rules: { alert: string; expr: string }[] }[] };
  const rules = groups.flatMap((group) => group.rules);
  expect(rules).toHaveLength(6);
  const exprs = [...dashboard.panels.flatMap(({ targets }) => targets), ...rules].map(({ expr }) => expr);
  const named = new Set(exprs.flatMap((expr) => expr.match(/\b(crowd|process|nodejs)_\w+/g) ?? []));
  expect([...named].filter((name) => !known.has(name))).toEqual([]);
  // And the other way round: what is measured is shown.
  const shown = [...known].filter((name) => /^(crowd|process|nodejs)_/.test(name));
  const plain = (name: string) => name.replace(/_(bucket|sum|count)$/, '');
  expect(shown.map(plain).filter((name) => ![...named].map(plain).includes(name))).toEqual([]);
});
