// What a page comes with: a part of the public view, so nothing that its readers may not see.
import { expect, it } from 'vitest';
import { firstViewOf } from '#session-core/client/first-view.ts';
import type { SessionState } from '#session-core/model/state.ts';
import { viewOf } from '#session-core/view/view.ts';
import { ANNA, BEN, HOST, PRESENCE, play, report, start, tree, withSuggestion } from '../kit.ts';

const pub = (state: SessionState) => viewOf(state, { kind: 'public' }, PRESENCE);

it('holds no suggestion that waits for approval, was declined or withdrawn', () => {
  const strict = play(start(), [HOST, { type: 'session.configure', approveFirst: true }]);
  const [pending] = withSuggestion(strict);
  const [open, id] = withSuggestion(start());
  const declined = play(open, [HOST, { type: 'suggestion.decline', suggestion: id, reason: 'not now' }]);
  const withdrawn = play(open, [BEN, { type: 'suggestion.withdraw', suggestion: id }]);
  for (const state of [pending, declined, withdrawn]) expect(firstViewOf(pub(state)).suggestions).toEqual({});
  expect(Object.keys(firstViewOf(pub(open)).suggestions)).toEqual([id]);
});

it('holds the same values as the public view, in shorter lists', () => {
  let state = start();
  for (let n = 0; n < 12; n++) [state] = withSuggestion(state, { by: n % 2 === 0 ? ANNA : BEN });
  const whole = pub(state);
  const first = firstViewOf(whole);
  expect(Object.keys(whole.suggestions).length).toBe(12);
  expect(Object.keys(first.suggestions).length).toBe(8);
  for (const key of ['suggestions', 'participants', 'revisions'] as const)
    for (const [id, row] of Object.entries(first[key])) expect(row).toBe((whole[key] as Record<string, object>)[id]);
  for (const key of ['title', 'task', 'settings', 'status', 'driver', 'revision', 'timer'] as const)
    expect(first[key]).toBe(whole[key]);
  expect(Object.keys(first).sort()).toEqual(Object.keys(whole).sort());
});

it('shows the best run that counts, however many came since, and not a better one that is suspect', () => {
  let state = start();
  const ran = (rmse: number, alarm = false) => {
    const asked = play(state, [
      HOST,
      { type: 'run.request' },
      { facts: { tree: tree({ 'params.yaml': `p${state.seq}` }) } },
    ]);
    const run = Object.keys(asked.runs).at(-1) ?? '';
    const findings = alarm ? [{ code: 'leak-own-target', level: 'alarm', facts: { rows: 3, of: 9 } } as const] : [];
    state = play(asked, [
      null,
      { type: 'run.report', run, report: report({ metrics: { 'cv.rmse': rmse }, findings }) },
    ]);
    return run;
  };
  const best = ran(2.1);
  const leak = ran(0.4, true);
  for (let n = 0; n < 14; n++) ran(2.6);
  const { runs } = firstViewOf(pub(state));
  expect(Object.keys(runs)).toContain(best);
  expect(Object.keys(runs)).not.toContain(leak);
});

it('names the people it shows and nobody else', () => {
  const [state] = withSuggestion(start(), { by: BEN });
  const { participants } = firstViewOf(pub(state));
  expect(Object.keys(participants)).toContain(BEN);
  expect(Object.keys(participants)).not.toContain(ANNA);
});

it('leaves out a suggestion whose patch is long, however popular', () => {
  const [state, small] = withSuggestion(start());
  const view = pub(state);
  const card = view.suggestions[small];
  if (!card) throw new Error('There is no suggestion.');
  const long = { ...card, id: 's99', votes: 9, text: 'x'.repeat(3_000) };
  const first = firstViewOf({ ...view, suggestions: { ...view.suggestions, s99: long } });
  expect(Object.keys(first.suggestions)).toEqual([small]);
});
