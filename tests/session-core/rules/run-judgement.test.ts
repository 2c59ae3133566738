// Which results count: suspect ones do not, nor those that a facilitator struck; and back.
import { describe, expect, it } from 'vitest';
import { suggestionsThatMoved } from '#session-core/client/experiments.ts';
import { bestRun, lastScored, lastShown, mainRuns, outcomeOf, servedRun } from '#session-core/client/scores.ts';
import { effectsOf } from '#session-core/effects.ts';
import type { SessionState } from '#session-core/model/state.ts';
import type { Against, Id, RunSummary } from '#session-core/model/types.ts';
import { duePreviews } from '#session-core/rules/preview.ts';
import { lastSucceeded, newestServable, newestSucceeded } from '#session-core/rules/run.ts';
import { basesAfter } from '#session-core/rules/run-judgement.ts';
import { viewOf } from '#session-core/view/view.ts';
import {
  ANNA,
  BEN,
  driven,
  eventsOf,
  HOST,
  kinds,
  merged,
  PRESENCE,
  patch,
  play,
  RUN1,
  report,
  TASK,
  tree,
  tried,
  when,
  withSuggestion,
} from '../kit.ts';

const LEAK = [{ code: 'leak-own-target', level: 'alarm', facts: { rows: 90, of: 104 } }] as const;
const pub = (state: SessionState) => viewOf(state, { kind: 'public' }, PRESENCE);
const better = (against: Id): Against => ({
  against,
  verdict: 'better',
  change: -0.5,
  reason: { code: 'clear', measure: 'rmse', change: -0.5, low: -0.6, high: -0.4, rows: 9 },
});

let texts = 0;
/** One more main run, which ends with this score. */
function ran(state: SessionState, value: number, more: Partial<RunSummary> = {}): readonly [SessionState, Id] {
  const facts = { tree: tree({ 'params.yaml': `text ${texts++}` }) };
  const asked = play(state, [ANNA, { type: 'run.request' }, { facts }]);
  const run = Object.keys(asked.runs).at(-1) ?? '';
  const summary = report({ metrics: { 'cv.rmse': value }, ...more });
  return [play(asked, [null, { type: 'run.report', run, report: summary }]), run];
}
const strike = (run: Id, reason = 'fitted on all rows') => ({ type: 'run.strike', run, reason }) as const;
const clear = (run: Id, cleared = true) => ({ type: 'run.clear', run, cleared }) as const;

describe('a suspect result', () => {
  it('[R20] is not the best, not the last, and nothing is compared with it, until it is cleared', () => {
    const [s, leaky] = ran(driven(), 1.1, { findings: LEAK, comparison: better(RUN1) });
    expect(newestSucceeded(s)?.[0]).toBe(RUN1);
    expect(lastSucceeded(s)?.[0]).toBe(RUN1);
    const runs = mainRuns(pub(s));
    expect(bestRun(runs, TASK)?.id).toBe(RUN1);
    expect(lastScored(runs, TASK)?.id).toBe(RUN1);
    expect(pub(s).runs[leaky]).toMatchObject({ suspect: true, metrics: { 'cv.rmse': 1.1 } });
    // What its code predicts can be asked all the same: people want to see it.
    expect(newestServable(s)?.[0]).toBe(leaky);
    expect(servedRun(runs)?.id).toBe(leaky);

    expect(when(s, ANNA, clear(leaky))).toBe('not_allowed');
    expect(when(s, HOST, clear(leaky))).toEqual([['run.cleared', { run: leaky, cleared: true }]]);
    const cleared = play(s, [HOST, clear(leaky)]);
    expect(newestSucceeded(cleared)?.[0]).toBe(leaky);
    expect(bestRun(mainRuns(pub(cleared)), TASK)?.id).toBe(leaky);
    expect(pub(cleared).runs[leaky]).toMatchObject({ cleared: true });
    expect(pub(cleared).runs[leaky]).not.toHaveProperty('suspect');
    expect(when(cleared, HOST, clear(leaky))).toEqual([]);
    const back = play(cleared, [HOST, clear(leaky, false)]);
    expect(newestSucceeded(back)?.[0]).toBe(RUN1);
    // There is nothing to clear in an honest run, a failed one or one that is not there.
    expect(when(s, HOST, clear(RUN1))).toEqual([]);
    expect(when(s, HOST, clear('r99'))).toBe('not_found');
    const [broken, failed] = ran(s, 0, { status: 'failed', metrics: {} });
    expect(when(broken, HOST, clear(failed))).toBe('no_result');
  });

  it('[R20] warnings and information make nothing suspect', () => {
    const mild = [
      { code: 'metric-twice', level: 'warning', facts: { metric: 'a', path: 'b' } },
      { code: 'leak-unchecked', level: 'info', facts: { reason: 'folds' } },
    ] as const;
    const [s, run] = ran(driven(), 2.1, { findings: mild });
    expect(newestSucceeded(s)?.[0]).toBe(run);
    expect(pub(s).runs[run]).not.toHaveProperty('suspect');
  });

  it('[V16] is called so in place of a verdict, on runs, cards and in the credit of suggestions', () => {
    const [carded, id] = withSuggestion(driven(), { patch: patch('x') });
    const asked = play(carded, [BEN, { type: 'preview.request', suggestion: id }, { facts: tried(tree({ a: '1' })) }]);
    const run = asked.suggestions[id]?.previews[0] ?? '';
    const leaky = report({ metrics: { 'cv.rmse': 1.1 }, findings: LEAK, comparison: better(RUN1) });
    const done = play(asked, [null, { type: 'run.report', run, report: leaky }]);
    expect(pub(done).suggestions[id]?.preview).toMatchObject({ suspect: true, findings: LEAK });
    const cleared = play(done, [HOST, clear(run)]);
    expect(pub(cleared).suggestions[id]?.preview).not.toHaveProperty('suspect');

    const facts = { merge: merged(tree({ b: '1' })) };
    const applied = play(carded, [ANNA, { type: 'suggestion.accept', suggestion: id }, { facts }]);
    const main = Object.keys(applied.runs).at(-1) ?? '';
    const over = play(applied, [null, { type: 'run.report', run: main, report: leaky }]);
    expect(outcomeOf(pub(over).runs[main]!)).toBe('suspect');
    expect(suggestionsThatMoved(pub(over))).toEqual([]);
    expect(suggestionsThatMoved(pub(play(over, [HOST, clear(main)])))).toHaveLength(1);
    expect(outcomeOf(pub(play(over, [HOST, strike(main)])).runs[main]!)).toBe('struck');
  });
});

describe('a struck run', () => {
  it('[R21] does not count and is not served, and may be taken back', () => {
    const [s, run] = ran(driven(), 1.2);
    expect(kinds(s, ANNA, strike(run))).toBe('not_allowed');
    expect(when(s, HOST, strike(run, '  '))).toBe('invalid');
    expect(when(s, HOST, strike(run, 'x'.repeat(201)))).toBe('invalid');
    expect(when(s, HOST, strike('r99'))).toBe('not_found');
    expect(when(s, HOST, { type: 'run.unstrike', run })).toEqual([]);
    const struck = play(s, [HOST, strike(run)]);
    expect(struck.runs[run]?.struck).toMatchObject({ reason: 'fitted on all rows', by: HOST });
    expect(pub(struck).runs[run]?.struck).toMatchObject({ reason: 'fitted on all rows', by: HOST });
    expect([newestSucceeded(struck)?.[0], newestServable(struck)?.[0]]).toEqual([RUN1, RUN1]);
    expect(bestRun(mainRuns(pub(struck)), TASK)?.id).toBe(RUN1);
    expect(when(struck, HOST, strike(run))).toEqual([]);
    expect(kinds(struck, HOST, strike(run, 'another reason'))).toEqual(['run.struck']);
    const back = play(struck, [HOST, { type: 'run.unstrike', run }]);
    expect(back.runs[run]).toEqual(s.runs[run]);
    const [event] = eventsOf(s, [HOST, strike(run)]);
    expect(effectsOf(event!, struck)).toContainEqual({ type: 'restore_model' });
    const [broken, failed] = ran(s, 0, { status: 'failed', metrics: {} });
    expect(when(broken, HOST, strike(failed))).toBe('no_result');
    // Cleared and struck are two judgements.
    const [leaky, suspect] = ran(s, 1, { findings: LEAK });
    const both = play(leaky, [HOST, clear(suspect)], [HOST, strike(suspect)]);
    expect(newestSucceeded(both)?.[0]).toBe(run);
    expect(newestSucceeded(play(both, [HOST, { type: 'run.unstrike', run: suspect }]))?.[0]).toBe(suspect);
  });

  it('[R21] moves the base of previews, which are due again', () => {
    const [s, run] = ran(driven(), 2.2);
    const [carded, id] = withSuggestion(s, { patch: patch('x') });
    const asked = play(carded, [
      BEN,
      { type: 'preview.request', suggestion: id },
      { facts: tried(tree({ a: '1' }), run) },
    ]);
    const preview = asked.suggestions[id]?.previews[0] ?? '';
    const done = play(asked, [null, { type: 'run.report', run: preview, report: report() }]);
    expect(duePreviews(done)).toEqual([]);
    expect(when(done, HOST, strike(preview))).toBe('not_found');
    expect(duePreviews(play(done, [HOST, strike(run)]))).toEqual([id]);
  });

  it('[R22] has the runs that were compared with it compared anew, in the same step', () => {
    const [one, second] = ran(driven(), 1.2, { comparison: better(RUN1) });
    const [two, third] = ran(one, 2.4, { comparison: better(second) });
    const [s, fourth] = ran(two, 2.3, { comparison: better(third) });
    expect([...basesAfter(s, strike(second))]).toEqual([[third, RUN1]]);
    expect([...basesAfter(s, clear(second))]).toEqual([]);
    const comparisons = { [third]: better(RUN1) };
    const struck = play(s, [HOST, strike(second), { facts: { comparisons } }]);
    expect(struck.runs[third]?.report?.comparison?.against).toBe(RUN1);
    expect(struck.runs[fourth]?.report?.comparison?.against).toBe(third);
    expect([...basesAfter(struck, { type: 'run.unstrike', run: second })]).toEqual([[third, second]]);
    // The first of all leaves none to compare with.
    expect([...basesAfter(s, strike(RUN1))]).toEqual([[second, undefined]]);
    const alone = play(s, [HOST, strike(RUN1), { facts: { comparisons: { [second]: null } } }]);
    expect(alone.runs[second]?.report).not.toHaveProperty('comparison');
    expect(alone.runs[second]?.report?.metrics).toEqual({ 'cv.rmse': 1.2 });
  });
});

describe('a result whose checks have not ended', () => {
  const CHECKING = { checking: true } as const;
  const ended = (run: Id, findings: readonly (typeof LEAK)[number][] = []) =>
    [null, { type: 'run.check', run, findings }] as const;

  it('[R23] is shown, and does not count until they end', () => {
    const [s, run] = ran(driven(), 1.1, { ...CHECKING, comparison: better(RUN1) });
    expect(newestSucceeded(s)?.[0]).toBe(RUN1);
    const runs = mainRuns(pub(s));
    expect(bestRun(runs, TASK)?.id).toBe(RUN1);
    expect(lastScored(runs, TASK)?.id).toBe(RUN1);
    expect(lastShown(runs, TASK)?.id).toBe(run);

    const clean = play(s, ended(run));
    expect(newestSucceeded(clean)?.[0]).toBe(run);
    expect(bestRun(mainRuns(pub(clean)), TASK)?.id).toBe(run);
    expect(outcomeOf(pub(clean).runs[run]!)).toBe('better');
    expect(kinds(clean, null, { type: 'run.check', run, findings: LEAK })).toEqual([]);
    expect(kinds(s, null, { type: 'run.check', run: 'r99', findings: [] })).toEqual([]);

    const leaky = play(s, ended(run, LEAK));
    expect(newestSucceeded(leaky)?.[0]).toBe(RUN1);
    expect(pub(leaky).runs[run]).toMatchObject({ suspect: true, findings: LEAK });
    expect(leaky.activity.at(-1)).toMatchObject({ what: 'run_found_suspect', facts: { run: 2 } });
    // What was found once stays with the others.
    const warned = [{ code: 'metric-twice', level: 'warning', facts: { metric: 'a', path: 'b' } }] as const;
    const [twice, both] = ran(driven(), 1, { ...CHECKING, findings: warned });
    expect(play(twice, ended(both, LEAK)).runs[both]?.report?.findings).toEqual([...warned, ...LEAK]);
  });

  it('[R23] has previews and later runs compared with it when they end', () => {
    const [one, second] = ran(driven(), 1.2, { ...CHECKING, comparison: better(RUN1) });
    const [s, third] = ran(one, 1.1, { comparison: better(RUN1) });
    expect([...basesAfter(s, { type: 'run.check', run: second, findings: [] })]).toEqual([[third, second]]);
    expect([...basesAfter(s, { type: 'run.check', run: second, findings: LEAK })]).toEqual([]);
    const facts = { comparisons: { [third]: better(second) } };
    const after = play(s, [null, { type: 'run.check', run: second, findings: [] }, { facts }]);
    expect(after.runs[third]?.report?.comparison?.against).toBe(second);
    const [event] = eventsOf(one, ended(second));
    expect(effectsOf(event!, play(one, ended(second)))).toContainEqual({ type: 'check_previews' });
  });

  it('[R24] that were ended leave a warning, with which it counts', () => {
    const [s, run] = ran(driven(), 1.1, CHECKING);
    const findings = [{ code: 'leak-unchecked', level: 'warning', facts: { reason: 'time' } }] as const;
    const over = play(s, [null, { type: 'run.check', run, findings }]);
    expect(newestSucceeded(over)?.[0]).toBe(run);
    expect(pub(over).runs[run]?.findings).toEqual(findings);
  });

  it('[V17] shows its score without a verdict, on runs and cards', () => {
    const [s, run] = ran(driven(), 1.1, { ...CHECKING, comparison: better(RUN1) });
    expect(pub(s).runs[run]).toMatchObject({ checking: true, metrics: { 'cv.rmse': 1.1 } });
    expect(pub(s).runs[run]).not.toHaveProperty('comparison');
    expect(outcomeOf(pub(s).runs[run]!)).toBe('checking');

    const [carded, id] = withSuggestion(driven(), { patch: patch('x') });
    const asked = play(carded, [BEN, { type: 'preview.request', suggestion: id }, { facts: tried(tree({ a: '1' })) }]);
    const preview = asked.suggestions[id]?.previews[0] ?? '';
    const summary = report({ metrics: { 'cv.rmse': 1.1 }, ...CHECKING, comparison: better(RUN1) });
    const done = play(asked, [null, { type: 'run.report', run: preview, report: summary }]);
    expect(pub(done).suggestions[id]?.preview).toMatchObject({ checking: true, metric: 1.1 });
    expect(pub(done).suggestions[id]?.preview).not.toHaveProperty('verdict');
    expect(pub(play(done, ended(preview))).suggestions[id]?.preview).toMatchObject({ verdict: 'better' });
    expect(pub(play(done, ended(preview, LEAK))).suggestions[id]?.preview).toMatchObject({ suspect: true });
  });
});

describe('tests that a run made', () => {
  const tests = { passed: 11, failed: 1, failures: [{ name: 'no value is missing', message: 'expected null' }] };

  it('[R25] decide neither whether it succeeded nor what counts', () => {
    const [plain] = ran(driven(), 2.5, { comparison: better(RUN1) });
    const [s, run] = ran(driven(), 2.5, { comparison: better(RUN1), tests });
    expect(s.runs[run]?.report?.tests).toEqual(tests);
    const known = (of: SessionState) => ({ ...of.runs[run], report: null, tree: null });
    expect(known(s)).toEqual(known(plain));
    expect(newestSucceeded(s)).toEqual([run, s.runs[run]]);
    expect(outcomeOf(pub(s).runs[run]!)).toBe(outcomeOf(pub(plain).runs[run]!));
  });

  it('[V18] are shown with the run, and on the card that proposes one', () => {
    const [s, run] = ran(driven(), 2.5, { tests });
    expect(pub(s).runs[run]?.tests).toEqual(tests);
    const [carded, id] = withSuggestion(driven(), { patch: patch('x') });
    const asked = play(carded, [BEN, { type: 'preview.request', suggestion: id }, { facts: tried(tree({ a: '1' })) }]);
    const preview = asked.suggestions[id]?.previews[0] ?? '';
    const done = play(asked, [null, { type: 'run.report', run: preview, report: report({ tests }) }]);
    expect(pub(done).suggestions[id]?.preview?.tests).toEqual(tests);
  });
});
