// What of an address a page is rendered from.
import { expect, it } from 'vitest';
import { withoutQuery } from '#server/http/pages/page-address.ts';

it.each([
  ['/', '/'],
  ['/?', '/'],
  ['/s/abc?tab=data&utm_source=x', '/s/abc'],
  ['/s/abc/host?created', '/s/abc/host'],
  ['/j?code=b7k&code=2&x=1', '/j?code=b7k'],
  ['/s/abc?_rsc=1a2b&x', '/s/abc?_rsc=1a2b'],
  [`/?${Array.from({ length: 1500 }, (_, i) => `a${i}=1`).join('&')}`, '/'],
  [`/j?code=${'x'.repeat(9_000)}`, `/j?code=${'x'.repeat(200)}`],
  ['/j?code=%zz&code=%F0%9F', '/j?code=%25zz'],
  ['/_next/static/media/a.woff2?dpl=1', '/_next/static/media/a.woff2?dpl=1'],
])('%s', (url, rendered) => expect(withoutQuery(url)).toBe(rendered));
