// The routes to the visible table: small answers, asked again without a body, and hold-out rows in none.
import { createHash } from 'node:crypto';
import { brotliCompressSync, constants } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '#tests/support/test-server.ts';

let server: TestServer;
let path = '';
beforeAll(async () => {
  server = await startTestServer();
  path = `/api/sessions/${(await server.create()).sessionId}`;
});
afterAll(() => server.close());

it('GET data: before any run, small enough for a room that opens it at once, and 304 the second time', async () => {
  const { status, json, text, headers } = await server.ask(`${path}/data`);
  expect(status).toBe(200);
  const { data } = (await server.ask(`${path}/files`)).json;
  expect(json.rows).toBe(data[0].rows);
  expect(json.columns.length).toBeGreaterThan(30);
  const small = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
  expect(small.byteLength).toBeLessThan(20_000);
  const tag = String(headers.etag);
  for (const sent of [tag, `"other", W/${tag}`]) {
    const again = await server.ask(`${path}/data`, { headers: { 'if-none-match': sent } });
    expect([again.status, again.text, again.headers.etag]).toEqual([304, '', tag]);
  }
  expect((await server.ask(`${path}/data`, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
});

it('GET rows: pages of all rows and of a bin; what does not exist is refused', async () => {
  const { columns, rows: n } = (await server.ask(`${path}/data`)).json;
  const [, column] = columns;
  const page = (await server.ask(`${path}/rows?from=${n - 2}&most=5`)).json;
  expect(page.total).toBe(n);
  expect(page.rows.map(({ row }: { row: number }) => row)).toEqual([n - 2, n - 1]);
  const bin = (await server.ask(`${path}/rows?column=${column.name}&bin=1&most=50`)).json;
  expect(bin.total).toBe(column.bins[1].n);
  const at = bin.columns.indexOf(column.name);
  expect(new Set(bin.rows.map(({ cells }: { cells: string[] }) => cells[at]))).toEqual(new Set([column.bins[1].level]));
  expect((await server.ask(`${path}/rows?column=${column.name}&bin=missing`)).json.total).toBe(0);
  for (const [query, status] of [
    ['column=no-such-column', 404],
    [`column=${column.name}&bin=99`, 404],
    ['bin=last', 400],
    ['most=51', 400],
    ['from=-1', 400],
  ] as const)
    expect([query, (await server.ask(`${path}/rows?${query}`)).status]).toEqual([query, status]);
});

it('shows all visible rows and no other', async () => {
  const session = await server.instance.registry.open(path.split('/').at(-1) ?? '');
  const csv = Object.values(session!.tables())[0]!;
  const hashOf = (cells: readonly unknown[]) => createHash('sha256').update(cells.join()).digest('hex');
  const [head = '', ...lines] = csv.trim().split('\n');
  const names = head.split(',');
  const shown: string[] = [];
  for (let from = 0; ; from += 50) {
    const { rows, columns } = (await server.ask(`${path}/rows?from=${from}&most=50`)).json;
    if (rows.length === 0) break;
    for (const { cells } of rows) shown.push(hashOf(names.map((name) => cells[columns.indexOf(name)])));
  }
  expect(shown).toEqual(lines.map((line) => hashOf(line.split(','))));
});
