// What arrives anew and is mostly as before: its equal parts keep their identity, so that only what has changed is rendered.

/** `after`, in which parts that equal those of `before` are those of `before`. JSON only; `after` is changed for it. */
export function withSameParts<T>(before: unknown, after: T): T {
  if (before === after || !isTree(before) || !isTree(after)) return after;
  if (Array.isArray(before) !== Array.isArray(after)) return after;
  const [old, fresh] = [before as Tree, after as Tree];
  const keys = Object.keys(fresh);
  let same = keys.length === Object.keys(old).length;
  for (const key of keys) {
    const value = withSameParts(old[key], fresh[key]);
    fresh[key] = value;
    same &&= value === old[key] && Object.hasOwn(old, key);
  }
  return same ? (before as T) : after;
}

type Tree = Record<string, unknown>;
const isTree = (value: unknown): value is object => typeof value === 'object' && value !== null;
