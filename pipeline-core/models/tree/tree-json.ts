// A tree as JSON keeps it, and back.

import { PipelineError } from '../../core/errors.ts';
import type { Tree } from './tree.ts';

export interface TreeJson {
  readonly feature: readonly number[];
  readonly at: readonly number[];
  readonly right: readonly number[];
  readonly cover: readonly number[];
  readonly missing?: readonly number[];
  /** Node, then the codes that go left there. */
  readonly sets?: readonly (readonly [node: number, left: readonly number[]])[];
}

export function treeToJson({ feature, at, right, cover, missing, sets }: Tree): TreeJson {
  const json = { feature: [...feature], at: [...at], right: [...right], cover: [...cover] };
  if (missing === undefined) return json;
  const asked = [...(sets ?? []).entries()].flatMap(([node, set]) => {
    return set === null ? [] : [[node, [...set.keys()].filter((code) => set[code] === 1)] as const];
  });
  return { ...json, missing: [...missing], ...(sets === undefined ? {} : { sets: asked }) };
}

/** Throws PipelineError 'bad-model' where following the arrays could leave them or never end. */
export function treeFromJson(json: TreeJson): Tree {
  const tree = {
    feature: Int32Array.from(json.feature),
    at: Float64Array.from(json.at),
    right: Int32Array.from(json.right),
    cover: Float64Array.from(json.cover),
  };
  const size = tree.feature.length;
  let sound = size > 0 && tree.at.length === size && tree.right.length === size && tree.cover.length === size;
  for (let k = 0; sound && k < size; k++) {
    sound = Number.isFinite(tree.at[k]!) && (tree.feature[k]! < 0 || (tree.right[k]! > k + 1 && tree.right[k]! < size));
  }
  if (json.missing !== undefined && json.missing.length !== size) sound = false;
  if (!sound) throw new PipelineError('bad-model', 'A tree of this saved model is damaged: save the model again.');
  if (json.missing === undefined) return tree;
  const missing = Uint8Array.from(json.missing);
  if (json.sets === undefined) return { ...tree, missing };
  const sets: (Uint8Array | null)[] = new Array<null>(size).fill(null);
  for (const [node, left] of json.sets) sets[node] = setOf(left);
  return { ...tree, missing, sets };
}

/** Codes as a list that says 1 for each of them. */
export function setOf(codes: readonly number[]): Uint8Array {
  const set = new Uint8Array(codes.reduce((most, code) => Math.max(most, code), -1) + 1);
  for (const code of codes) set[code] = 1;
  return set;
}
