// Structural sharing for views: what is made from the same parts is the same object, so a diff skips it unread.
// Invariant: a cache only; forgetting it changes nothing but time. Weakly keyed by state objects, which are immutable.

/** Keeps, per key object, the last value made and from what; makes it again only when some part is another one. */
export function shared<V>(): (key: object, parts: readonly unknown[], make: () => V) => V {
  const known = new WeakMap<object, { readonly parts: readonly unknown[]; readonly value: V }>();
  return (key, parts, make) => {
    const last = known.get(key);
    if (last && last.parts.length === parts.length && last.parts.every((part, i) => part === parts[i]))
      return last.value;
    const value = make();
    known.set(key, { parts, value });
    return value;
  };
}
