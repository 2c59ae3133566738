// A param that params.yaml has and the stage does not declare: reading it is an error with the line that mends dvc.yaml,
// because a change of it would not make the stage run again. In what is listed, copied or printed it does not appear.
import { create, defineProperty, indexOf, slice } from './primordials.ts';

/**
 * Adds to `tree` a getter for each dotted key of `undeclared`.
 * @param tree the declared params, a fresh copy
 * @param refuse throws; what it throws is what the stage sees
 */
export function refuseUndeclared(
  tree: unknown,
  undeclared: readonly string[],
  refuse: (key: string) => never,
): unknown {
  for (let i = 0; i < undeclared.length; i++) {
    const key = undeclared[i]!;
    let at = tree as Record<string, unknown> | null;
    let from = 0;
    for (let dot = indexOf(key, '.', from); dot !== -1; dot = indexOf(key, '.', from)) {
      at = ofOwn(at, slice(key, from, dot));
      from = dot + 1;
    }
    if (at === null) continue;
    // Without a prototype: what the participants' code puts on Object.prototype changes no descriptor.
    const descriptor = create(null) as PropertyDescriptor;
    descriptor.enumerable = false;
    descriptor.configurable = true;
    descriptor.get = () => refuse(key);
    defineProperty(at, slice(key, from), descriptor);
  }
  return tree;
}

function ofOwn(tree: Record<string, unknown> | null, name: string): Record<string, unknown> | null {
  const value = tree === null ? null : tree[name];
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
}

export const undeclaredSentence = (stage: string, key: string): string =>
  `${stage} reads the param ${key}, which it does not declare: add ${key} to params of ${stage} in dvc.yaml`;
