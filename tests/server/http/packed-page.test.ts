// A page packed once for all: whoever gets it reads the page with their own nonce, whatever stands between its places.
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packPage } from '#server/http/pages/packed-page.ts';

const NONCE = 'bm9uY2Ugb2YgdGhlIGZpcnN0';
const OTHER = 'bm9uY2Ugb2YgdGhlIG90aGVy';
const opened = (body: string, own: string) => gunzipSync(packPage(body, NONCE)!.gzip(own)).toString();

it('unpacks to the page with the nonce of its reader', () => {
  // Parts of a nonce beside it, and repeats, are what a packer would refer back to.
  const near = fc.constantFrom(NONCE.slice(0, 9), NONCE.slice(5), ` nonce="${NONCE.slice(0, 20)}`, OTHER, 'é🦉', '');
  const between = fc.tuple(near, fc.string({ unit: 'grapheme' }), near, fc.nat(400)).map(([a, text, b, times]) => {
    return a + text.replaceAll('\u0001', '').repeat(times) + b;
  });
  fc.assert(
    fc.property(fc.array(between, { minLength: 1, maxLength: 8 }), (parts) => {
      const body = parts.join(NONCE);
      expect(opened(body, OTHER)).toBe(body.replaceAll(NONCE, OTHER));
      expect(opened(body, NONCE)).toBe(body);
    }),
    { numRuns: 150 },
  );
});

it('is as small as a page that is packed as a whole, almost', () => {
  const tag = (i: number) => `<script nonce="${NONCE}">self.__next_f.push([1,"part ${i} of the page"])</script>`;
  const body = Array.from({ length: 30 }, (_, i) => tag(i)).join('');
  const packed = packPage(body, NONCE)!.gzip(OTHER);
  expect(gunzipSync(packed).toString()).toBe(body.replaceAll(NONCE, OTHER));
  expect(packed.length).toBeLessThan(body.length / 1.5);
});

it('packs no page without a nonce, or with the sign that stands for one', () => {
  expect(packPage('a page', '')).toBeNull();
  expect(packPage(`a \u0001 page ${NONCE}`, NONCE)).toBeNull();
  expect(packPage(`a page ${NONCE}`, NONCE)?.nonceBytes).toBe(24);
});
