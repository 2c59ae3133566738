// Seeded random numbers: the same stream in Node, browser and isolate, to the last bit.
import { log } from './deterministic-math.ts';

export interface Rng {
  /** Uniform in [0, 1) with 32 bits. */
  next(): number;
  /** Whole number in 0..n-1, n from 1 to 2^32. */
  int(n: number): number;
  /** Standard normal (Marsaglia polar method). */
  normal(): number;
  /** A generator of its own for part `key`: streams of parts do not depend on the order they are drawn in. */
  fork(key: number): Rng;
}

/** @param seed any finite whole number */
export function createRng(seed: number): Rng {
  const start = mix(Math.trunc(seed) | 0, Math.floor(seed / 4294967296) | 0);
  return fromState(start);
}

// sfc32 (Chris Doty-Humphrey, PractRand), public domain algorithm: passes BigCrush, four 32-bit words of state.
function fromState(seed: number): Rng {
  let a = 0x9e3779b9 | 0;
  let b = 0x243f6a88 | 0;
  let c = seed | 0;
  let d = 1;
  const word = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 15; i++) word();
  let spare: number | null = null;
  const rng: Rng = {
    next: () => word() / 4294967296,
    int: (n) => {
      // Rejection keeps every value equally likely.
      const limit = 4294967296 - (4294967296 % n);
      let w = word();
      while (w >= limit) w = word();
      return w % n;
    },
    normal: () => {
      if (spare !== null) {
        const value = spare;
        spare = null;
        return value;
      }
      for (;;) {
        const u = 2 * rng.next() - 1;
        const v = 2 * rng.next() - 1;
        const s = u * u + v * v;
        if (s > 0 && s < 1) {
          const f = Math.sqrt((-2 * log(s)) / s);
          spare = v * f;
          return u * f;
        }
      }
    },
    fork: (key) => fromState(mix(seed, key)),
  };
  return rng;
}

// Finaliser of MurmurHash3 over both words.
function mix(a: number, b: number): number {
  let h = Math.imul(a ^ 0x5bd1e995, 0x85ebca6b) ^ Math.imul(b + 0x27d4eb2f, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}

/** 0..n-1 in random order (Fisher-Yates). */
export function permutation(n: number, rng: Rng): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = rng.int(i + 1);
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
  return order;
}
