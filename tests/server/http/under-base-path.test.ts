// A page that was built for the root of a host, under a path of one: what the build wrote moves, what people wrote stays.
import { expect, it } from 'vitest';
import { headersUnder, pageUnder } from '#server/http/pages/under-base-path.ts';

const HTML = 'text/html; charset=utf-8';
const DATA = 'text/x-component';

it.each([
  [HTML, '<script src="/_next/static/chunks/a.js">', '<script src="/x/_next/static/chunks/a.js">'],
  [HTML, '<link rel="icon" href="/icon.svg?v.svg"/>', '<link rel="icon" href="/x/icon.svg?v.svg"/>'],
  [HTML, 'push([1,"\\"/_next/static/chunks/a.js\\""])', 'push([1,"\\"/x/_next/static/chunks/a.js\\""])'],
  [DATA, '1:I[["/_next/static/chunks/a.js"]]', '1:I[["/x/_next/static/chunks/a.js"]]'],
])('moves in %s: %s', (type, text, moved) => expect(pageUnder('/x', type, text)).toBe(moved));

it.each([
  [HTML, '<p>/_next/static/ is where scripts are</p>'],
  [HTML, '<p>&quot;/_next/static/&quot;</p>'],
  // A quotation mark that somebody typed, in the data within a script.
  [HTML, 'push([1,"\\"see \\\\\\"/_next/static/\\\\\\"\\""])'],
  [DATA, '1:["see \\"/_next/static/\\""]'],
])('leaves in %s: %s', (type, text) => expect(pageUnder('/x', type, text)).toBe(text));

it('leads within the path, and elsewhere as before', () => {
  const location = (to: string) => headersUnder('/x', { location: to })['location'];
  expect(location('/j/ABC234')).toBe('/x/j/ABC234');
  expect(location('/x/j/ABC234')).toBe('/x/j/ABC234');
  expect(headersUnder('/x', { refresh: '0;url=/new' })['refresh']).toBe('0;url=/x/new');
  expect(location('//other.example/')).toBe('//other.example/');
  expect(location('https://other.example/')).toBe('https://other.example/');
});
