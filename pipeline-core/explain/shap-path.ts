// The path of TreeSHAP: the different columns asked on the way to a node, each with the share of subsets that flow
// through when it is unknown (zero) and known (one), and the weights of subsets by size. One copy per level of the tree,
// in flat arrays, so that following a branch allocates nothing.
// Source: Lundberg, Erion & Lee 2018, EXTEND and UNWIND of algorithm 2.
// RUNS IN browser | server | child | isolate

export interface PathEntry {
  readonly zero: number;
  readonly one: number;
  readonly feature: number;
}

export interface Path {
  /** The empty path at level 0. */
  start(): void;
  /** Writes to level + 1 the path of `level`, `length` entries long, with one entry more. */
  extend(level: number, length: number, entry: PathEntry): void;
  /** Takes the entry at `place` out of the path at `level`, in place. */
  unwind(level: number, length: number, place: number): void;
  /** Place of a column on the path, or -1. */
  find(level: number, length: number, feature: number): number;
  zeroAt(level: number, place: number): number;
  oneAt(level: number, place: number): number;
  /** At a leaf: adds each column's value to `out`. */
  settle(level: number, length: number, answer: number, out: Float64Array): void;
}

/** @param levels depth of the deepest tree plus 2 */
export function createPath(levels: number): Path {
  const width = levels + 1;
  const feature = new Int32Array(levels * width);
  const zero = new Float64Array(levels * width);
  const one = new Float64Array(levels * width);
  const weight = new Float64Array(levels * width);

  // Sum of the weights as they would be without the entry at `place`.
  const sumWithout = (base: number, length: number, place: number): number => {
    const ones = one[base + place]!;
    const zeros = zero[base + place]!;
    let sum = 0;
    if (ones === 0) {
      for (let k = length - 2; k >= 0; k--) sum += (weight[base + k]! * length) / (zeros * (length - 1 - k));
      return sum;
    }
    let next = weight[base + length - 1]!;
    for (let k = length - 2; k >= 0; k--) {
      const own = (next * length) / ((k + 1) * ones);
      sum += own;
      next = weight[base + k]! - (own * zeros * (length - 1 - k)) / length;
    }
    return sum;
  };

  return {
    start() {
      feature[0] = -1;
      zero[0] = 1;
      one[0] = 1;
      weight[0] = 1;
    },

    extend(level, length, entry) {
      const from = level * width;
      const to = from + width;
      for (let k = 0; k < length; k++) {
        feature[to + k] = feature[from + k]!;
        zero[to + k] = zero[from + k]!;
        one[to + k] = one[from + k]!;
        weight[to + k] = weight[from + k]!;
      }
      feature[to + length] = entry.feature;
      zero[to + length] = entry.zero;
      one[to + length] = entry.one;
      weight[to + length] = 0;
      for (let k = length - 1; k >= 0; k--) {
        const own = weight[to + k]!;
        weight[to + k + 1]! += (entry.one * own * (k + 1)) / (length + 1);
        weight[to + k] = (entry.zero * own * (length - k)) / (length + 1);
      }
    },

    unwind(level, length, place) {
      const base = level * width;
      const ones = one[base + place]!;
      const zeros = zero[base + place]!;
      let next = weight[base + length - 1]!;
      for (let k = length - 2; k >= 0; k--) {
        if (ones === 0) {
          weight[base + k] = (weight[base + k]! * length) / (zeros * (length - 1 - k));
        } else {
          const before = weight[base + k]!;
          weight[base + k] = (next * length) / ((k + 1) * ones);
          next = before - (weight[base + k]! * zeros * (length - 1 - k)) / length;
        }
      }
      for (let k = place; k < length - 1; k++) {
        feature[base + k] = feature[base + k + 1]!;
        zero[base + k] = zero[base + k + 1]!;
        one[base + k] = one[base + k + 1]!;
      }
    },

    find(level, length, wanted) {
      const base = level * width;
      for (let k = 1; k < length; k++) if (feature[base + k] === wanted) return k;
      return -1;
    },

    zeroAt: (level, place) => zero[level * width + place]!,
    oneAt: (level, place) => one[level * width + place]!,

    settle(level, length, answer, out) {
      const base = level * width;
      for (let k = 1; k < length; k++) {
        out[feature[base + k]!]! += sumWithout(base, length, k) * (one[base + k]! - zero[base + k]!) * answer;
      }
    },
  };
}
