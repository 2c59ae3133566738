// Other engines round exp, log, cos and powers otherwise in the last bit: no number of this library may depend on that.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { drawSyntheticStudents } from '#courses/generators/draw-students.ts';
import { toCsv } from '#pipeline-core';
import { cosOfHalfTurn, exp, log, power } from '#pipeline-core/math/deterministic-math.ts';
import { probe } from '#tests/e2e/same-bits-probe.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

// What the language leaves to the engine (ECMA-262, 21.3.2: "an implementation-approximated Number value").
const LEFT_TO_THE_ENGINE = [
  ...([
    'acos',
    'acosh',
    'asin',
    'asinh',
    'atan',
    'atanh',
    'cbrt',
    'cos',
    'cosh',
    'exp',
    'expm1',
    'log',
    'log1p',
  ] as const),
  ...(['log10', 'log2', 'sin', 'sinh', 'tan', 'tanh'] as const),
];

it('an engine that rounds otherwise gives the same bits', () => {
  const text = toCsv(drawSyntheticStudents(3, 150));
  const here = JSON.stringify(probe(text));
  for (const name of LEFT_TO_THE_ENGINE) {
    const own = Math[name];
    vi.spyOn(Math, name).mockImplementation((x) => own(x) * (1 + 2 * Number.EPSILON));
  }
  expect(Math.exp(1)).not.toBe(Math.E);
  expect(toCsv(drawSyntheticStudents(3, 150)) === text).toBe(true);
  expect(JSON.stringify(probe(text)) === here).toBe(true);
});

it('no file of the library takes a power by operator, which no test can tamper with', () => {
  const root = join(import.meta.dirname, '../../../pipeline-core');
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  expect(paths.length).toBeGreaterThan(50);
  const found = paths.flatMap((path) =>
    readFileSync(join(root, path), 'utf8')
      .split('\n')
      .filter((line) => /[\w)\]!] \*\* |Math\.(pow|hypot|fround)\(/.test(line.replace(/\/\/.*|`.*`/, '')))
      .map((line) => `${path}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});

describe('own functions lie within two units in the last place of exact ones', () => {
  const apart = (a: number, b: number): number => {
    if (Object.is(a, b)) return 0;
    const [left, right] = new BigInt64Array(Float64Array.of(a, b).buffer);
    return Math.abs(Number(left! - right!));
  };
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

  it('exp', () => {
    fc.assert(fc.property(fc.double({ min: -700, max: 709, noNaN: true }), (x) => apart(exp(x), Math.exp(x)) <= 2));
    expect([exp(0), exp(-0), exp(710), exp(-800), exp(Infinity), exp(-Infinity), exp(Number.NaN)]).toEqual([
      1,
      1,
      Infinity,
      0,
      Infinity,
      0,
      Number.NaN,
    ]);
  });

  it('log', () => {
    fc.assert(fc.property(finite, (x) => apart(log(Math.abs(x)), Math.log(Math.abs(x))) <= 2));
    fc.assert(fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), (x) => apart(log(x), Math.log(x)) <= 2));
    expect([log(0), log(1), log(-1), log(Infinity), log(5e-324)]).toEqual([
      -Infinity,
      0,
      Number.NaN,
      Infinity,
      Math.log(5e-324),
    ]);
  });

  it('powers and the cosine', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(fc.property(share, (x) => Math.abs(power(1e-3, x) / 1e-3 ** x - 1) < 4e-15));
    fc.assert(fc.property(share, (x) => Math.abs(cosOfHalfTurn(Math.PI * x) - Math.cos(Math.PI * x)) < 1e-15));
  });
});
