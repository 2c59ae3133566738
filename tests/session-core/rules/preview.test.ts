// Previews: what a patch would do to the metric, computed before it is accepted.
import { describe, expect, it } from 'vitest';
import { openSuggestions } from '#session-core/client/selectors.ts';
import type { SessionState } from '#session-core/model/state.ts';
import { duePreviews } from '#session-core/rules/preview.ts';
import { viewOf } from '#session-core/view/view.ts';
import { maySeeRun } from '#session-core/view/view-run.ts';
import {
  ANNA,
  BEN,
  CLEO,
  conflict,
  driven,
  HOST,
  kinds,
  merged,
  next,
  patch,
  play,
  RUN1,
  report,
  START,
  start,
  tree,
  tried,
  when,
  withSuggestion,
} from '../kit.ts';

const NEW = tree({ 'params.yaml': 'new' });
const OTHER = tree({ 'params.yaml': 'other' });
const ask = (suggestion: string) => ({ type: 'preview.request', suggestion }) as const;
const draft = (added: string) => ({ type: 'preview.request', patch: patch(added) }) as const;
const due = (suggestion: string) => ({ type: 'preview.due', suggestion }) as const;
const of = (run: string, more: object = {}) => ({ type: 'run.report', run, report: report(more) }) as const;
const crowdFault = { stage: 'train', kind: 'user', code: 'thrown', facts: { message: 'no' } } as const;
const suggestion = (added = 'trees: 200') => withSuggestion(driven(), { patch: patch(added) });

describe('of a suggestion', () => {
  it('[R10] is asked for by its author, the driver or a facilitator', () => {
    const [s, id] = suggestion();
    for (const who of [BEN, ANNA, HOST])
      expect(when(s, who, ask(id), { facts: tried(NEW) })).toEqual([
        ['run.requested', { kind: 'preview', revision: 1, tree: NEW, suggestion: id, against: RUN1, why: 'request' }],
      ]);
    expect(when(s, CLEO, ask(id), { facts: tried(NEW) })).toBe('not_allowed');
    expect(when(s, BEN, ask('s99'))).toBe('not_found');
    const [words, plain] = withSuggestion(driven());
    expect(when(words, BEN, ask(plain))).toBe('no_patch');
    const over = play(s, [BEN, { type: 'suggestion.withdraw', suggestion: id }]);
    expect(when(over, BEN, ask(id), { facts: tried(NEW) })).toBe('wrong_status');
  });

  it('[R11] is refused where the patch conflicts', () => {
    const [s, id] = suggestion();
    const preview = { revision: 1, against: null, merge: conflict } as const;
    expect(when(s, BEN, ask(id), { facts: { preview } })).toBe('conflict');
    expect(when(s, BEN, ask(id))).toBe('patch_invalid');
  });

  it('[R12] runs the same content once', () => {
    const [one, a] = suggestion();
    const s = play(one, [BEN, ask(a), { facts: tried(NEW) }]);
    const run = s.suggestions[a]?.previews[0] ?? '';
    expect(when(s, BEN, ask(a), { facts: tried(NEW) })).toEqual([]);
    const [two, b] = withSuggestion(s, { by: CLEO, patch: patch('trees: 0200') });
    const readme = tried({ ...NEW, 'README.md': 'other words' });
    expect(when(two, CLEO, ask(b), { facts: readme })).toEqual([
      ['preview.reused', { suggestion: b, run, against: RUN1 }],
    ]);
    const failed = play(two, [null, of(run, { status: 'failed', error: crowdFault })]);
    expect(kinds(failed, CLEO, ask(b), { facts: tried(NEW) })).toEqual(['preview.reused']);
    for (const end of [
      of(run, { status: 'failed', error: { ...crowdFault, kind: 'internal' } }),
      { type: 'run.interrupt', run } as const,
      of(run, { status: 'cancelled' }),
    ])
      expect(kinds(play(two, [null, end]), CLEO, ask(b), { facts: tried(NEW) })).toEqual(['run.requested']);
  });

  it('[R13] is tried once per 10 s', () => {
    const [one, id] = suggestion();
    const at = 1_800_000_900_000;
    const s = play(one, [BEN, ask(id), { at, facts: tried(NEW) }]);
    expect(when(s, BEN, ask(id), { at: at + 9_999, facts: tried(OTHER) })).toBe('rate_limited');
    expect(kinds(s, BEN, ask(id), { at: at + 10_000, facts: tried(OTHER) })).toEqual(['run.requested']);
  });

  it('[R17] is of a suggestion or of a patch', () => {
    const [s, id] = suggestion();
    expect(when(s, BEN, { type: 'preview.request' })).toBe('invalid');
    expect(when(s, BEN, { ...ask(id), patch: patch('x') })).toBe('invalid');
    expect(when(s, BEN, { type: 'preview.request', patch: { ...patch('x'), revision: 9 } })).toBe('patch_invalid');
    expect(when(s, BEN, draft('trees: 100'))).toBe('patch_invalid');
  });
});

describe('of a draft', () => {
  it('[R14] queues one at a time per author', () => {
    const s = play(start(), [BEN, draft('a'), { facts: tried(NEW) }]);
    const first = s.drafts[BEN]?.run ?? '';
    expect(kinds(s, BEN, draft('b'), { facts: tried(OTHER) })).toEqual(['run.cancelled', 'run.requested']);
    const running = play(s, [null, { type: 'run.start', run: first }]);
    expect(kinds(running, BEN, draft('b'), { facts: tried(OTHER) })).toEqual(['run.requested']);
  });

  it('[R14] continues while somebody else uses it', () => {
    const s = play(start(), [BEN, draft('a'), { facts: tried(NEW) }], [CLEO, draft('a '), { facts: tried(NEW) }]);
    const run = s.drafts[BEN]?.run ?? '';
    expect(s.drafts[CLEO]?.run).toBe(run);
    expect(maySeeRun(s, run, { kind: 'you', participant: CLEO })).toBe(true);
    expect(maySeeRun(s, run, { kind: 'you', participant: ANNA })).toBe(false);
    expect(kinds(s, BEN, draft('b'), { facts: tried(OTHER) })).toEqual(['run.requested']);
    expect(kinds(s, HOST, { type: 'participant.remove', participant: BEN })).toEqual(['participant.removed']);
  });
});

describe('automatic', () => {
  it('[R15] is made for open patches while the settings want it, and reports no failure', () => {
    const [s, id] = suggestion();
    const facts = tried(NEW);
    expect(when(s, null, due(id), { facts })).toMatchObject([['run.requested', { suggestion: id, why: 'auto' }]]);
    expect(kinds(s, null, due(id))).toEqual([]);
    expect(kinds(s, null, due('s99'), { facts })).toEqual([]);
    expect(kinds(play(s, [HOST, { type: 'session.configure', previews: 'off' }]), null, due(id), { facts })).toEqual(
      [],
    );
    expect(kinds(play(s, [HOST, { type: 'session.end' }]), null, due(id), { facts })).toEqual([]);
    expect(kinds(play(s, [BEN, { type: 'suggestion.withdraw', suggestion: id }]), null, due(id), { facts })).toEqual(
      [],
    );
  });

  it.each([
    ['tests', ['run.requested']],
    ['leakage', ['run.requested']],
    ['preview', ['run.requested']],
    ['types', []],
  ] as const)('[R15] is made though the settings say none where %s is required: %j', (check, made) => {
    const [s, id] = suggestion();
    const off = play(s, [HOST, { type: 'session.configure', previews: 'off', requiredChecks: [check] }]);
    expect(kinds(off, null, due(id), { facts: tried(NEW) })).toEqual(made);
    expect(duePreviews(off)).toEqual([]);
  });

  it('[R16] is due for what has no result against the newest run, most votes first', () => {
    let s = play(driven(), [HOST, { type: 'session.configure', previewTop: 2 }]);
    const ids: string[] = [];
    for (const added of ['a', 'b', 'c']) {
      ids.push(next('s', s));
      [s] = withSuggestion(s, { patch: patch(added) });
    }
    const [a = '', b = '', c = ''] = ids;
    s = play(s, [CLEO, { type: 'suggestion.upvote', suggestion: c }]);
    expect(duePreviews(s)).toEqual([c, a]);
    expect(duePreviews(play(s, [HOST, { type: 'session.configure', previews: 'approved' }]))).toEqual([c, a, b]);
    expect(duePreviews(play(s, [HOST, { type: 'session.configure', previews: 'off' }]))).toEqual([]);
    const seen = play(s, [null, due(c), { facts: tried(NEW) }]);
    expect(duePreviews(seen)).toEqual([a]);
    const blocked = {
      type: 'patch.states',
      states: { [a]: { state: 'conflict', file: 'params.yaml', line: 3 } },
    } as const;
    expect(duePreviews(play(seen, [null, blocked]))).toEqual([b]);
    const run = next('r', play(seen, [null, { type: 'revision.cut' }, { facts: { tree: OTHER } }]));
    const newer = play(seen, [ANNA, { type: 'run.request' }, { facts: { tree: OTHER } }], [null, of(run)]);
    expect(duePreviews(newer)).toEqual([c, a]);
    const reused = play(newer, [
      null,
      due(c),
      { facts: { preview: { revision: 2, against: run, merge: merged(NEW) } } },
    ]);
    expect(duePreviews(reused)).toEqual([a]);
  });

  it('[R16] is due in the order of the screen, equal votes and the pinned one included', () => {
    let s = play(driven(), [HOST, { type: 'session.configure', previews: 'top', previewTop: 3 }]);
    const at = START + 60_000;
    for (let i = 0; i < 12; i++) [s] = withSuggestion(s, { patch: patch(`trees: ${i}`), text: `idea ${i}`, at });
    // The order must come from votes, time and id alone, not from how the map was put together.
    const shuffled = { ...s, suggestions: Object.fromEntries(Object.entries(s.suggestions).reverse()) };
    const presence = {
      online: new Set<string>(),
      viewers: 0,
      mostParticipants: 1_200,
      gaps: [],
      retention: { keptUntil: 0 },
    };
    const onScreen = (state: SessionState) =>
      openSuggestions(viewOf(state, { kind: 'public' }, presence)).map(({ id }) => id);
    expect(duePreviews(shuffled)).toEqual(onScreen(shuffled).slice(0, 3));
    const last = onScreen(shuffled).at(-1) ?? '';
    const pinned = play(shuffled, [ANNA, { type: 'suggestion.pin', suggestion: last }]);
    expect(duePreviews(pinned)).toEqual(onScreen(pinned).slice(0, 3));
    expect(duePreviews(pinned)[0]).toBe(last);
  });
});
