// Small tables that hold what models stumble over: ties, constant columns, columns alike, far offsets, tiny units, one row
// of a class, weights of 0, missing values. All from one seed.
import { createRng, type Rng } from '#pipeline-core';

export interface Drawn {
  readonly x: number[][];
  readonly test: number[][];
  /** Numbers; counts of at least 0; classes as words. */
  readonly value: number[];
  readonly count: number[];
  readonly label: string[];
  readonly weight: number[];
}

const CLASSES = ['a', 'b', 'c', 'd'];

const COLUMNS: readonly ((random: Rng) => () => number)[] = [
  (random) => () => random.normal(),
  (random) => () => Math.round(random.normal() * 1000) / 1000,
  (random) => () => random.int(4),
  (random) => () => random.int(2),
  (random) => () => random.int(40) / 8,
  (random) => {
    const only = random.int(5);
    return () => only;
  },
  (random) => () => 1000 + 5 * random.normal(),
  (random) => () => 0.001 * random.normal(),
  (random) => () => (random.int(6) === 0 ? 10 * random.normal() : random.int(2)),
];

/** @param options what the model is given: missing values where it takes them, smooth columns where ties decide */
export function drawData(seed: number, options: { missing?: boolean; smooth?: boolean; least?: number } = {}): Drawn {
  const random = createRng(seed);
  const rows = (options.least ?? 8) + random.int(random.int(4) === 0 ? 90 : 40);
  const cols = 1 + random.int(6);
  const kinds = Array.from({ length: cols }, () => COLUMNS[random.int(options.smooth ? 2 : COLUMNS.length)]!(random));
  const copies = cols > 1 && !options.smooth && random.int(8) === 0;
  const rowOf = (): number[] => {
    const row = kinds.map((draw) => draw());
    if (copies) row[cols - 1] = row[0]!;
    return row;
  };
  const x = Array.from({ length: rows }, rowOf);
  if (!options.smooth && random.int(5) === 0) for (let k = 0; k < rows / 3; k++) x[random.int(rows)] = [...x[0]!];
  const test = Array.from({ length: 12 }, (_, k) => (k < 3 && !options.smooth ? [...x[k]!] : rowOf()));
  const scale = kinds.map((_, j) => {
    const column = x.map((row) => row[j]!);
    const mean = column.reduce((sum, value) => sum + value, 0) / rows;
    const spread = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / rows);
    return { mean, spread: spread > 1e-12 ? spread : 1 };
  });
  const z = (row: number[], j: number): number => (row[j % cols]! - scale[j % cols]!.mean) / scale[j % cols]!.spread;
  const same = random.int(25) === 0;
  const whole = random.int(3) === 0;
  const value = x.map((row) => {
    const exact = 3 + z(row, 0) - 0.5 * z(row, 1) * z(row, 2) + random.normal() * 0.7;
    return same ? 7 : whole ? Math.round(exact) : exact;
  });
  const many = 2 + random.int(3);
  const label = x.map((row) => {
    const scores = CLASSES.slice(0, many).map(
      (_, k) => (k + 1) * 0.6 * z(row, k) - Math.log(-Math.log(random.next() + 1e-12)),
    );
    return CLASSES[scores.indexOf(Math.max(...scores))]!;
  });
  const alone = random.int(30) === 0;
  const weight = x.map(() => (random.int(8) === 0 ? 0 : Math.round(300 * random.next()) / 100));
  if (options.missing) {
    for (const row of [...x, ...test]) for (let j = 0; j < cols; j++) if (random.int(7) === 0) row[j] = Number.NaN;
  }
  return {
    x,
    test,
    value,
    count: value.map((own) => Math.max(0, Math.round(own))),
    label: alone ? label.map(() => 'a') : label,
    weight,
  };
}
