// exp, log, cos and powers from the four operations alone. IEEE 754 fixes those to the last bit; what an engine's own
// Math.exp, Math.log, Math.cos or `**` answer in the last bit is left to it, and engines differ.
// Invariant: the rest of this folder uses these, or Math.sqrt, abs, floor and the like, which are exact everywhere.
// Errors are below 2 units in the last place.

// ln 2 as a sum: the first part has so few bits that its product with any exponent is exact.
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

const view = new DataView(new ArrayBuffer(8));

/** x * x: `x ** 2` may be rounded otherwise. */
export function square(x: number): number {
  return x * x;
}

/** e to the x. Series after x = k ln 2 + r with |r| <= ln 2 / 2. */
export function exp(x: number): number {
  if (!(x < 709.79)) return x > 709 ? Infinity : x;
  if (x < -745.2) return 0;
  const k = Math.round(x / Math.LN2);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  let sum = 1;
  for (let n = 16; n > 1; n--) sum = 1 + (r / n) * sum;
  // The largest term is added last, and what r lost in rounding comes back here.
  const answer = 1 + (r * sum + (high - r - low));
  const half = Math.trunc(k / 2);
  return answer * twoTo(half) * twoTo(k - half);
}

/** Natural logarithm; -Infinity of 0, NaN below. Series of atanh after x = m 2^e with m near 1. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x === Infinity) return Infinity;
  const small = x < 2.2250738585072014e-308;
  view.setFloat64(0, small ? x * 18014398509481984 : x);
  const head = view.getUint32(0);
  let e = (head >>> 20) - 1023 - (small ? 54 : 0);
  view.setUint32(0, (head & 0xfffff) | 0x3ff00000);
  let m = view.getFloat64(0);
  if (m > Math.SQRT2) {
    m /= 2;
    e++;
  }
  const f = m - 1;
  const s = f / (m + 1);
  const s2 = s * s;
  let series = 0;
  for (let n = 25; n > 1; n -= 2) series = s2 * (1 / n + series);
  // log m = 2 s (1 + series) = f - s (f - 2 series): f is exact, and only the small rest is rounded.
  return e * LN2_HIGH + (f - (s * (f - 2 * series) - e * LN2_LOW));
}

/** base to the power, for a base above 0. */
export function power(base: number, exponent: number): number {
  return exp(exponent * log(base));
}

/** Cosine of 0..pi, error below 1e-15. Series of the sine around pi / 2. */
export function cosOfHalfTurn(x: number): number {
  const z = x - Math.PI / 2;
  const z2 = z * z;
  let sum = 1;
  for (let n = 26; n > 1; n -= 2) sum = 1 - (z2 / (n * (n + 1))) * sum;
  return -z * sum;
}

function twoTo(k: number): number {
  view.setUint32(0, (k + 1023) << 20);
  view.setUint32(4, 0);
  return view.getFloat64(0);
}
