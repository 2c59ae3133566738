// A course written by hand, with a task of classes, one of numbers and an agenda: from its folder to revealed hold-out scores,
// through the real server and sandbox.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { FacilitatorView } from '#session-core/view/view-types.ts';
import { csv, FILES } from '#tests/support/class-workspace.ts';
import { facilitate, type Person, post } from '../simulation/participant.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';

/** The middle of the side that it is on, off by some centimetres. */
const PLACE_MODEL = `const middles: Record<string, number> = { left: 5, middle: 15, right: 25 };
export const place = (side: string): number => middles[side]!;
`;
const PLACE_PREDICT = `import { place } from './model.ts';
export const predict = (rows: { side: string }[]) => rows.map(({ side }) => place(side));
`;
const PLACE_EVALUATE = `import { kFold, mae } from 'pipeline-core';
import { readCsv, writeCsv, writeJson } from 'workshop';
import { place } from './model.ts';
const rows = readCsv<{ x: number; side: string }>('data/raw/sides.csv');
const foldOf: number[] = [];
kFold(rows, { nSplits: 5, randomState: 1 }).forEach(({ test }, fold) => { for (const row of test) foldOf[row] = fold; });
const said = rows.map(({ side }) => place(side));
const actual = rows.map(({ x }) => x);
writeCsv('reports/predictions.csv', rows.map(({ x }, row) => ({ row, fold: foldOf[row], actual: x, predicted: said[row] })));
writeCsv('models/fitted.csv', said.map((predicted, row) => ({ row, predicted })));
writeCsv('models/inputs.csv', rows.map(({ side }, row) => ({ row, left: side === 'left' ? 1 : 0 })));
writeJson('reports/metrics.json', { cv: { mae: mae(actual, said) } });
`;

const COURSE: Readonly<Record<string, string>> = {
  'course.yaml': `title: Which side?
language: en
data: { title: Boxes, path: data/raw/sides.csv, file: data/sides.csv }
tasks:
  side:
    sentence: On which side is it?
    kind: classification
    target: side
    metric: cv.logLoss
  place:
    sentence: Where on the line is it?
    kind: regression
    target: x
    metric: cv.mae
    unit: cm
    holdout: 0.25
first: { task: side, checkpoint: 1-start }
`,
  'agenda.yaml': `steps:
  - { title: Sides, say: Look at it., ask: Which side?, minutes: 5, scene: results, checkpoint: 1-start, done: { run: true } }
  - { title: Places, say: Now a number., ask: How far?, minutes: 5, scene: results, checkpoint: 2-place, done: { score: 8 } }
`,
  'schema.yaml': `columns:
  x: { type: number, label: Place, unit: cm, range: [0, 30] }
  side: { type: nominal, label: Side, levels: [left, middle, right] }
  box: { type: text, label: Box }
`,
  'data/sides.csv': csv,
  'checkpoints/1-start/checkpoint.yaml': 'title: Start\ntask: side\n',
  'checkpoints/2-place/checkpoint.yaml': 'title: Place\ntask: place\n',
  'checkpoints/2-place/src/evaluate.ts': PLACE_EVALUATE,
  'checkpoints/2-place/src/model.ts': PLACE_MODEL,
  'checkpoints/2-place/src/predict.ts': PLACE_PREDICT,
  ...Object.fromEntries(Object.entries(FILES).map(([path, text]) => [`base/${path}`, text])),
};
const folder = join(mkdtempSync(join(tmpdir(), 'classes-')), 'sides');
let server: ServerProcess | undefined;
let person: Person | undefined;
afterAll(async () => {
  person?.close();
  await server?.remove();
  rmSync(dirname(folder), { recursive: true, force: true });
});

it('is scored, answers, says where it is wrong, goes through its agenda to the other task, and is revealed', async () => {
  for (const [path, text] of Object.entries(COURSE)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  server = await startServer({ env: { COURSE: folder } });
  const { url } = server;
  const made = await post<{ sessionId: string; facilitatorSecret: string }>(`${url}/api/sessions`, {});
  person = await facilitate(url, made.sessionId, made.facilitatorSecret);
  const get = async (path: string) => {
    const answer = await fetch(`${url}/api/sessions/${made.sessionId}${path}`);
    expect(answer.status, path).toBe(200);
    return (await answer.json()) as Record<string, never>;
  };
  const scored = await person.until((view) =>
    Object.values(view.runs).some((run) => run.status === 'succeeded' && run.checking !== true),
  );
  expect(scored.task).toMatchObject({ kind: 'classification', classes: ['left', 'middle', 'right'], unit: '' });
  const [run] = Object.values(scored.runs);
  expect(run?.findings).toEqual([]);
  expect(run?.metrics['cv.accuracy']).toBeCloseTo(2 / 3, 1);
  const whole = await get(`/runs/${run?.id}`);
  expect(whole['predictions']).toMatchObject({ probabilities: expect.arrayContaining([expect.any(Array)]) });
  const { classes } = await get(`/runs/${run?.id}/errors`);
  expect(classes).toMatchObject({ n: 48, worst: expect.any(Array) });

  const asked = await post<object>(
    `${url}/api/sessions/${made.sessionId}/predict`,
    { row: { x: 15, box: 'b' } },
    person.token,
  );
  expect(asked).toMatchObject({
    prediction: 'middle',
    run: run?.id,
    probabilities: { middle: expect.closeTo(0.9, 9) },
  });

  expect(await get('/holdout')).toEqual({ runs: null });
  expect(await person.send({ type: 'holdout.reveal' })).toMatchObject({ ok: true });
  const { runs } = await get('/holdout');
  expect(runs).toMatchObject([
    { score: expect.any(Number), overBaseline: { verdict: expect.any(String) }, right: { of: 12 } },
  ]);

  const lead = person;
  const agenda = () => (lead.view() as FacilitatorView).agenda;
  expect(Object.values(agenda().steps).map(({ title }) => title)).toEqual(['Sides', 'Places']);
  const [id = ''] = Object.entries(agenda().steps).find(([, step]) => step.title === 'Places') ?? [];
  expect(await person.send({ type: 'agenda.begin', step: id })).toMatchObject({ ok: true });
  // The score that there is, is one of the other task.
  expect(agenda().steps[id]).toMatchObject({ begunAt: expect.any(Number) });
  expect(agenda().steps[id]?.doneAt).toBeUndefined();
  // A checkpoint runs by itself.
  expect(await person.send({ type: 'checkpoint.load', name: '2-place' })).toMatchObject({ ok: true });
  const placed = await person.until(() => agenda().steps[id]?.doneAt !== undefined);
  expect(placed.task).toMatchObject({ id: 'place', kind: 'regression', target: 'x', metric: 'cv.mae', unit: 'cm' });
  const second = Object.values(placed.runs).find(({ metrics }) => metrics['cv.mae'] !== undefined);
  expect(second).toMatchObject({ status: 'succeeded', kind: 'main' });
  expect(
    await post<object>(
      `${url}/api/sessions/${made.sessionId}/predict`,
      { row: { side: 'right', box: 'b' } },
      person.token,
    ),
  ).toMatchObject({ prediction: 25, run: second?.id });
  expect((await get('/holdout'))['runs']).toMatchObject([{ run: second?.id, score: expect.any(Number) }]);
});
