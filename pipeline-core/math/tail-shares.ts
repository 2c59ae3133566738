// How likely a value this large is by chance alone: the upper tails of the F and the chi-squared distribution.
// Source: Press et al., Numerical Recipes, 3rd ed., 6.2 and 6.4 (continued fractions, Lentz); Abramowitz & Stegun 6.1.41.

import { exp, log } from './deterministic-math.ts';

const TINY = 1e-300;

/** Share of F values above `f`, for `a` and `b` degrees of freedom. */
export function fTail(f: number, a: number, b: number): number {
  if (!(f > 0)) return 1;
  return incompleteBeta(b / (b + a * f), b / 2, a / 2);
}

/** Share of chi-squared values above `x`, for `df` degrees of freedom. */
export function chiSquaredTail(x: number, df: number): number {
  if (!(x > 0)) return 1;
  return upperGamma(df / 2, x / 2);
}

function logGamma(x: number): number {
  // Up to where the asymptotic series has all digits: log gamma(x) = log gamma(x + n) - log(x (x + 1) ...).
  let shift = 0;
  let at = x;
  while (at < 12) shift += log(at++);
  return stirling(at) - shift;
}

function stirling(x: number): number {
  const r = 1 / x;
  const r2 = r * r;
  const series =
    r * (1 / 12 - r2 * (1 / 360 - r2 * (1 / 1260 - r2 * (1 / 1680 - r2 * (1 / 1188 - (r2 * 691) / 360360)))));
  return (x - 0.5) * log(x) - x + 0.9189385332046727 + series;
}

function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  const front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log(1 - x));
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(x, a, b)) / a;
  return 1 - (front * betaFraction(1 - x, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / kept(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < 10_000; m++) {
    for (const part of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ]) {
      d = 1 / kept(1 + part * d);
      c = kept(1 + part / c);
      h *= d * c;
    }
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return h;
}

function upperGamma(a: number, x: number): number {
  const front = exp(-x + a * log(x) - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < 10_000 && Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return 1 - sum * front;
  }
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 10_000; i++) {
    const part = -i * (i - a);
    b += 2;
    d = 1 / kept(part * d + b);
    c = kept(b + part / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return front * h;
}

function kept(x: number): number {
  return Math.abs(x) < TINY ? TINY : x;
}
