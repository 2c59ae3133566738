// A course of classes written by hand, from its folder to a revealed hold-out score, through the real server and sandbox.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { csv, FILES } from '#tests/support/class-workspace.ts';
import { facilitate, type Person, post } from '../simulation/participant.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';

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
first: { task: side, checkpoint: 1-start }
`,
  'schema.yaml': `columns:
  x: { type: number, label: Place, unit: cm, range: [0, 30] }
  side: { type: nominal, label: Side, levels: [left, middle, right] }
  box: { type: text, label: Box }
`,
  'data/sides.csv': csv,
  'checkpoints/1-start/checkpoint.yaml': 'title: Start\ntask: side\n',
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

it('is scored, answers with probabilities, says where it is wrong, and is revealed with its gain', async () => {
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
});
