// The app may be served under a path of its host, so every address that a page writes goes through `appPath`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const APP = join(import.meta.dirname, '../../app');
/** Addresses from the root of the host; a link of `ButtonLink` or `DownloadLink` gets the path by itself. */
const ROOTED =
  /<(?:a|form|img|script)\b[^>]*\s(?:href|action|src)=(?:["']|\{[`'"])\/|(?:location\.(?:assign|replace)|location\.href\s*=|fetch|redirect|router\.(?:push|replace))\s*\(?\s*[`'"]\/|\bpath: '\//;

it('no address is written from the root of the host', () => {
  const found = readdirSync(APP, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .filter((name) => ROOTED.test(readFileSync(join(APP, name), 'utf8')));
  expect(found).toEqual([]);
});

it.each([
  '<a href="/new">',
  "<form method='post' action={`/j/ABC234`}>",
  "location.assign('/')",
  'await fetch(`/api/x`)',
  "io({ path: '/socket' })",
])('finds %s', (line) => expect(ROOTED.test(line)).toBe(true));
