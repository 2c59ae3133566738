// Chance that can be had again: one seed, one story.

export type Random = { below(most: number): number; chance(share: number): boolean; one<T>(list: readonly T[]): T };

/** mulberry32 */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (most: number) => Math.floor(next() * most);
  return { below, chance: (share) => next() < share, one: (list) => list[below(list.length)]! };
}
