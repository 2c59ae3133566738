// Whether two values are equal as `toEqual` means it: by structure, NaN equals NaN, undefined fields are absent ones.

const MOST_DEPTH = 100;

export function equal(a: unknown, b: unknown, depth = 0): boolean {
  if (Object.is(a, b)) return true;
  if (depth > MOST_DEPTH) throw new RangeError('toEqual compares at most 100 levels of a structure');
  if (typeof a === 'number' && typeof b === 'number') return a === b;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Date || b instanceof Date) {
    return a instanceof Date && b instanceof Date && Object.is(a.getTime(), b.getTime());
  }
  if (a instanceof Error || b instanceof Error) {
    return a instanceof Error && b instanceof Error && a.message === b.message;
  }
  if (a instanceof Map || b instanceof Map) {
    return a instanceof Map && b instanceof Map && equal([...a.entries()], [...b.entries()], depth + 1);
  }
  if (a instanceof Set || b instanceof Set) {
    return a instanceof Set && b instanceof Set && equal([...a], [...b], depth + 1);
  }
  const [first, second] = [listOf(a), listOf(b)];
  if (first !== null || second !== null) {
    if (first === null || second === null || first.length !== second.length) return false;
    for (let i = 0; i < first.length; i++) if (!equal(first[i], second[i], depth + 1)) return false;
    return true;
  }
  return sameFields(a as Fields, b as Fields, depth);
}

type Fields = Readonly<Record<string, unknown>>;

/** An array or a typed array: for `toEqual` both are lists of numbers, since models answer with either. */
export function listOf(value: unknown): ArrayLike<unknown> | null {
  if (Array.isArray(value)) return value;
  return ArrayBuffer.isView(value) && 'length' in value ? (value as unknown as ArrayLike<unknown>) : null;
}

function sameFields(a: Fields, b: Fields, depth: number): boolean {
  const present = (of: Fields) => Object.keys(of).filter((key) => of[key] !== undefined);
  const keys = present(a);
  return (
    keys.length === present(b).length && keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key], depth + 1))
  );
}
