// What pages and programs compute from a view.
import { describe, expect, it } from 'vitest';
import { experimentRows, suggestionsThatMoved } from '#session-core/client/experiments.ts';
import { bestRun, mainRuns } from '#session-core/client/scores.ts';
import {
  currentDriver,
  nextFromHands,
  openSuggestions,
  pulseNow,
  rankSuggestions,
  turnLeft,
} from '#session-core/client/selectors.ts';
import { similarSuggestions } from '#session-core/client/similar-suggestions.ts';
import type { SessionState } from '#session-core/model/state.ts';
import type { RunSummary } from '#session-core/model/types.ts';
import { viewOf } from '#session-core/view/view.ts';

import {
  ANNA,
  BEN,
  CLEO,
  driven,
  HOST,
  merged,
  next,
  PRESENCE,
  patch,
  play,
  RUN1,
  report,
  START,
  start,
  TASK,
  TREE1,
  tree,
  withSuggestion,
} from '../kit.ts';

const pub = (state: SessionState) => viewOf(state, { kind: 'public' }, PRESENCE);
const fac = (state: SessionState) => viewOf(state, { kind: 'facilitator' }, PRESENCE);

describe('what pages compute', () => {
  it('[V10] ranks by votes, then the older one; New by age', () => {
    let s = start();
    const ids: string[] = [];
    for (const by of [ANNA, BEN, CLEO]) {
      ids.push(next('s', s));
      [s] = withSuggestion(s, { by });
    }
    s = play(
      s,
      [HOST, { type: 'suggestion.upvote', suggestion: ids[2] ?? '' }],
      [HOST, { type: 'suggestion.pin', suggestion: ids[1] ?? '' }],
    );
    const order = (sort: 'popular' | 'new') => rankSuggestions(pub(s), sort).map(({ id }) => ids.indexOf(id));
    expect([order('popular'), order('new')]).toEqual([
      [2, 0, 1],
      [2, 1, 0],
    ]);
    expect(openSuggestions(pub(s)).map(({ id }) => ids.indexOf(id))).toEqual([1, 2, 0]);
    const card = (id: string) =>
      ({ ...pub(s).suggestions[ids[0] ?? ''], id }) as ReturnType<typeof rankSuggestions>[number];
    const mixed = { suggestions: { sb: card('sb'), s10: card('s10'), sa: card('sa') } };
    expect(rankSuggestions(mixed, 'popular').map(({ id }) => id)).toEqual(['sa', 'sb', 's10']);
  });

  it('[V11] credits suggestions with what their runs changed, and names what else did', () => {
    const verdict = (
      against: string,
      change: number,
      kind: 'better' | 'within-noise' | 'worse' = 'better',
    ): Partial<RunSummary> => ({
      comparison: { verdict: kind, change, reason: { code: 'same_code' }, against },
    });
    const run = (s: SessionState, content: string, outcome: Partial<RunSummary>) => {
      const asked = play(s, [ANNA, { type: 'run.request' }, { facts: { tree: tree({ a: content }) } }]);
      const id = Object.keys(asked.runs).at(-1) ?? '';
      return [play(asked, [null, { type: 'run.report', run: id, report: report(outcome) }]), id] as const;
    };
    const accept = (s: SessionState, text: string, after: string, before: object) => {
      const [added, id] = withSuggestion(s, { text, patch: patch(text) });
      const facts = { merge: merged(tree({ a: after }), { ...TREE1, ...before }) };
      return [play(added, [ANNA, { type: 'suggestion.accept', suggestion: id }, { facts }]), id] as const;
    };
    const quiet = play(driven(), [HOST, { type: 'session.configure', autoRun: false }]);
    const [one, alone] = accept(quiet, 'alone', '1', {});
    const [ran, first] = run(one, '1', verdict(RUN1, -0.1));
    const [two, left] = accept(ran, 'left', '2', { a: '1' });
    const [three, right] = accept(two, 'right', '3', { a: '2' });
    const [s] = run(three, 'typed too', verdict(first, -0.3, 'within-noise'));
    const moved = suggestionsThatMoved(pub(s));
    const rows = moved.map(({ card, comparison, together, otherChanges }) => [
      card.id,
      comparison.verdict,
      comparison.change,
      together.map(({ id }) => id),
      otherChanges,
    ]);
    expect(rows).toEqual([
      [alone, 'better', -0.1, [], false],
      [left, 'within-noise', -0.3, [right], true],
      [right, 'within-noise', -0.3, [left], true],
    ]);
    expect(
      experimentRows(pub(s)).map((row) => [row.run.number, row.outcome, row.suggestions.map(({ id }) => id)]),
    ).toEqual([
      [1, 'first', []],
      [2, 'better', [alone]],
      [3, 'noise', [left, right]],
    ]);
    const words = play(
      ...([withSuggestion(s)[0], [ANNA, { type: 'suggestion.accept', suggestion: next('s', s) }]] as const),
    );
    expect(suggestionsThatMoved(pub(words))).toHaveLength(3);
    const [hand, pinned] = withSuggestion(ran);
    const work = play(hand, [
      ANNA,
      { type: 'suggestion.pin', suggestion: pinned },
      { facts: { tree: tree({ a: '1' }) } },
    ]);
    const [step, half] = run(work, 'h1', verdict(first, -0.05));
    const [whole] = run(step, 'h2', verdict(half, 0.2, 'worse'));
    const byHand = play(whole, [
      ANNA,
      { type: 'suggestion.accept', suggestion: pinned },
      { facts: { tree: tree({ a: 'h2' }) } },
    ]);
    const both = suggestionsThatMoved(pub(byHand)).find(({ card }) => card.id === pinned);
    expect(both?.runs).toHaveLength(2);
    expect(both?.comparison).toMatchObject({ verdict: 'not-comparable' });
    expect(both?.comparison).not.toHaveProperty('change');
  });

  it('[V12] lets the pulse fade', () => {
    const pulses = {
      1: { value: 'lost', at: START },
      2: { value: 'lost', at: START - 30_000 },
      3: { value: 'fast', at: START - 60_000 },
    } as const;
    expect(pulseNow(pulses, START)).toEqual({ fast: 0, lost: 1.5, fine: 0, answers: 2 });
    expect(pulseNow(pulses, START - 1)).toMatchObject({ answers: 3 });
    expect(pulseNow({ 1: { value: 'fine', at: START + 5_000 } }, START).fine).toBe(1);
    expect(pulseNow({}, START).answers).toBe(0);
  });

  it('[V13] finds open suggestions that say the same in other words', () => {
    const [one, a] = withSuggestion(start(), { text: 'Use the number of failed classes' });
    const [s, b] = withSuggestion(one, { text: 'Try a forest of 100 trees' });
    const alike = (text: string) => similarSuggestions(text, Object.values(pub(s).suggestions)).map(({ id }) => id);
    expect(alike('we should use failed class numbers')).toEqual([a]);
    expect(alike('forest of trees please')).toEqual([b]);
    expect(alike('trees')).toEqual([]);
    expect(alike('drop the outliers from absences')).toEqual([]);
    // Of two equally similar ones the one with fewer other words, whatever their votes.
    const [more, many] = withSuggestion(start(), { text: '10 trees are few: take 100' });
    const [both, boosting] = withSuggestion(play(more, [ANNA, { type: 'suggestion.upvote', suggestion: many }]), {
      text: 'Try boosting',
    });
    const ranked = similarSuggestions('try boosting trees', Object.values(pub(both).suggestions));
    expect(ranked.map(({ id }) => id)).toEqual([boosting, many]);
    const gone = play(s, [HOST, { type: 'suggestion.decline', suggestion: a, reason: 'no' }]);
    expect(similarSuggestions('use failed class numbers', Object.values(fac(gone).suggestions))).toEqual([]);
  });

  it('counts the connected participants, without facilitators and viewers such as the projector', () => {
    const view = pub(start());
    expect(view.people).toEqual({ all: 4, guests: 3, online: 2 });
    expect(view.online).toBe(4);
  });

  it('[V14] proposes the first hand of a connected participant', () => {
    const raise = { type: 'hand.raise' } as const;
    const s = play(driven(), [CLEO, raise], [BEN, raise]);
    expect(nextFromHands(pub(s))).toBe(BEN);
    expect(nextFromHands(pub(driven()))).toBeUndefined();
    const both = play(start(), [ANNA, { type: 'hand.raise' }], [BEN, { type: 'hand.raise' }]);
    const onPhone = (...ids: string[]) => viewOf(both, { kind: 'public' }, { ...PRESENCE, narrow: new Set(ids) });
    expect(nextFromHands(onPhone())).toBe(ANNA);
    expect(nextFromHands(onPhone(ANNA))).toBe(BEN);
    expect(nextFromHands(onPhone(ANNA, BEN))).toBe(ANNA);
    expect(currentDriver(pub(s))).toMatchObject({ participant: ANNA, displayName: 'Anna', online: true });
    expect(currentDriver(pub(start()))).toBeNull();
    const timed = play(s, [HOST, { type: 'timer.set', minutes: 5 }, { at: START + 100_000 }]);
    expect(turnLeft(pub(timed), START + 100_000 + 301_000)).toBe(-1_000);
    expect(turnLeft(pub(s), START)).toBeNull();
  });

  it('[V15] takes the best of the current series', () => {
    const run = (number: number, value: number, more: object = {}) =>
      ({
        id: `r${number}`,
        kind: 'main',
        number,
        status: 'succeeded',
        metrics: { 'cv.rmse': value },
        requestedAt: number,
        ...more,
      }) as never;
    const runs = mainRuns({ runs: { b: run(2, 2.2), a: run(1, 2.5), c: run(3, 2.1, { status: 'failed' }) } });
    expect(runs.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(bestRun(runs, TASK)?.number).toBe(2);
    expect(bestRun(runs, { ...TASK, direction: 'higher' })?.number).toBe(1);
    expect(bestRun([...runs, run(4, 2.9, { comparison: { verdict: 'measure-changed' } })], TASK)?.number).toBe(4);
    expect(bestRun([], TASK)).toBeUndefined();
    // With its series, a run is measured as others were before the evaluation was changed and changed back.
    const [first, other, again] = [
      run(1, 2.5, { series: 'a' }),
      run(2, 1.1, { series: 'b', comparison: { verdict: 'measure-changed' } }),
      run(3, 2.6, { series: 'a', comparison: { verdict: 'measure-changed' } }),
    ];
    expect(bestRun([first, other], TASK)?.number).toBe(2);
    expect(bestRun([first, other, again], TASK)?.number).toBe(1);
  });
});
