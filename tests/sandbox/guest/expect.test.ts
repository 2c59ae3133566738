// `expect` of workshop answers as Vitest's own does.
import { describe, it, expect as vitest } from 'vitest';
import { expect, type Matchers } from '#sandbox/guest/testing/expect.ts';

type Call = [name: keyof Matchers, value: unknown, ...args: unknown[]];

const CALLS: readonly Call[] = [
  ['toBe', 1, 1],
  ['toBe', Number.NaN, Number.NaN],
  ['toBe', 0, -0],
  ['toBe', [1], [1]],
  ['toEqual', { a: [1, { b: 2 }], c: undefined }, { a: [1, { b: 2 }] }],
  ['toEqual', { a: 1 }, { a: 2 }],
  ['toEqual', [1, 2], [1, 2, 3]],
  ['toEqual', [Number.NaN], [Number.NaN]],
  ['toEqual', new Date(5), new Date(5)],
  ['toEqual', new Map([['a', [1]]]), new Map([['a', [1]]])],
  ['toEqual', new Set([1, 2]), new Set([1, 3])],
  ['toEqual', null, {}],
  ['toEqual', new Error('a'), new Error('b')],
  ['toBeCloseTo', 0.1 + 0.2, 0.3],
  ['toBeCloseTo', 1.004, 1],
  ['toBeCloseTo', 1.006, 1],
  ['toBeCloseTo', 1.04, 1, 1],
  ['toBeCloseTo', Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  ['toBeGreaterThan', 2, 1],
  ['toBeGreaterThan', 1, 1],
  ['toBeGreaterThanOrEqual', 1, 1],
  ['toBeLessThan', 1, 2],
  ['toBeLessThanOrEqual', 3, 2],
  ['toBeTruthy', 'a'],
  ['toBeFalsy', 0],
  ['toBeDefined', null],
  ['toBeUndefined', undefined],
  ['toBeNull', undefined],
  ['toBeNaN', Number.NaN],
  ['toBeNaN', 'x'],
  ['toContain', [1, 2], 2],
  ['toContain', 'whole', 'ho'],
  ['toContain', [{ a: 1 }], { a: 1 }],
  ['toHaveLength', [1, 2], 2],
  ['toHaveLength', 'abc', 2],
  ['toMatch', 'grade 12', /\d+/],
  ['toMatch', 'grade', 'rad'],
  ['toThrow', () => JSON.parse('{')],
  ['toThrow', () => 1],
  ['toThrow', () => void raise('no such column'), 'such'],
  ['toThrow', () => void raise('no such column'), /^such/],
];

function raise(message: string): never {
  throw new Error(message);
}

function passes(of: object, [name, , ...args]: Call): boolean {
  try {
    (of as Record<string, (...all: unknown[]) => void>)[name]!(...args);
    return true;
  } catch {
    return false;
  }
}

it.each(CALLS.map((call) => [call[0], call[1], call] as const))('%s of %o', (_name, value, call) => {
  vitest(passes(expect(value), call)).toBe(passes(vitest(value), call));
  vitest(passes(expect(value).not, call)).toBe(passes(vitest(value).not, call));
});

describe('says both values', () => {
  it.each<[string, () => void]>([
    ["expected 'a' to be 'b'", () => expect('a').toBe('b')],
    ['expected 3 not to be 3', () => expect(3).not.toBe(3)],
    ['expected { a: 1 } to equal { a: 2 }', () => expect({ a: 1 }).toEqual({ a: 2 })],
    ['expected 1 to be at least 2', () => expect(1).toBeGreaterThanOrEqual(2)],
    ["expected 'x' to be a number", () => expect('x').toBeGreaterThan(2)],
    ['expected [1] to have length 2, it has 1', () => expect([1]).toHaveLength(2)],
    ["expected [function ] to throw something with 'b', it threw 'a'", () => expect(() => raise('a')).toThrow('b')],
    ['toThrow needs a function: expect(() => ...).toThrow()', () => expect(1).toThrow()],
  ])('%s', (message, check) => {
    vitest(check).toThrow(message);
  });
  it('and shortens what is long', () => {
    vitest(() => expect('y'.repeat(5_000)).toBe('')).toThrow(/^expected 'y{199}… to be ''$/);
  });
  it('takes typed arrays for lists', () => {
    vitest(passes(expect(Float64Array.of(1, 2)), ['toEqual', 0, [1, 2]])).toBe(true);
  });
  it('ends on a structure that contains itself', () => {
    const ring = (): object => {
      const own: Record<string, unknown> = {};
      own['self'] = own;
      return own;
    };
    vitest(() => expect(ring()).toEqual(ring())).toThrow('at most 100 levels');
  });
});
