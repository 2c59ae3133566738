// Which session an address is about.
import { describe, expect, it } from 'vitest';
import { builtFileOf, codeOfBody, subjectOf, tableOfBody } from '#server/cluster/session-address.ts';

describe('the subject of a request', () => {
  it.each([
    ['GET', '/doc/abc-1?tab=t&v=1', { session: 'abc-1' }],
    ['GET', '/api/sessions/abc', { session: 'abc' }],
    ['DELETE', '/api/sessions/abc', { session: 'abc' }],
    ['GET', '/api/sessions/abc/files?revision=2', { session: 'abc' }],
    ['GET', '/s/abc', { session: 'abc' }],
    ['GET', '/s/abc/projector?x', { session: 'abc' }],
    ['GET', '/s/abc.git/info/refs', { session: 'abc' }],
    ['POST', '/git/abc/key/name.git/git-upload-pack', { session: 'abc' }],
    ['GET', '/socket/?session=abc&EIO=4&transport=polling', { session: 'abc' }],
    ['GET', '/socket/?EIO=4&transport=polling&session=abc', { session: 'abc' }],
    ['GET', '/j/ABC123', { code: 'ABC123' }],
    ['POST', '/j/AB%20C?language=de', { code: 'AB C' }],
    ['POST', '/api/join', { bodyHasCode: true }],
    ['GET', '/socket/?EIO=4&transport=polling', null],
    ['GET', '/socket/?session=a/b', null],
    ['POST', '/api/sessions', { bodyHasTable: true }],
    ['POST', '/api/sessions?language=de', { bodyHasTable: true }],
    ['POST', '/api/tables/abc-1/proposal', { table: 'abc-1' }],
    ['POST', '/api/tables', null],
    ['GET', '/api/sessions', null],
    ['GET', '/api/sessions?x=/s/abc', null],
    ['GET', `/s/${'a'.repeat(65)}`, null],
    ['GET', '/', null],
    ['GET', '/new', null],
    ['GET', '/healthz', null],
    ['GET', '/_next/static/chunks/s/abc.js', null],
    ['GET', '/api/join', null],
  ])('of %s %s', (method, url, subject) => {
    expect(subjectOf({ method, url })).toEqual(subject);
  });

  it.each([
    ['{"code":"abc"}', 'abc'],
    ['{"code":7}', ''],
    ['[]', ''],
    ['null', ''],
    ['{', ''],
    ['', ''],
  ])('a body %s has the code %j', (body, code) => {
    expect(codeOfBody(Buffer.from(body))).toBe(code);
  });
});

it.each([
  ['{"table":{"id":"abc"}}', 'abc'],
  ['{"table":{"id":7}}', ''],
  ['{"table":null}', ''],
  ['{"title":"A"}', ''],
  ['null', ''],
  ['{', ''],
  ['', ''],
])('a body %s is about the table %j', (body, table) => {
  expect(tableOfBody(Buffer.from(body))).toBe(table);
});

it.each([
  ['GET', '/_next/static/chunks/a-1.js', 'static/chunks/a-1.js'],
  ['HEAD', '/_next/static/media/f.woff2?dpl=1', 'static/media/f.woff2'],
  ['GET', '/_next/static/chunks/app/%5Bid%5D/p.js', 'static/chunks/app/[id]/p.js'],
  ['POST', '/_next/static/chunks/a.js', null],
  ['GET', '/_next/static/../server/secret', null],
  ['GET', '/_next/static/%2e%2e/server/secret', null],
  ['GET', '/_next/image?url=a', null],
  ['GET', '/s/abc', null],
])('the built file of %s %s is %j', (method, url, file) => {
  expect(builtFileOf({ method, url, headers: {} })).toBe(file);
});

it.each([{ 'content-length': '5' }, { 'content-length': '0' }, { 'transfer-encoding': 'chunked' }])(
  'a request with %j is for no built file',
  (headers) => {
    expect(builtFileOf({ method: 'GET', url: '/_next/static/chunks/a.js', headers })).toBeNull();
  },
);
