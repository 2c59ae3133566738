// A table that somebody brings: sent, looked at, made the course of a session that runs on it, and deleted with it.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPool, TABLE_LIMITS } from '#sandbox/index.ts';
import type { ServerOptions } from '#server/create-server.ts';
import { createMemoryStorage } from '#server/storage/memory.ts';
import { TABLE } from '#session-core/protocol/http-api/table-routes.ts';
import { flatsCsv, shapesCsv } from '#tests/support/odd-tables.ts';
import { REHEARSED } from '#tests/support/rehearsed.ts';
import { type Answer, startTestServer, type TestServer } from '#tests/support/test-server.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'tables-'));
const storage = createMemoryStorage();
let server: TestServer;
/** The storage is that of the server before, as after a restart. */
const start = (options: Partial<ServerOptions> = {}) =>
  startTestServer({ DATA_DIR: dataDir }, { storage: { ...storage, close: async () => {} }, ...options });
beforeAll(async () => {
  server = await start({ pool: await createPool({ ...REHEARSED }) });
});
afterAll(async () => {
  await server.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const own = () => ({
  host: `localhost:${server.port}`,
  origin: `http://localhost:${server.port}`,
  connection: 'keep-alive',
});
const post = (path: string, body: unknown, headers: Record<string, string> = own()) =>
  server.ask(path, { method: 'POST', body, headers });
const send = (csv: string, headers: Record<string, string> = own()) =>
  post('/api/tables', csv, { ...headers, 'content-type': 'application/octet-stream' });
/** Every file below the data folder in which the text occurs. */
const filesWith = (text: string): string[] =>
  readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path, 'latin1').includes(text));

interface Task {
  readonly target: string;
  readonly kind: string;
  readonly measure: string;
}
const answersFor = (id: string, forbidden: readonly string[], task: Partial<Task> = {}) => ({
  id,
  dataset: 'flats.csv',
  target: 'Preis',
  kind: 'regression',
  measure: 'rmse',
  unit: 'euro',
  forbidden,
  inRepository: false,
  ...task,
});

describe('a table', () => {
  it('of classes becomes a session whose first run is scored by its probabilities', async () => {
    const { json } = await send(shapesCsv());
    const { json: proposed } = await post(`/api/tables/${json.id}/proposal`, { target: 'shape' });
    expect(proposed).toMatchObject({ kinds: ['classification'], forbidden: [] });
    expect(proposed.classes.map(({ name }: { name: string }) => name).sort()).toEqual(['disc', 'ring', 'rod']);
    const table = answersFor(json.id, [], { target: 'shape', kind: 'classification', measure: 'logLoss' });
    const made = await server.create({ table });
    const runs = async () => (await server.ask(`/api/sessions/${made.sessionId}/runs`)).json.runs;
    await expect.poll(async () => (await runs())[0]?.status, { timeout: 60_000 }).toBe('succeeded');
    const [first] = await runs();
    expect(first.metrics['cv.logLoss']).toBeLessThan(first.metrics['baseline.logLoss']);
    expect(first.findings).toEqual([]);
  });

  it('becomes a session whose first run has a score, keeps its course through a restart, and is deleted with it', async () => {
    const canary = 'canary table 51b7';
    const sent = await send(flatsCsv().replace('ruhig, nah am Park 1', canary));
    expect([sent.status, sent.json.rows, sent.json.columns.length]).toEqual([201, 120, 7]);
    expect(sent.json.columns[1]).toMatchObject({
      name: 'Grosse_m2',
      label: 'Größe',
      unit: 'm²',
      missing: 11,
      targets: ['regression'],
    });
    expect(sent.json.notes).toContain('Its numbers have a decimal comma.');
    const { id } = sent.json;
    const proposed = await post(`/api/tables/${id}/proposal`, { target: 'Preis' });
    expect(proposed.json).toMatchObject({
      kinds: ['regression'],
      unit: '€',
      forbidden: [{ column: 'Nr' }, { column: 'Grosse_m2' }, { column: 'Miete' }],
    });

    const made = await server.create({ title: 'What is a flat worth?', table: answersFor(id, ['Nr', 'Miete']) });
    expect(filesWith(canary)).toEqual([join(dataDir, 'courses', made.sessionId, 'data/table.csv')]);
    const at = `/api/sessions/${made.sessionId}`;
    const runs = async () => (await server.ask(`${at}/runs`)).json.runs;
    await expect.poll(async () => (await runs())[0]?.status, { timeout: 60_000 }).toBe('succeeded');
    const [first] = await runs();
    expect(first.metrics['cv.rmse']).toBeLessThan(first.metrics['baseline.rmse']);
    expect(first.findings).toEqual([]);
    const { json: facilitator } = await post(`${at}/facilitator`, { secret: made.facilitatorSecret });
    const row = { Grosse_m2: 80.5, Ort: 'Ada', verkauft_am: 30, Bemerkung: '' };
    const predict = () => server.ask(`${at}/predict`, { method: 'POST', body: { row }, token: facilitator.token });
    expect((await predict()).json.prediction).toBeGreaterThan(0);

    // The files are a copy: what the storage holds is enough.
    await server.close();
    rmSync(join(dataDir, 'courses'), { recursive: true });
    server = await start();
    const course = await server.ask(`${at}/course`);
    expect(course.json).toMatchObject({ id: made.sessionId, title: 'What is a flat worth?', edit: 'src/row.ts' });
    expect(course.json.agendas[0].steps.length).toBeGreaterThan(5);
    expect(filesWith(canary)).toEqual([join(dataDir, 'courses', made.sessionId, 'data/table.csv')]);
    expect((await server.ask('/api/courses')).text).not.toContain(made.sessionId);

    const deleted = await server.ask(at, { method: 'DELETE', token: facilitator.token });
    expect(deleted.status).toBe(204);
    expect(filesWith(canary)).toEqual([]);
    expect(existsSync(join(dataDir, 'courses', made.sessionId))).toBe(false);
  });

  it('of no session is gone after a restart', async () => {
    const { json } = await send(flatsCsv().replace('Park 1', 'canary of nobody'));
    expect(filesWith('canary of nobody')).toHaveLength(1);
    await server.close();
    server = await start();
    await expect.poll(() => filesWith('canary of nobody')).toEqual([]);
    const asked = await post(`/api/tables/${json.id}/proposal`, { target: 'Preis' });
    expect([asked.status, asked.json.error.code]).toEqual([404, 'no_such_table']);
  });

  it('is taken from those who may create sessions, and from nobody else', async () => {
    const foreign = await send(flatsCsv(), { host: `localhost:${server.port}` });
    expect([foreign.status, foreign.json.error.code]).toEqual([403, 'not_local']);
    const { json } = await send(flatsCsv());
    const proposal = await post(
      `/api/tables/${json.id}/proposal`,
      { target: 'Preis' },
      { host: `localhost:${server.port}` },
    );
    expect([proposal.status, proposal.json.error.code]).toEqual([403, 'not_local']);
  });

  it.each<[what: string, csv: string, message: RegExp]>([
    ['a quote never closed', `${flatsCsv()}1;"2;3;4;5;6;7\r\n`, /Row 121 .*never closed/],
    ['a zip bomb', `PK\u0003\u0004${'\u0000'.repeat(1000)}`, /zip archive/],
    ['NUL', flatsCsv().replace('ruhig', '\u0000'), /binary data/],
    ['a header of a million columns', ','.repeat(999_999), /1000000 columns: at most 200/],
    ['nothing', '', /is empty/],
  ])('of %s is refused in a sentence and not kept', async (_what, csv, message) => {
    const before = readdirSync(join(dataDir, 'uploads')).length;
    const { status, json } = await send(csv);
    expect([status, json.error.code]).toEqual([422, 'bad_table']);
    expect(json.error.message).toMatch(message);
    expect(readdirSync(join(dataDir, 'uploads')).length).toBe(before);
  });

  it('with names and cells that mean something to programs is plain text', async () => {
    const lines = Array.from({ length: 60 }, (_, i) => `=1+${i},${i % 7},${(i * 37) % 11},x`);
    const { json } = await send(
      `__proto__,constructor,"</script><img src=x onerror=alert(1)>",@SUM(A1)\n${lines.join('\n')}\n`,
    );
    expect(json.columns.map(({ name }: { name: string }) => name)).toEqual([
      'proto',
      'constructor_column',
      'script_img_src_x_onerror_alert',
      'SUM_A1',
    ]);
    expect(json.head[0]).toEqual(['=1+0', 0, 0, 'x']);
    expect(({} as Record<string, unknown>)['0']).toBeUndefined();
  });

  it('of more than 20 MB is cut off while it comes', async () => {
    const answer = await sendEndless(server.port, own());
    expect([answer.status, answer.code]).toEqual([413, 'too_large']);
    expect(readdirSync(join(dataDir, 'uploads')).filter((name) => name.includes('endless'))).toEqual([]);
  });

  it.each<[what: string, change: (id: string) => object, status: number, message: RegExp]>([
    ['a column that is not there', (id) => answersFor(id, ['Prize']), 422, /There is no column "Prize"/],
    ['a target that is not there', (id) => answersFor(id, [], { target: 'Prize' }), 422, /There is no column "Prize"/],
    ['another metric', (id) => answersFor(id, [], { measure: 'logLoss' }), 422, /measured by/],
    [
      'every column',
      (id) => answersFor(id, ['Nr', 'Grosse_m2', 'Ort', 'verkauft_am', 'Bemerkung', 'Miete']),
      422,
      /leave at least one/,
    ],
    ['an id with a path in it', () => answersFor('../../etc', []), 400, /./],
    ['an unknown table', () => answersFor('nothing-here', []), 404, /no longer on the server/],
  ])('makes no session with %s', async (_what, change, status, message) => {
    const { json } = await send(flatsCsv());
    const before = existsSync(join(dataDir, 'courses')) ? readdirSync(join(dataDir, 'courses')).length : 0;
    const answer = await post('/api/sessions', { table: change(json.id) });
    expect([answer.status, answer.json.error.message]).toEqual([status, expect.stringMatching(message)]);
    expect(existsSync(join(dataDir, 'courses')) ? readdirSync(join(dataDir, 'courses')).length : 0).toBe(before);
  });

  it('has the same limits where it is sent and where it is read', () => {
    const { bytes, rows, columns, fewestGroups } = TABLE_LIMITS;
    expect(TABLE).toEqual({ bytes, rows, columns, fewestGroups });
  });
});

/** Sends until it is answered. */
function sendEndless(
  port: number,
  headers: Record<string, string>,
): Promise<{ status: number | undefined; code: Answer['json'] }> {
  return new Promise((resolve, reject) => {
    const request = http.request({
      host: '127.0.0.1',
      port,
      path: '/api/tables',
      method: 'POST',
      agent: false,
      headers,
    });
    let answered = false;
    request.on('response', (response) => {
      answered = true;
      let text = '';
      response.on('data', (part) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode, code: JSON.parse(text).error.code }));
    });
    request.on('error', (error) => (answered ? undefined : reject(error)));
    const chunk = Buffer.alloc(1024 * 1024, 'a,');
    const more = () => {
      if (answered || request.destroyed) return;
      request.write(chunk, () => setImmediate(more));
    };
    more();
  });
}
