// concat and merge. The package's concat writes into the first frame; its merge joins keys by '_', so that other keys
// fall together, and passes over columns that are not there.

import { columnsOf, demandOptions, frameOf, isFrame, isSeries, nameOf, namesIn, seriesOf } from './build.ts';
import { keyOf, shown } from './cells.ts';
import type { Cell, FrameLike, SeriesLike } from './frame-types.ts';

export interface ConcatInput {
  readonly dfList: readonly (FrameLike | SeriesLike)[];
  readonly axis?: 0 | 1;
}

/** Frames below one another (axis 0, the default) or side by side (axis 1); what one lacks is missing there. */
export function concat(
  input: ConcatInput | ConcatInput['dfList'],
  options?: Omit<ConcatInput, 'dfList'>,
): FrameLike | SeriesLike {
  const given: unknown = Array.isArray(input) ? { ...options, dfList: input as ConcatInput['dfList'] } : input;
  demandOptions('concat()', given, ['dfList', 'axis']);
  const { dfList, axis = 0 } = (given ?? {}) as Partial<ConcatInput>;
  if (!Array.isArray(dfList) || dfList.length === 0) throw new TypeError('concat({ dfList }): give a list of frames');
  if (axis !== 0 && axis !== 1)
    throw new RangeError('concat(): axis must be 0 (below one another) or 1 (side by side)');
  const list = dfList as readonly (FrameLike | SeriesLike)[];
  list.forEach((part, i) => {
    if (!isFrame(part) && !isSeries(part))
      throw new TypeError(`concat(): part ${i + 1} is ${shown(part)}, no DataFrame or Series`);
  });
  if (axis === 0 && list.every(isSeries)) return seriesOf(list.flatMap((part) => part.values as Cell[]));
  const parts = list.map((part) => ({ names: namesOf(part), columns: cellsOf(part) }));
  const out = new Map<string, Cell[]>();
  if (axis === 0) {
    for (const name of new Set(parts.flatMap(({ names }) => names))) {
      out.set(
        name,
        parts.flatMap(({ names, columns }) => columns[names.indexOf(name)] ?? missing(columns[0]?.length ?? 0)),
      );
    }
  } else {
    const rows = Math.max(...parts.map(({ columns }) => columns[0]?.length ?? 0));
    for (const { names, columns } of parts) {
      names.forEach((name, c) => {
        let free = name;
        for (let i = 1; out.has(free); i++) free = `${name}${i}`;
        out.set(free, [...columns[c]!, ...missing(rows - columns[c]!.length)]);
      });
    }
  }
  return frameOf([...out.keys()], [...out.values()]);
}

export interface MergeInput {
  readonly left: FrameLike;
  readonly right: FrameLike;
  readonly on: string | readonly string[];
  readonly how?: 'inner' | 'left' | 'right' | 'outer';
}

/**
 * Rows of two frames with equal keys, each with each: first the keys, then the other columns of both.
 * A name that both have gets `_1` on the right one.
 */
export function merge(input: MergeInput): FrameLike {
  if (isFrame(input)) throw new TypeError("merge() takes one object: merge({ left, right, on: ['key'], how: 'left' })");
  demandOptions('merge()', input, ['left', 'right', 'on', 'how']);
  const { left, right, on, how = 'inner' } = input ?? {};
  if (!isFrame(left) || !isFrame(right))
    throw new TypeError('merge({ left, right, on, how }): left and right must be DataFrames');
  if (!['inner', 'left', 'right', 'outer'].includes(how)) {
    throw new RangeError(`merge(): how is ${shown(how)}, but must be 'inner', 'left', 'right' or 'outer'`);
  }
  const keys = namesIn(left, on, 'merge(): on');
  namesIn(right, keys, 'merge(): on');
  const [leftKeys, rightKeys] = [keysOf(left, keys), keysOf(right, keys)];
  const pairs =
    how === 'right'
      ? pairsOf(rightKeys, leftKeys, true).map(([r, l]) => [l, r] as const)
      : pairsOf(leftKeys, rightKeys, how !== 'inner');
  if (how === 'outer') {
    const met = new Set(leftKeys);
    rightKeys.forEach((key, r) => {
      if (!met.has(key)) pairs.push([undefined, r]);
    });
  }
  const leftRest = left.columns.filter((name) => !keys.includes(name));
  const rightRest = right.columns.filter((name) => !keys.includes(name));
  const names = [...keys, ...leftRest];
  for (const name of rightRest) {
    let free = name;
    for (let i = 1; names.includes(free); i++) free = `${name}_${i}`;
    names.push(free);
  }
  const from = (frame: FrameLike, name: string, row: number | undefined): Cell =>
    row === undefined ? Number.NaN : frame.$data[row]![frame.columns.indexOf(name)];
  return frameOf(names, [
    ...keys.map((name) => pairs.map(([l, r]) => (l === undefined ? from(right, name, r) : from(left, name, l)))),
    ...leftRest.map((name) => pairs.map(([l]) => from(left, name, l))),
    ...rightRest.map((name) => pairs.map(([, r]) => from(right, name, r))),
  ]);
}

type Pair = readonly [number | undefined, number | undefined];

/** Positions with equal keys, in the first one's order; with `all` the first one's rows without a partner, too. */
function pairsOf(first: readonly string[], second: readonly string[], all: boolean): Pair[] {
  const places = new Map<string, number[]>();
  second.forEach((key, r) => {
    const own = places.get(key);
    if (own === undefined) places.set(key, [r]);
    else own.push(r);
  });
  return first.flatMap((key, l) => (places.get(key) ?? (all ? [undefined] : [])).map((r): Pair => [l, r]));
}

function keysOf(frame: FrameLike, names: readonly string[]): string[] {
  const at = names.map((name) => frame.columns.indexOf(name));
  return frame.$data.map((row) => keyOf(at.map((c) => row[c])));
}

function namesOf(part: FrameLike | SeriesLike): string[] {
  return isSeries(part) ? [nameOf(part)] : (part as FrameLike).columns;
}

function cellsOf(part: FrameLike | SeriesLike): Cell[][] {
  return isSeries(part) ? [part.values] : columnsOf(part as FrameLike);
}

function missing(count: number): Cell[] {
  return new Array<Cell>(count).fill(Number.NaN);
}
