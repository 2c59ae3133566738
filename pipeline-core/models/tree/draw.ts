// Which columns a node may ask about: drawn without replacement, constant ones remembered down the branch so that they
// are never looked at again. A column that is constant in the node counts as drawn, but drawing goes on until one that
// is not has been seen (as scikit-learn's splitter does).

/** Whole numbers 0..n-1 and shares 0..1, cheap enough for every node of every tree. */
export interface Draws {
  below(n: number): number;
  share(): number;
}

/** xorshift32 (Marsaglia 2003). @param seed any whole number */
export function createDraws(seed: number): Draws {
  let state = seed | 0 || 0x9e3779b9;
  const word = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  return { below: (n) => word() % n, share: () => word() / 4294967296 };
}

export interface ColumnDraw {
  /**
   * Shows columns to `look` (true: not constant in this node) until enough were drawn.
   * @param known how many constant columns the node inherits; returns how many its children inherit
   * @param enough how many columns to draw, 1..cols
   */
  forNode(known: number, enough: number, look: (column: number) => boolean): number;
}

export function createColumnDraw(cols: number, draws: Draws): ColumnDraw {
  // Known constants come first; `kept` restores their order, on which the other branches of the tree rely.
  const order = Int32Array.from({ length: cols }, (_, j) => j);
  const kept = new Int32Array(cols);
  const swap = (a: number, b: number): void => {
    const column = order[a]!;
    order[a] = order[b]!;
    order[b] = column;
  };

  const drawAll = (known: number, look: (column: number) => boolean): number => {
    let total = known;
    let end = cols;
    while (end > total) {
      const at = total + draws.below(end - total);
      if (look(order[at]!)) swap(--end, at);
      else swap(total++, at);
    }
    for (let k = known; k < total; k++) kept[k] = order[k]!;
    return total;
  };

  const drawSome = (known: number, enough: number, look: (column: number) => boolean): number => {
    let total = known;
    let end = cols;
    let visited = 0;
    let seen = 0;
    let drawnKnown = 0;
    while (end > total && (visited < enough || seen === 0)) {
      visited++;
      let at = drawnKnown + draws.below(end - (total - known) - drawnKnown);
      if (at < known) {
        swap(drawnKnown++, at);
        continue;
      }
      at += total - known;
      if (look(order[at]!)) {
        swap(--end, at);
        seen++;
      } else {
        swap(total++, at);
      }
    }
    for (let k = 0; k < known; k++) order[k] = kept[k]!;
    for (let k = known; k < total; k++) kept[k] = order[k]!;
    return total;
  };

  return {
    forNode: (known, enough, look) => (enough >= cols ? drawAll(known, look) : drawSome(known, enough, look)),
  };
}
