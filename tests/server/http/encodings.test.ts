// Answers are small on the wire where the browser takes it, and the same once they are read.
import { get as httpGet } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import { encoded, encodingFor } from '#server/http/encodings.ts';
import { startTestServer, type TestServer } from '#tests/support/test-server.ts';

let server: TestServer;
afterEach(() => server?.close());

it.each([
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip;q=0.8, br;q=0', 'gzip'],
  ['GZIP', 'gzip'],
  ['gzip;q=0', null],
  ['identity', null],
  ['', null],
  [undefined, null],
] as const)('of %j it takes %j', (accepted, encoding) => expect(encodingFor(accepted)).toBe(encoding));

it('compresses a long answer, and leaves a short one with a secret as it is', async () => {
  server = await startTestServer();
  const url = `${server.url}/api/openapi.json`;
  const get = async (encoding: string) => {
    const { status, headers, body } = await raw(url, encoding);
    expect(status).toBe(200);
    return { encoding: headers['content-encoding'], length: Number(headers['content-length']), body, headers };
  };
  const plain = await get('identity');
  expect(plain.encoding).toBeUndefined();
  for (const [name, unpack] of [
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const) {
    const small = await get(name);
    expect(small.encoding).toBe(name);
    expect(small.headers['vary']).toBe('Accept-Encoding');
    expect(small.length).toBe(small.body.byteLength);
    expect(small.length).toBeLessThan(plain.length / 3);
    expect(unpack(small.body).equals(plain.body)).toBe(true);
  }
  const { joinCode } = await server.create();
  const joined = await server.ask('/api/join', {
    method: 'POST',
    body: { code: joinCode },
    headers: { 'accept-encoding': 'gzip, br', origin: server.url.replace('127.0.0.1', 'localhost') },
  });
  expect([joined.status, joined.headers['content-encoding']]).toEqual([200, undefined]);
});

it('gives each of many long answers its own bytes, whatever was asked for before', async () => {
  const answers = Array.from({ length: 12 }, (_, i) => `${'long '.repeat(10_000)}${i}`);
  for (const text of [...answers, ...answers]) {
    const headers = { 'Content-Type': 'text/plain', 'Content-Length': String(text.length) };
    for (const [name, unpack] of [
      ['br', brotliDecompressSync],
      ['gzip', gunzipSync],
    ] as const) {
      const small = await encoded(new Response(text, { headers }), name);
      expect(small.headers.get('content-encoding')).toBe(name);
      expect(unpack(Buffer.from(await small.arrayBuffer())).toString()).toBe(text);
    }
  }
});

/** By node:http, since fetch unpacks. */
function raw(url: string, encoding: string) {
  return new Promise<{ status: number; headers: Record<string, string | string[] | undefined>; body: Buffer }>(
    (resolve, reject) => {
      httpGet(url, { headers: { 'accept-encoding': encoding } }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
        );
      }).on('error', reject);
    },
  );
}
