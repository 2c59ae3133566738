// `expect`: the matchers that people know from Jest and Vitest, with messages that name both values.
import { inspect } from '../inspect.ts';
import { equal, listOf } from './equal.ts';

/** Thrown where a value is not as expected. */
export class ExpectationError extends Error {
  override readonly name = 'ExpectationError';
}

/** Each returns whether the value passes, and the end of the sentence "expected <value> ...". */
const MATCHERS = {
  toBe: (value: unknown, wanted: unknown) => is(Object.is(value, wanted), `to be ${shown(wanted)}`),
  toEqual: (value: unknown, wanted: unknown) => is(equal(value, wanted), `to equal ${shown(wanted)}`),
  toBeCloseTo: (value: unknown, wanted: number, digits = 2) => {
    const close = Object.is(value, wanted) || Math.abs(numberOf(value) - wanted) < 10 ** -digits / 2;
    return is(close, `to be ${shown(wanted)} to ${digits} decimal places`);
  },
  toBeGreaterThan: (value: unknown, bound: number) => is(numberOf(value) > bound, `to be greater than ${shown(bound)}`),
  toBeGreaterThanOrEqual: (value: unknown, bound: number) =>
    is(numberOf(value) >= bound, `to be at least ${shown(bound)}`),
  toBeLessThan: (value: unknown, bound: number) => is(numberOf(value) < bound, `to be less than ${shown(bound)}`),
  toBeLessThanOrEqual: (value: unknown, bound: number) => is(numberOf(value) <= bound, `to be at most ${shown(bound)}`),
  toBeTruthy: (value: unknown) => is(Boolean(value), 'to be truthy'),
  toBeFalsy: (value: unknown) => is(!value, 'to be falsy'),
  toBeDefined: (value: unknown) => is(value !== undefined, 'to be defined'),
  toBeUndefined: (value: unknown) => is(value === undefined, 'to be undefined'),
  toBeNull: (value: unknown) => is(value === null, 'to be null'),
  toBeNaN: (value: unknown) => is(Number.isNaN(value), 'to be NaN'),
  toContain: (value: unknown, item: unknown) => is(contains(value, item), `to contain ${shown(item)}`),
  toHaveLength: (value: unknown, length: number) => {
    const own = (value as { readonly length?: unknown } | null | undefined)?.length;
    return is(own === length, `to have length ${length}${typeof own === 'number' ? `, it has ${own}` : ''}`);
  },
  toMatch: (value: unknown, pattern: RegExp | string) =>
    is(matches(String(value), pattern), `to match ${shown(pattern)}`),
  toThrow: (value: unknown, message?: RegExp | string) => {
    if (typeof value !== 'function') throw new TypeError('toThrow needs a function: expect(() => ...).toThrow()');
    const named = message === undefined ? '' : ` something with ${shown(message)}`;
    try {
      (value as () => unknown)();
    } catch (thrown) {
      const text = thrown instanceof Error ? thrown.message : String(thrown);
      const passes = message === undefined || matches(text, message);
      return is(passes, `to throw${named}, it threw ${shown(text)}`);
    }
    return is(false, `to throw${named}, it threw nothing`);
  },
} as const;

interface Result {
  readonly passes: boolean;
  readonly what: string;
}
const is = (passes: boolean, what: string): Result => ({ passes, what });

type Matcher = (value: unknown, ...args: never[]) => Result;
type Arguments<M> = M extends (value: unknown, ...args: infer Args) => Result ? Args : never;
export type Matchers = {
  readonly [Name in keyof typeof MATCHERS]: (...args: Arguments<(typeof MATCHERS)[Name]>) => void;
};

export function expect(value: unknown): Matchers & { readonly not: Matchers } {
  return { ...matchers(value, true), not: matchers(value, false) };
}

function matchers(value: unknown, wanted: boolean): Matchers {
  const bound = Object.entries(MATCHERS).map(([name, matcher]) => [
    name,
    (...args: never[]) => {
      const { passes, what } = (matcher as Matcher)(value, ...args);
      if (passes !== wanted) throw new ExpectationError(`expected ${shown(value)} ${wanted ? '' : 'not '}${what}`);
    },
  ]);
  return Object.fromEntries(bound) as Matchers;
}

const MOST_SHOWN = 200;

function shown(value: unknown): string {
  const text = typeof value === 'string' ? `'${value}'` : inspect(value);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}

function numberOf(value: unknown): number {
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  throw new ExpectationError(`expected ${shown(value)} to be a number`);
}

function contains(value: unknown, item: unknown): boolean {
  if (typeof value === 'string') return value.includes(String(item));
  if (value instanceof Set) return value.has(item);
  const list = listOf(value);
  if (list === null) throw new ExpectationError(`expected ${shown(value)} to be a list, a set or a text`);
  return Array.prototype.includes.call(list, item);
}

const matches = (text: string, pattern: RegExp | string): boolean =>
  typeof pattern === 'string' ? text.includes(pattern) : text.search(pattern) !== -1;
