// Random text of any code points, control characters too. The units of fast-check build tables of Unicode first, which takes
// a second.
import fc from 'fast-check';

const points = fc.oneof(fc.nat(0x7f), fc.nat(0x2fff), fc.nat(0x10ffff));
const half = /\p{Cs}/u;

/** Also with halves of surrogate pairs. */
export const anyText = (maxLength: number) =>
  fc.string({ unit: points.map((point) => String.fromCodePoint(point)), maxLength });

export const wellFormedText = (maxLength: number, minLength = 0) =>
  fc.string({
    unit: points.map((point) => String.fromCodePoint(point)).filter((unit) => !half.test(unit)),
    minLength,
    maxLength,
  });
