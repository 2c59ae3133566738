// What each audience sees.
import { describe, expect, it } from 'vitest';
import { LIMITS } from '#session-core/model/limits.ts';
import type { SessionState } from '#session-core/model/state.ts';
import { duePreviews } from '#session-core/rules/preview.ts';
import { viewOf } from '#session-core/view/view.ts';
import { maySeeRun } from '#session-core/view/view-run.ts';
import {
  ANNA,
  BEN,
  CLEO,
  driven,
  eventsOf,
  HOST,
  PRESENCE,
  patch,
  play,
  RUN1,
  report,
  start,
  tree,
  tried,
  withSuggestion,
} from '../kit.ts';

const pub = (state: SessionState) => viewOf(state, { kind: 'public' }, PRESENCE);
const fac = (state: SessionState) => viewOf(state, { kind: 'facilitator' }, PRESENCE);
const you = (state: SessionState, participant: string) => viewOf(state, { kind: 'you', participant }, PRESENCE);
const strict = () => play(start(), [HOST, { type: 'session.configure', approveFirst: true }]);

describe('who sees what', () => {
  it('[V1] shows everybody open and accepted ones alone', () => {
    const [held, p] = withSuggestion(strict());
    expect(pub(held).suggestions).toEqual({});
    expect(Object.keys(fac(held).suggestions)).toEqual([p]);
    expect(Object.keys(you(held, BEN).own)).toEqual([p]);
    expect(you(held, ANNA).own).toEqual({});
    const open = play(held, [HOST, { type: 'suggestion.approve', suggestion: p }]);
    expect(Object.keys(pub(open).suggestions)).toEqual([p]);
    expect(you(open, BEN).own).toEqual({});
    const accepted = play(open, [HOST, { type: 'suggestion.accept', suggestion: p }]);
    expect(pub(accepted).suggestions[p]?.status).toBe('accepted');
    const gone = play(open, [BEN, { type: 'suggestion.withdraw', suggestion: p }]);
    expect(pub(gone).suggestions).toEqual({});
  });

  it('[V2] shows an author what became of theirs', () => {
    const [s, id] = withSuggestion(start());
    const no = play(s, [HOST, { type: 'suggestion.decline', suggestion: id, reason: 'tried in run #1' }]);
    expect(you(no, BEN).own[id]).toMatchObject({ status: 'declined', reason: 'tried in run #1' });
    const [two, into] = withSuggestion(s, { by: ANNA });
    const merge = play(two, [HOST, { type: 'suggestion.merge', suggestion: id, into }]);
    expect(you(merge, BEN).own[id]).toMatchObject({ status: 'merged', mergedInto: into });
  });

  it('[V3] adds what facilitators see at the same paths', () => {
    const [s] = withSuggestion(strict(), { facts: { flagged: true } });
    const pressed = play(s, [ANNA, { type: 'pulse.set', value: 'lost' }]);
    const view = fac(pressed);
    const {
      agenda,
      pulses,
      removed,
      gaps,
      facilitatorLinks: ___,
      letInBy: ______,
      heldNames: ____,
      retention: _____,
      suggestions,
      activity,
      ...rest
    } = view;
    const { suggestions: _, activity: __, ...common } = pub(pressed);
    expect(rest).toEqual(common);
    expect(pulses).toEqual({ [pressed.seq]: { value: 'lost', at: expect.any(Number) } });
    expect([agenda.order, removed, gaps]).toEqual([[], {}, []]);
    expect(Object.values(suggestions)[0]).toMatchObject({ flagged: true });
    expect(activity.length).toBeGreaterThan(pub(pressed).activity.length);
  });

  it('[V4] shows how many voted, and each voter what they voted for', () => {
    const [s, id] = withSuggestion(start());
    const voted = play(s, [CLEO, { type: 'suggestion.upvote', suggestion: id }]);
    expect(pub(voted).suggestions[id]?.votes).toBe(2);
    expect([you(voted, BEN).votes, you(voted, CLEO).votes, you(voted, ANNA).votes]).toEqual([[id], [id], []]);
    expect(JSON.stringify([pub(voted), fac(voted)].map((view) => view.suggestions))).not.toContain(CLEO);
  });

  it('[V4] gives many the same votes as each alone', () => {
    let s = start();
    for (let i = 0; i < 12; i++)
      s = play(s, [null, { type: 'participant.join', displayName: `Guest${i}`, tokenHash: 't', facilitator: false }]);
    const [added, id] = withSuggestion(s);
    const people = Object.keys(added.participants);
    const all = people
      .slice(6)
      .reduce((now, who) => play(now, [who, { type: 'suggestion.upvote', suggestion: id }]), added);
    const seen = people.map((who) => you(all, who).votes);
    const alone = people.map((who) => you(structuredClone(all), who).votes);
    expect(seen).toEqual(alone);
  });

  it('[V6] shows the hold-out score where the settings do', () => {
    const holdout = (changes: object) => {
      const s = play(
        start(),
        [HOST, { type: 'session.configure', ...changes }],
        [HOST, { type: 'run.request' }, { facts: { tree: tree({ a: '1' }) } }],
      );
      const run = Object.keys(s.runs).at(-1) ?? '';
      return pub(play(s, [null, { type: 'run.report', run, report: report({ holdout: 2.9 }) }])).runs[run]?.holdout;
    };
    expect(holdout({})).toBeUndefined();
    expect(holdout({ reveal: true })).toBe(2.9);
    expect(holdout({ holdout: 'shown' })).toBe(2.9);
    expect(holdout({ holdout: 'off', reveal: true })).toBeUndefined();
  });

  it('[V7] keeps a private preview its author’s', () => {
    const s = play(start(), [BEN, { type: 'preview.request', patch: patch('x') }, { facts: tried(tree({ a: '1' })) }]);
    const run = s.drafts[BEN]?.run ?? '';
    expect(you(s, BEN).draftPreview).toMatchObject({ run, status: 'queued', patch: patch('x') });
    for (const view of [pub(s), fac(s), you(s, ANNA)]) expect(JSON.stringify(view)).not.toContain(`"${run}"`);
    expect(maySeeRun(s, run, { kind: 'you', participant: BEN })).toBe(true);
    for (const audience of [{ kind: 'public' }, { kind: 'facilitator' }, { kind: 'you', participant: HOST }] as const)
      expect(maySeeRun(s, run, audience)).toBe(false);
    const [sent] = withSuggestion(s, { patch: patch('x') });
    expect(maySeeRun(sent, run, { kind: 'public' })).toBe(true);
  });

  it('[V9] shows only the newest automatic revisions', () => {
    let s = start();
    for (let i = 0; i < 30; i++)
      s = play(s, [null, { type: 'revision.cut' }, { facts: { tree: tree({ a: String(i) }) } }]);
    expect(Object.keys(pub(s).revisions)).toEqual(['1', ...Array.from({ length: 20 }, (_, i) => String(12 + i))]);
  });
});

describe('previews', () => {
  it('[V8] show their change against the run they are compared with', () => {
    const [s, id] = withSuggestion(driven(), { patch: patch('x') });
    const asked = play(s, [BEN, { type: 'preview.request', suggestion: id }, { facts: tried(tree({ a: '1' })) }]);
    const run = asked.suggestions[id]?.previews[0] ?? '';
    const comparison = {
      verdict: 'better',
      change: -0.2,
      reason: { code: 'clear', measure: 'rmse', change: -0.2, low: -0.3, high: -0.1, rows: 9 },
      against: RUN1,
    } as const;
    const done = play(asked, [
      null,
      { type: 'run.report', run, report: report({ metrics: { 'cv.rmse': 2.5 }, comparison }) },
    ]);
    expect(pub(done).suggestions[id]?.preview).toMatchObject({
      metric: 2.5,
      base: 2.7,
      change: -0.2,
      verdict: 'better',
    });
    const newer = play(done, [ANNA, { type: 'run.request' }, { facts: { tree: tree({ b: '1' }) } }]);
    const against = Object.keys(newer.runs).at(-1) ?? '';
    const again = play(
      newer,
      [null, { type: 'run.report', run: against, report: report({ metrics: { 'cv.rmse': 2.6 } }) }],
      [BEN, { type: 'preview.request', suggestion: id }, { facts: tried(tree({ a: '1' }), against) }],
    );
    const shown = pub(again).suggestions[id]?.preview;
    expect(shown).toMatchObject({ run, base: 2.6, change: expect.closeTo(-0.1) });
    expect(shown).not.toHaveProperty('verdict');
    expect(duePreviews(again)).toContain(id);
    const noise = {
      verdict: 'within-noise',
      change: -0.1,
      reason: { code: 'within_noise', measure: 'rmse', change: -0.1, low: -0.2, high: 0.1, rows: 9 },
      against,
    } as const;
    const facts = { preview: { ...tried(tree({ a: '1' }), against).preview!, comparison: noise } };
    const compared = play(again, [null, { type: 'preview.due', suggestion: id }, { facts }]);
    expect(pub(compared).suggestions[id]?.preview).toMatchObject({ run, verdict: 'within-noise' });
    expect(duePreviews(compared)).not.toContain(id);
    expect(eventsOf(compared, [null, { type: 'preview.due', suggestion: id }, { facts }])).toEqual([]);
    const failed = play(asked, [
      null,
      {
        type: 'run.report',
        run,
        report: report({
          status: 'failed',
          metrics: {},
          error: { stage: 'train', kind: 'user', code: 'thrown', facts: { message: 'no' } },
        }),
      },
    ]);
    expect(pub(failed).suggestions[id]?.preview).toMatchObject({
      status: 'failed',
      error: { code: 'thrown', facts: { message: 'no' } },
    });
    expect(pub(failed).suggestions[id]?.preview).not.toHaveProperty('metric');
  });
});

it('[V19] shows private previews to their author alone, the newest of them', () => {
  let state = start();
  const runs: string[] = [];
  for (let i = 0; i < LIMITS.ownPreviews + 2; i++) {
    const facts = tried(tree({ a: `${i}` }));
    state = play(state, [ANNA, { type: 'preview.request', patch: patch(`trees: ${i}`) }, { facts }]);
    runs.push(Object.keys(state.runs).at(-1) ?? '');
    state = play(state, [null, { type: 'run.report', run: runs.at(-1)!, report: report() }]);
  }
  const { previews } = you(state, ANNA);
  expect(Object.keys(previews)).toEqual(runs.slice(-LIMITS.ownPreviews));
  expect(previews[runs.at(-1)!]).toMatchObject({ status: 'succeeded', metric: 2.7, patch: patch('trees: 9') });
  expect(you(state, BEN).previews).toEqual({});
  for (const view of [pub(state), fac(state), you(state, HOST)])
    for (const run of runs) expect(JSON.stringify(view)).not.toContain(`"${run}"`);
});
