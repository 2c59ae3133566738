// A table larger than a report may be: what a run shows for 519 rows, it shows for 60,000.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compareReports } from '#sandbox/index.ts';
import { openRig, type Rig, SMALL } from '../rig.ts';

const ROWS = 60_000;
const HELD_OUT = 4_500;
let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig.close());

const points = Array.from({ length: ROWS }, (_, i) => ({ x: i / 8, y: i / 4 + 1 }));
const heldOut = Array.from({ length: HELD_OUT }, (_, i) => i / 3);
/** Predicts 2 x + k, so that its error is k - 1 everywhere. */
const run = (k: number) =>
  rig.run({
    // On a busy machine, too.
    limits: { stageMs: 120_000, runMs: 300_000 },
    files: { ...SMALL, 'params.yaml': `k: ${k}  # 0..9\n` },
    data: { 'data/raw/points.csv': `x,y,name\n${points.map(({ x, y }) => `${x},${y},p`).join('\n')}\n` },
    holdout: { rows: heldOut.map((x) => ({ x })), actual: heldOut.map((x) => 2 * x + 1) },
    task: {
      target: 'y',
      measure: 'rmse',
      classes: [],
      forbidden: [],
      markers: [],
      actual: points.map(({ y }) => y),
    },
  });

it('keeps all predictions, a part of a plot that says so, the hold-out score and the comparison', async () => {
  const before = await run(3);
  expect(before).toMatchObject({ status: 'succeeded', metrics: { 'cv.rmse': 2 } });
  expect(before.findings).toEqual([]);
  expect(before.predictions?.row.length).toBe(ROWS);
  const [plot] = before.plots;
  expect(plot).toMatchObject({ of: ROWS });
  expect(plot!.rows.length).toBeGreaterThan(1_000);
  expect(JSON.stringify({ ...before, predictions: undefined, holdoutPredictions: undefined }).length).toBeLessThan(
    262_144,
  );
  expect(before.holdout).toBeCloseTo(2, 9);
  expect(before.holdoutPredictions?.predicted.length).toBe(HELD_OUT);

  const after = await run(2);
  expect(after.holdout).toBeCloseTo(1, 9);
  const found = compareReports(before, after, { measure: 'rmse', seed: 1 });
  expect(found).toMatchObject({ verdict: 'better', change: expect.closeTo(-1, 9) });
});
