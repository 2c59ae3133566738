// What the driver does with suggestions: pin, accept, undo the acceptance.
import { describe, expect, it } from 'vitest';
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
  report,
  TREE1,
  tree,
  when,
  withSuggestion,
} from '../kit.ts';

const accept = (suggestion: string) => ({ type: 'suggestion.accept', suggestion }) as const;
const unaccept = (suggestion: string) => ({ type: 'suggestion.unaccept', suggestion }) as const;
const pin = (suggestion: string) => ({ type: 'suggestion.pin', suggestion }) as const;
const NEW = tree({ 'params.yaml': 'params-2' });
const TYPED = tree({ 'src/train.ts': 'typed' });

describe('the pin', () => {
  it('[G13] is on one open suggestion, and remembers the text', () => {
    const [one, a] = withSuggestion(driven());
    const [s, b] = withSuggestion(one, { by: CLEO });
    expect(when(s, ANNA, pin(a), { facts: { tree: TYPED } })).toMatchObject([
      ['revision.cut', { n: 2 }],
      ['suggestion.pinned', { suggestion: a, revision: 2 }],
    ]);
    const pinned = play(s, [ANNA, pin(a)]);
    expect(when(pinned, ANNA, pin(a))).toEqual([]);
    expect(kinds(pinned, ANNA, pin(b))).toEqual(['suggestion.unpinned', 'suggestion.pinned']);
    expect(when(play(s, [HOST, accept(a)]), ANNA, pin(a))).toBe('wrong_status');
    expect(when(s, BEN, pin(a))).toBe('not_allowed');
  });

  it('[G14] ends when it is removed or the suggestion closes', () => {
    const [s, id] = withSuggestion(driven());
    const pinned = play(s, [ANNA, pin(id)]);
    expect(when(pinned, ANNA, { type: 'suggestion.unpin' })).toEqual([['suggestion.unpinned', { suggestion: id }]]);
    expect(when(s, ANNA, { type: 'suggestion.unpin' })).toEqual([]);
    expect(when(s, ANNA, { type: 'suggestion.unpin', suggestion: 's99' })).toBe('not_found');
    for (const line of [
      [ANNA, accept(id)],
      [HOST, { type: 'suggestion.decline', suggestion: id, reason: 'later' }],
      [BEN, { type: 'suggestion.withdraw', suggestion: id }],
    ] as const)
      expect(play(pinned, line).suggestions[id]).toMatchObject({ pinned: false });
  });
});

describe('accepting', () => {
  const withPatch = () => withSuggestion(driven(), { patch: patch('trees: 200') });

  it('[G15] applies a patch in one step', () => {
    const [s, id] = withPatch();
    const facts = { merge: merged({ ...NEW, ...{ 'src/train.ts': 'typed' } }, TYPED) };
    expect(when(s, ANNA, accept(id), { facts })).toMatchObject([
      ['revision.cut', { n: 2, tree: TYPED, why: 'pause' }],
      ['revision.cut', { n: 3, why: 'patch', suggestion: id }],
      ['suggestion.accepted', { suggestion: id, how: 'patch', from: 2, to: 3 }],
      ['run.requested', { kind: 'main', revision: 3, why: 'accept', suggestion: id }],
    ]);
    const after = play(s, [ANNA, accept(id), { facts }]);
    expect(after.suggestions[id]).toMatchObject({
      status: 'accepted',
      accepted: { by: ANNA, run: `r${after.seq.toString(16)}` },
    });
  });

  it('[G16] rejects as a whole what conflicts or is too big', () => {
    const [s, id] = withPatch();
    expect(when(s, ANNA, accept(id), { facts: { merge: conflict } })).toBe('conflict');
    const big = Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`f${i}`, 'x']));
    expect(when(s, ANNA, accept(id), { facts: { merge: merged(big) } })).toBe('too_big');
    expect(when(s, ANNA, accept(id))).toBe('patch_invalid');
  });

  it('[G17] credits what was implemented by hand since the pin', () => {
    const [s, id] = withSuggestion(driven());
    const pinned = play(s, [ANNA, pin(id)]);
    expect(when(pinned, ANNA, accept(id), { facts: { tree: TYPED } })).toMatchObject([
      ['revision.cut', { n: 2 }],
      ['suggestion.accepted', { how: 'hand', from: 1, to: 2 }],
      ['run.requested', { why: 'accept', suggestion: id }],
    ]);
    const run = next('r', play(pinned, [null, { type: 'revision.cut' }, { facts: { tree: TYPED } }]));
    const ran = play(
      pinned,
      [ANNA, { type: 'run.request' }, { facts: { tree: TYPED } }],
      [null, { type: 'run.report', run, report: report() }],
    );
    expect(kinds(ran, ANNA, accept(id), { facts: { tree: TYPED } })).toEqual(['suggestion.accepted']);
    const done = play(ran, [ANNA, accept(id), { facts: { tree: TYPED } }]);
    expect(done.suggestions[id]?.accepted).toMatchObject({ how: 'hand', from: 1, to: 2, run });
    const [conflicted, stale] = withPatch();
    const hand = { ...accept(stale), how: 'hand' } as const;
    expect(when(play(conflicted, [ANNA, pin(stale)]), ANNA, hand, { facts: { tree: TYPED } })).toMatchObject([
      ['revision.cut', {}],
      ['suggestion.accepted', { how: 'hand' }],
      ['run.requested', {}],
    ]);
  });

  it('[G18] accepts without code where no text changed', () => {
    const [s, id] = withSuggestion(driven());
    expect(when(s, ANNA, accept(id), { facts: { tree: TREE1 } })).toEqual([
      ['suggestion.accepted', { suggestion: id, how: 'words', from: 1, to: 1 }],
    ]);
    // Not pinned: what was typed is not credited to it.
    expect(when(s, ANNA, accept(id), { facts: { tree: TYPED } })).toMatchObject([
      ['revision.cut', {}],
      ['suggestion.accepted', { how: 'words', from: 2, to: 2 }],
    ]);
  });

  it('[G19] accepts open ones, once', () => {
    const [s, id] = withSuggestion(driven());
    expect(when(play(s, [ANNA, accept(id)]), ANNA, accept(id))).toEqual([]);
    expect(when(play(s, [BEN, { type: 'suggestion.withdraw', suggestion: id }]), HOST, accept(id))).toBe(
      'wrong_status',
    );
    expect(when(s, ANNA, accept('s99'))).toBe('not_found');
    expect(when(s, BEN, accept(id))).toBe('not_allowed');
  });

  it('[G20] reverts a patch while its lines are unchanged', () => {
    const [s, id] = withPatch();
    const done = play(s, [ANNA, accept(id), { facts: { merge: merged(NEW) } }]);
    expect(when(done, ANNA, unaccept(id), { facts: { merge: conflict } })).toBe('lines_touched');
    expect(when(done, ANNA, unaccept(id))).toBe('lines_touched');
    const back = { facts: { merge: merged(TREE1, NEW) } };
    expect(when(done, ANNA, unaccept(id), back)).toMatchObject([
      ['revision.cut', { n: 3, tree: TREE1, suggestion: id }],
      ['suggestion.unaccepted', { suggestion: id, revision: 3 }],
      ['run.requested', { why: 'unaccept' }],
    ]);
    const open = play(done, [ANNA, unaccept(id), back]);
    expect(open.suggestions[id]).toMatchObject({ status: 'open' });
    expect(open.suggestions[id]?.accepted).toBeUndefined();
    expect(when(open, ANNA, unaccept(id))).toEqual([]);
    expect(when(play(s, [BEN, { type: 'suggestion.withdraw', suggestion: id }]), HOST, unaccept(id))).toBe(
      'wrong_status',
    );
  });

  it('[G21] changes no text where it was done by hand', () => {
    const [s, id] = withSuggestion(driven());
    const done = play(s, [ANNA, pin(id)], [ANNA, accept(id), { facts: { tree: TYPED } }]);
    expect(when(done, ANNA, unaccept(id), { facts: { tree: TYPED } })).toEqual([
      ['suggestion.unaccepted', { suggestion: id, revision: 2 }],
    ]);
  });
});
