// Dishes that were never cooked: any number of them from a seed, each with what it is like and what most guests call it.
// Invariant: nothing but the seed decides; the first rows of a longer draw are those of a shorter one. Names are argued
// about: a dish between two kinds is called by either, so that no model can be right about all.
import { PipelineError } from '#pipeline-core/core/errors.ts';
import { createRng, type Rng } from '#pipeline-core/math/rng.ts';
import { categoryColumn } from '#pipeline-core/table/column.ts';
import { Table } from '#pipeline-core/table/table.ts';

const STARCH = ['none', 'below', 'both_sides', 'around'] as const;
const HELD = ['hands', 'fork', 'spoon', 'chopsticks'] as const;
const NO_YES = ['no', 'yes'] as const;
const KITCHENS = [...'ABCDEFGHIJKLMNOPQRST'];
const KINDS = ['sandwich', 'wrap', 'pie', 'soup', 'salad'] as const;

interface Kind {
  /** Out of 100 dishes. */
  readonly share: number;
  /** Shares of STARCH and HELD. */
  readonly starch: readonly number[];
  readonly held: readonly number[];
  readonly hot: number;
  readonly crust: number;
  /** Mean and spread. */
  readonly liquid: readonly [number, number];
  readonly length: readonly [number, number];
  readonly layers: number;
  readonly sweet: number;
  readonly bites: number;
  /** What else it is called, as likely each. */
  readonly argued: readonly number[];
}

const ABOUT: readonly Kind[] = [
  {
    share: 27,
    starch: [0, 0.2, 0.75, 0.05],
    held: [0.85, 0.15, 0, 0],
    hot: 0.35,
    crust: 0.7,
    liquid: [8, 6],
    length: [14, 5],
    layers: 3.5,
    sweet: 0.6,
    bites: 9,
    argued: [1, 2],
  },
  {
    share: 20,
    starch: [0, 0.05, 0.2, 0.75],
    held: [0.8, 0.15, 0, 0.05],
    hot: 0.55,
    crust: 0.15,
    liquid: [11, 7],
    length: [16, 4],
    layers: 2.2,
    sweet: 0.8,
    bites: 8,
    argued: [0, 2],
  },
  {
    share: 16,
    starch: [0, 0.45, 0.1, 0.45],
    held: [0.35, 0.65, 0, 0],
    hot: 0.75,
    crust: 0.9,
    liquid: [16, 8],
    length: [20, 5],
    layers: 2,
    sweet: 2.3,
    bites: 10,
    argued: [1, 0],
  },
  {
    share: 17,
    starch: [0.8, 0.1, 0, 0.1],
    held: [0, 0.05, 0.8, 0.15],
    hot: 0.85,
    crust: 0.05,
    liquid: [72, 14],
    length: [18, 4],
    layers: 1.3,
    sweet: 0.7,
    bites: 16,
    argued: [4],
  },
  {
    share: 20,
    starch: [0.75, 0.2, 0.05, 0],
    held: [0.05, 0.8, 0.05, 0.1],
    hot: 0.08,
    crust: 0.04,
    liquid: [24, 14],
    length: [23, 5],
    layers: 2,
    sweet: 1,
    bites: 17,
    argued: [3, 0],
  },
];
/** Dishes that guests call something else. */
const ARGUED = 0.14;

/** @param seed any whole number @param rows 0 and more. Throws PipelineError 'bad-param'. */
export function drawDishes(seed: number, rows: number): Table {
  if (!Number.isInteger(rows) || rows < 0) {
    throw new PipelineError('bad-param', `A synthetic table has a whole number of rows, not ${rows}.`, { rows });
  }
  const rng = createRng(seed);
  const ways = KITCHENS.map((_, k) => rng.fork(k)).map((own) => ({ liquid: 4 * own.normal(), hot: own.next() - 0.5 }));
  const dishes = Array.from({ length: rows }, (_, row) => dish(rng.fork(KITCHENS.length + row), ways));
  const words = (name: keyof Dish, levels: readonly string[]) =>
    categoryColumn(
      name,
      dishes.map((one) => String(one[name])),
      levels,
    );
  const numbers = (name: keyof Dish) => ({
    kind: 'number' as const,
    name,
    values: Float64Array.from(dishes, (one) => Number(one[name])),
  });
  return new Table([
    words('kitchen', KITCHENS),
    words('starch', STARCH),
    numbers('liquid'),
    words('held', HELD),
    words('hot', NO_YES),
    words('crust', NO_YES),
    numbers('layers'),
    numbers('length'),
    numbers('sweet'),
    numbers('bites'),
    words('called', KINDS),
  ]);
}

type Dish = Readonly<Record<'kitchen' | 'starch' | 'held' | 'hot' | 'crust' | 'called', string>> &
  Readonly<Record<'liquid' | 'layers' | 'length' | 'sweet' | 'bites', number>>;

function dish(rng: Rng, ways: readonly { readonly liquid: number; readonly hot: number }[]): Dish {
  const kitchen = rng.int(KITCHENS.length);
  const way = ways[kitchen]!;
  const kind = pick(
    rng,
    ABOUT.map(({ share }) => share / 100),
  );
  const own = ABOUT[kind]!;
  const around = (mean: number, spread: number, least: number, most: number) =>
    Math.min(most, Math.max(least, Math.round(mean + spread * rng.normal())));
  const yes = (share: number) => NO_YES[rng.next() < share ? 1 : 0];
  const called = rng.next() < ARGUED ? own.argued[rng.int(own.argued.length)]! : kind;
  return {
    kitchen: KITCHENS[kitchen]!,
    starch: STARCH[pick(rng, own.starch)]!,
    liquid: around(own.liquid[0] + way.liquid, own.liquid[1], 0, 95),
    held: HELD[pick(rng, own.held)]!,
    hot: yes(own.hot + way.hot / 2),
    crust: yes(own.crust),
    layers: around(own.layers, 1, 1, 6),
    length: around(own.length[0], own.length[1], 3, 40),
    sweet: around(own.sweet, 1, 0, 5),
    bites: around(own.bites, 4, 1, 40),
    called: KINDS[called]!,
  };
}

function pick(rng: Rng, shares: readonly number[]): number {
  let left = rng.next();
  for (let k = 0; k < shares.length - 1; k++) {
    left -= shares[k]!;
    if (left < 0) return k;
  }
  return shares.length - 1;
}
