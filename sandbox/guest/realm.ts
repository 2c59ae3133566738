// Makes a realm fit for participants: what reaches past memory limits, the clock or chance is gone or fixed.
// Invariant: every stage sees the same Date and the same Math.random, so that equal inputs give equal outs and a
// cached out is what a re-run would write.
import { createRng } from '#pipeline-core/math/rng.ts';
import { defineProperty, freeze } from './primordials.ts';

/** Each would escape the memory limit, share memory between threads, or let garbage collection be seen. */
const REMOVED = ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'FinalizationRegistry', 'WeakRef'] as const;

/** The moment at which every stage believes to run: 2020-01-01T00:00:00Z. */
export const STAGE_TIME = 1_577_836_800_000;

/** Frames of a stack: what a library throws from deep inside must still name the line that called it. */
const DEEPEST = 100;

export function hardenRealm(seed: number): void {
  const realm = globalThis as unknown as Record<string, unknown>;
  for (const name of REMOVED) delete realm[name];
  boundArrayBuffer(realm);
  fixInputs(seed);
  // Known to V8, not to the language.
  (Error as { stackTraceLimit?: number }).stackTraceLimit = DEEPEST;
}

/** The clock stands still and chance is seeded: all that a program reads without declaring it. */
export function fixInputs(seed: number): void {
  stopClock(globalThis as unknown as Record<string, unknown>);
  fixChance(seed);
}

// A resizable buffer grows outside the isolate's own accounting.
function boundArrayBuffer(realm: Record<string, unknown>): void {
  const Original = ArrayBuffer;
  const Bounded = new Proxy(Original, {
    construct(target, args, newTarget) {
      const options: unknown = args[1];
      if (typeof options === 'object' && options !== null && 'maxByteLength' in options) {
        throw new RangeError('A resizable ArrayBuffer is not available in a stage');
      }
      return reconstruct(target, [args[0]], newTarget);
    },
  });
  const prototype = Original.prototype as unknown as Record<string, unknown>;
  for (const name of ['resize', 'transfer', 'transferToFixedLength']) delete prototype[name];
  fixed(prototype, 'constructor', Bounded);
  fixed(realm, 'ArrayBuffer', Bounded);
}

const { construct: reconstruct } = Reflect;

function stopClock(realm: Record<string, unknown>): void {
  const Original = Date;
  const Stopped = new Proxy(Original, {
    construct: (target, args, newTarget) => reconstruct(target, args.length === 0 ? [STAGE_TIME] : args, newTarget),
    apply: () => new Original(STAGE_TIME).toString(),
  });
  fixed(Original, 'now', () => STAGE_TIME);
  fixed(Original.prototype, 'constructor', Stopped);
  fixed(realm, 'Date', Stopped);
  // `new Intl.DateTimeFormat().format()` with no argument asks the real clock.
  const format = Object.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, 'format');
  if (format?.get !== undefined) {
    const original = format.get;
    const { apply } = Reflect;
    Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', {
      configurable: true,
      get(this: Intl.DateTimeFormat) {
        const bound = apply(original, this, []) as (date?: unknown) => string;
        return (date: unknown = STAGE_TIME) => bound(date);
      },
    });
  }
  const parts = Intl.DateTimeFormat.prototype.formatToParts;
  fixed(Intl.DateTimeFormat.prototype, 'formatToParts', function (this: Intl.DateTimeFormat, date?: Date | number) {
    return Reflect.apply(parts, this, [date ?? STAGE_TIME]) as Intl.DateTimeFormatPart[];
  });
}

function fixChance(seed: number): void {
  const rng = createRng(seed);
  fixed(Math, 'random', () => rng.next());
  freeze(Math);
}

function fixed(target: object, name: string, value: unknown): void {
  defineProperty(target, name, { value, writable: false, configurable: false, enumerable: false });
}
