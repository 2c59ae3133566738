// A grown tree of linked leaves as the four flat arrays that answer questions.
import type { Tree } from './tree.ts';

export interface GrownNode<N> {
  /** Column asked where it was split. */
  readonly feature: number;
  /** Both or neither. */
  readonly left: N | null;
  readonly right: N | null;
}

export interface NodeReading<N> {
  readonly cover: (node: N) => number;
  readonly threshold: (node: N) => number;
  /** Whether a missing value goes left; absent: nobody asked while it grew. */
  readonly missing?: (node: N) => boolean;
  /** The categories that go left; null of a number. */
  readonly set?: (node: N) => Uint8Array | null;
  /** Called once for each leaf, from left to right. */
  readonly answer: (leaf: N) => number;
}

/** Depth first, left before right: preorder. */
export function flatten<N extends GrownNode<N>>(root: N, read: NodeReading<N>): Tree {
  const feature: number[] = [];
  const at: number[] = [];
  const right: number[] = [];
  const cover: number[] = [];
  const missing: number[] = [];
  const sets: (Uint8Array | null)[] = [];
  const stack: { node: N; parent: number }[] = [{ node: root, parent: -1 }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { node, parent } = top;
    const id = feature.length;
    if (parent >= 0) right[parent] = id;
    right.push(0);
    cover.push(read.cover(node));
    if (node.left === null || node.right === null) {
      feature.push(-1);
      at.push(read.answer(node));
      missing.push(0);
      sets.push(null);
      continue;
    }
    feature.push(node.feature);
    at.push(read.threshold(node));
    missing.push(read.missing?.(node) === true ? 1 : 0);
    sets.push(read.set?.(node) ?? null);
    stack.push({ node: node.right, parent: id }, { node: node.left, parent: -1 });
  }
  return {
    feature: Int32Array.from(feature),
    at: Float64Array.from(at),
    right: Int32Array.from(right),
    cover: Float64Array.from(cover),
    ...(read.missing === undefined ? {} : { missing: Uint8Array.from(missing) }),
    ...(sets.every((set) => set === null) ? {} : { sets }),
  };
}
