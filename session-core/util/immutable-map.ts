// Maps keyed by ids that come from outside: reads that never reach a prototype, writes that make a new map.
// Invariant: a key may be any string, '__proto__' and 'constructor' too; nothing is ever changed in place.

type Table<V> = Readonly<Record<string, V>>;

/** The record's own value at `key`, or undefined. */
export function own<V>(table: Table<V>, key: string | undefined | null): V | undefined {
  return key !== undefined && key !== null && Object.hasOwn(table, key) ? table[key] : undefined;
}

/** A copy in which `key` holds `value`; a key that is there keeps its place. */
export function put<V>(table: Table<V>, key: string, value: V): Table<V> {
  return { ...table, [key]: value };
}

/** A copy without `key`; the same object where it was not there. */
export function without<V>(table: Table<V>, key: string): Table<V> {
  if (!Object.hasOwn(table, key)) return table;
  const { [key]: _, ...rest } = table;
  return rest;
}

/** The fields that are not undefined: state is plain JSON, where undefined does not exist. */
export function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** Same keys, same values, whatever the order. */
export function sameTable<V>(a: Table<V>, b: Table<V>): boolean {
  if (a === b) return true;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && a[key] === b[key]);
}
