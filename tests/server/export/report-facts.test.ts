// What a report says of the runs: the best as the session names it, and the run that shows what was applied.
import { afterEach, expect, it } from 'vitest';
import { notebook } from '#server/export/report/notebook.ts';
import { readme } from '#server/export/report/readme.ts';
import { reportFacts } from '#server/export/report/report-facts.ts';
import { reportPage } from '#server/export/report/report-page.ts';
import { openSessions } from '../../support/registry-kit.ts';
import { PREDICTIONS, say } from '../../support/run-steps.ts';

const { open, closeAll } = openSessions();
afterEach(closeAll);

async function opened() {
  const { kit, session, host } = await open();
  const run = async (rmse: number, { shift = rmse, measureKey = 'm' } = {}) => {
    if (kit.pool.jobs.every((job) => job.over())) await say(kit, host, { type: 'run.request', force: [`${rmse}`] });
    const metrics = { 'cv.rmse': rmse, 'baseline.rmse': 4 };
    kit.pool.jobs.at(-1)?.finish({ metrics, predictions: PREDICTIONS(shift), measureKey });
    await kit.clock.advance(60);
  };
  return { kit, session, host, run };
}

it('compares no run with those of another evaluation: neither the best, nor the first, nor by a line', async () => {
  const { session, run } = await opened();
  await run(1, { measureKey: 'easier' });
  await run(2.5, { shift: 3 });
  await run(2.2, { shift: 5 });
  await run(2.4, { shift: 9 });
  const facts = await reportFacts(session);
  expect([facts.first, facts.best, facts.baseline]).toEqual([2.5, 2.2, 4]);
  expect(readme(facts, {})).toMatch(/\| Best run \| 2\.2 /);
  expect(reportPage(facts)).toMatch(/<dt>Best run<\/dt><dd><strong>2\.2 /);
  const [score] = facts.figures;
  const parts = [...(score?.svg ?? '').matchAll(/points="([^"]+)"/g)].map(
    ([, points = '']) => points.split(' ').length,
  );
  expect(parts).toEqual([1, 3]);
});

it('counts no run that was struck', async () => {
  const { kit, session, host, run } = await opened();
  await run(2.5);
  await run(1.1, { shift: 9 });
  const [, second] = Object.keys(session.view().runs);
  await say(kit, host, { type: 'run.strike', run: second!, reason: 'a leak' });
  expect(await reportFacts(session)).toMatchObject({ first: 2.5, best: 2.5 });
});

it('names the run that shows what was applied, and none for words alone', async () => {
  const { kit, session, host, run } = await opened();
  await run(2.5);
  const words = await say(kit, host, { type: 'suggestion.add', text: 'Talk about the rows' });
  await say(kit, host, { type: 'suggestion.accept', suggestion: words });
  await run(2.6);
  const hunk = { fromLine: 3, removed: ['trees: 100'], added: ['trees: 300'] };
  const patch = { revision: 1, files: [{ path: 'params.yaml', hunks: [hunk] }] };
  const card = await say(kit, host, { type: 'suggestion.add', text: 'More trees', patch });
  await say(kit, host, { type: 'suggestion.accept', suggestion: card });
  await run(2.2, { shift: 9 });
  const facts = await reportFacts(session);
  expect(
    facts.applied.map(({ text, run: shown, changes }) => [text, shown?.number, changes.map(({ n }) => n)]),
  ).toEqual([
    ['Talk about the rows', undefined, []],
    ['More trees', 3, [2]],
  ]);
  const html = reportPage(facts);
  expect(html).toContain('<p class="said">Talk about the rows</p><p>By a participant, 1 vote.</p>');
  expect(html).toMatch(/<p class="said">More trees<\/p><p>By a participant, 1 vote\. Run 3: 2\.2[ ,]/);
  const text = notebook(facts);
  expect(text).toMatch(/Run 3: 2\.2/);
  expect(text).not.toMatch(/Run 2: 2\.6/);
  expect(text).toContain('+trees: 300');
});
