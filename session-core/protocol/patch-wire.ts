// A patch of a view as it travels: a list of numbers and changes, in which many changes of one kind (the votes of several
// suggestions, who came online) name their path once. A thousand clients get each of these bytes.
// Invariant: `unpackPatch(packPatch(patch))` changes a view as `patch` does.
import type { Json, Path, ViewPatch } from './messages.ts';

/**
 * `[path, value]`: set. `[path]`: deleted. `[path, values, name]`: for each key of `values`, its value at
 * `[...path, key, name]`.
 */
export type PackedChange =
  | readonly [Path, Json]
  | readonly [Path]
  | readonly [Path, Readonly<Record<string, Json>>, string];
export type PackedPatch = readonly [from: number, seq: number, ...changes: readonly PackedChange[]];

export function packPatch({ from, seq, set, del }: ViewPatch): PackedPatch {
  const groups = Map.groupBy(set, ([path]) =>
    path.length < 2 ? null : JSON.stringify([...path.slice(0, -2), path.at(-1)]),
  );
  const changes = [...groups].flatMap(([name, list]): readonly PackedChange[] => {
    if (name === null || list.length === 1) return list;
    const [first] = list[0]!;
    return [
      [first.slice(0, -2), Object.fromEntries(list.map(([path, value]) => [path.at(-2)!, value])), first.at(-1)!],
    ];
  });
  return [from, seq, ...del.map((path) => [path] as const), ...changes];
}

export function unpackPatch([from, seq, ...changes]: PackedPatch): ViewPatch {
  const set: (readonly [Path, Json])[] = [];
  const del: Path[] = [];
  for (const [path, value, name] of changes)
    if (value === undefined) del.push(path);
    else if (name === undefined) set.push([path, value]);
    else for (const [key, one] of Object.entries(value as object)) set.push([[...path, key, name], one as Json]);
  return { from, seq, set, del };
}
