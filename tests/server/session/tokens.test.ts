// Tokens, codes, names: random enough, distinct, never guessable by their form.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newDisplayName } from '#server/session/default-name.ts';
import {
  CODE_ALPHABET,
  hashOf,
  joinCodeOf,
  newJoinCode,
  newToken,
  sameHash,
  sameSecret,
} from '#server/session/tokens.ts';

describe('tokens', () => {
  it('hold 128 bits and never come twice', () => {
    const all = new Set(Array.from({ length: 2000 }, newToken));
    expect(all.size).toBe(2000);
    for (const token of all) expect(Buffer.from(token, 'base64url')).toHaveLength(16);
  });

  it('are distinguished by hash, of any length', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(sameSecret(a, b)).toBe(a === b);
        expect(sameHash(hashOf(a), hashOf(b))).toBe(a === b);
      }),
    );
    expect(sameHash('', '')).toBe(false);
  });
});

describe('join codes', () => {
  it('have six characters that cannot be misread, and no vowels', () => {
    expect(CODE_ALPHABET).not.toMatch(/[01AEIOUL]/);
    for (let n = 0; n < 500; n++) expect(newJoinCode()).toMatch(new RegExp(`^[${CODE_ALPHABET}]{6}$`));
  });

  it.each([
    ['k7m2pq', 'K7M2PQ'],
    [' K7M 2PQ ', 'K7M2PQ'],
    ['k7m-2pq', 'K7M2PQ'],
    ['http://192.168.1.5:3000/j/K7M2PQ', 'K7M2PQ'],
    ['https://crowd.example.org/j/k7m2pq?x=1#y', 'K7M2PQ'],
    ['K7M2P', null],
    ['K7M2PQR', null],
    ['K7M2P0', null],
    ['', null],
  ])('reads %j as %j', (typed, code) => {
    expect(joinCodeOf(typed)).toBe(code);
  });
});

describe('names', () => {
  it('fit the limit and avoid those taken in a large session', () => {
    const taken: string[] = [];
    for (let n = 0; n < 1000; n++) {
      const displayName = newDisplayName(taken.map((one) => one.toUpperCase()));
      expect(displayName.length).toBeGreaterThanOrEqual(2);
      expect(displayName.length).toBeLessThanOrEqual(20);
      taken.push(displayName);
    }
    expect(new Set(taken).size).toBe(1000);
  });
});
