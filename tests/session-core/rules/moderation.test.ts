// Moderation and its undo.
import { expect, it } from 'vitest';
import type { SessionState } from '#session-core/model/state.ts';
import { viewOf } from '#session-core/view/view.ts';
import {
  ANNA,
  BEN,
  CLEO,
  driven,
  HOST,
  join,
  kinds,
  merged,
  next,
  PRESENCE,
  patch,
  play,
  start,
  tree,
  when,
  withSuggestion,
} from '../kit.ts';

const strict = () => play(start(), [HOST, { type: 'session.configure', approveFirst: true }]);
const approve = (suggestion: string) => ({ type: 'suggestion.approve', suggestion }) as const;
const decline = (suggestion: string, reason = 'later') => ({ type: 'suggestion.decline', suggestion, reason }) as const;
const merge = (suggestion: string, into: string) => ({ type: 'suggestion.merge', suggestion, into }) as const;
const undo = (seq: number) => ({ type: 'moderation.undo', seq }) as const;
const vote = (suggestion: string) => ({ type: 'suggestion.upvote', suggestion }) as const;

it('[M1] approving opens a pending one', () => {
  const [s, id] = withSuggestion(strict(), { facts: { flagged: true } });
  expect(when(s, HOST, approve(id))).toEqual([['suggestion.approved', { suggestion: id }]]);
  const open = play(s, [HOST, approve(id)]);
  expect(open.suggestions[id]).toMatchObject({ status: 'open', flagged: false });
  expect(when(open, HOST, approve(id))).toEqual([]);
  expect(when(play(s, [HOST, decline(id)]), HOST, approve(id))).toBe('wrong_status');
  expect(when(s, HOST, approve('s99'))).toBe('not_found');
});

it('[M2] declining says why', () => {
  const [s, id] = withSuggestion(start());
  expect(when(s, HOST, decline(id, ' out of  scope '))).toEqual([
    ['suggestion.declined', { suggestion: id, reason: 'out of scope' }],
  ]);
  expect(when(s, HOST, decline(id, '  '))).toBe('invalid');
  expect(when(s, HOST, decline(id, 'x'.repeat(201)))).toBe('invalid');
  expect(when(play(s, [HOST, decline(id)]), HOST, decline(id, 'again'))).toEqual([]);
  expect(when(play(s, [HOST, { type: 'suggestion.accept', suggestion: id }]), HOST, decline(id))).toBe('wrong_status');
});

it('[M3] merging unites the voters', () => {
  const [one, a] = withSuggestion(start());
  const [two, b] = withSuggestion(one, { by: ANNA });
  const s = play(two, [CLEO, vote(a)], [CLEO, vote(b)], [HOST, merge(a, b)]);
  expect(s.suggestions[b]?.voters).toEqual({ [ANNA]: true, [BEN]: true, [CLEO]: true });
  expect(s.suggestions[a]).toMatchObject({ status: 'merged', mergedInto: b });
  expect(when(s, HOST, merge(a, b))).toEqual([]);
  expect(when(two, HOST, merge(a, a))).toBe('merge_self');
  expect(when(two, HOST, merge(a, 's99'))).toBe('not_found');
  expect(when(s, HOST, merge(b, a))).toBe('wrong_status');
  expect(when(play(two, [HOST, decline(b)]), HOST, merge(a, b))).toBe('wrong_status');
});

it('[M4] undo restores it, with what was added since', () => {
  const [held, p] = withSuggestion(strict(), { facts: { flagged: true } });
  const approved = play(held, [HOST, approve(p)]);
  expect(play(approved, [HOST, undo(approved.seq)]).suggestions[p]).toMatchObject({ status: 'pending', flagged: true });

  const [one, a] = withSuggestion(driven());
  const [two, b] = withSuggestion(one, { by: CLEO });
  const pinned = play(two, [ANNA, { type: 'suggestion.pin', suggestion: a }]);
  const declined = play(pinned, [HOST, decline(a)]);
  const back = play(declined, [HOST, undo(declined.seq)]).suggestions[a];
  expect(back).toMatchObject({ status: 'open', pinned: true, pinnedAt: 1 });
  expect(back?.reason).toBeUndefined();
  const other = play(declined, [ANNA, { type: 'suggestion.pin', suggestion: b }], [HOST, undo(declined.seq)]);
  expect(other.suggestions[a]?.pinned).toBe(false);

  const both = play(two, [ANNA, vote(b)], [ANNA, vote(a)], [HOST, merge(a, b)]);
  const apart = play(both, [HOST, vote(a)], [HOST, undo(both.seq)]);
  expect(apart.suggestions[b]?.voters).toEqual({ [CLEO]: true, [ANNA]: true, [HOST]: true });
  expect(apart.suggestions[a]).toMatchObject({ status: 'open', voters: { [BEN]: true, [ANNA]: true } });
});

it('[M5] undo works once, while nothing else changed it', () => {
  const [s, id] = withSuggestion(start());
  const declined = play(s, [HOST, decline(id)]);
  const back = play(declined, [HOST, undo(declined.seq)]);
  expect(when(back, HOST, undo(declined.seq))).toBe('nothing_to_undo');
  expect(when(back, HOST, undo(1))).toBe('nothing_to_undo');
  const again = play(back, [HOST, decline(id, 'again')]);
  expect(viewOf(again, { kind: 'facilitator' }, PRESENCE).suggestions[id]?.undo).toBe(again.seq);

  const [two, b] = withSuggestion(s, { by: ANNA });
  const merged = play(two, [HOST, merge(id, b)]);
  const accepted = play(merged, [HOST, { type: 'suggestion.accept', suggestion: b }]);
  expect(when(accepted, HOST, undo(merged.seq))).toBe('nothing_to_undo');
  expect(viewOf(accepted, { kind: 'facilitator' }, PRESENCE).suggestions[id]?.undo).toBeUndefined();
});

it('[M6] an approved duplicate is merged into the open suggestion', () => {
  const [one, a] = withSuggestion(strict(), { patch: patch('trees: 200') });
  const [two, b] = withSuggestion(one, { by: ANNA, patch: patch('trees: 200') });
  expect(a).not.toBe(b);
  const s = play(two, [HOST, approve(a)]);
  expect(when(s, HOST, approve(b))).toEqual([
    ['suggestion.approved', { suggestion: b }],
    ['suggestion.merged', { suggestion: b, into: a }],
  ]);
  const after = play(s, [HOST, approve(b)]);
  expect(after.suggestions[a]?.voters).toEqual({ [BEN]: true, [ANNA]: true });
  const apart = play(after, [HOST, undo(after.seq)]);
  expect(apart.suggestions[b]?.status).toBe('open');
});

it('[M8] hands lowered by a facilitator are raised again, in their earlier order', () => {
  const s = play(driven(), [BEN, { type: 'hand.raise' }], [CLEO, { type: 'hand.raise' }]);
  const seen = (state: SessionState) => viewOf(state, { kind: 'facilitator' }, PRESENCE);
  const one = play(s, [HOST, { type: 'hand.lower', participant: BEN }]);
  expect(seen(one).handsUndo).toEqual({ seq: one.seq, participants: [BEN] });
  const back = play(one, [HOST, undo(one.seq)]);
  expect(seen(back).hands).toEqual([BEN, CLEO]);
  expect(back.hands).toEqual(s.hands);
  expect(seen(back)).not.toHaveProperty('handsUndo');
  const none = play(s, [HOST, { type: 'hand.lowerAll' }]);
  const raised = play(none, [CLEO, { type: 'hand.raise' }], [HOST, undo(none.seq)]);
  expect(seen(raised).hands).toEqual([BEN, CLEO]);
  // A hand one lowered oneself stays down; so does that of whoever drives by now.
  const own = play(s, [BEN, { type: 'hand.lower' }]);
  expect(when(own, HOST, undo(own.seq))).toBe('nothing_to_undo');
  const seated = play(one, [HOST, { type: 'driver.offer', to: BEN }], [BEN, { type: 'driver.accept' }]);
  expect(when(seated, HOST, undo(one.seq))).toBe('nothing_to_undo');
  expect(viewOf(one, { kind: 'public' }, PRESENCE)).not.toHaveProperty('handsUndo');
});

it('[M9] what opens again is united with its open duplicate', () => {
  const same = patch('trees: 200');
  const [one, a] = withSuggestion(driven(), { patch: same });
  const declined = play(one, [HOST, { type: 'suggestion.decline', suggestion: a, reason: 'later' }]);
  const [two, b] = withSuggestion(declined, { by: CLEO, patch: same });
  expect(when(two, HOST, undo(declined.seq))).toEqual([
    ['moderation.undone', { seq: declined.seq }],
    ['suggestion.merged', { suggestion: b, into: a }],
  ]);
  const united = play(two, [HOST, undo(declined.seq)]);
  expect(united.suggestions[a]).toMatchObject({ status: 'open', voters: { [BEN]: true, [CLEO]: true } });
  // The same for a patch that is reverted, found by the server where its lines have shifted.
  const after = tree({ 'params.yaml': '2' });
  const accepted = play(one, [HOST, { type: 'suggestion.accept', suggestion: a }, { facts: { merge: merged(after) } }]);
  const [met, c] = withSuggestion(accepted, { by: CLEO, patch: patch('trees: 200', { revision: 2 }) });
  const facts = { merge: merged(tree({}), after), duplicates: [c] };
  expect(kinds(met, HOST, { type: 'suggestion.unaccept', suggestion: a }, { facts })).toEqual([
    'revision.cut',
    'suggestion.unaccepted',
    'suggestion.merged',
    'run.requested',
  ]);
});

it('[M7] a removal is undone with rights and name', () => {
  const s = play(start(), join('Second', true));
  const second = next('p', start());
  const gone = play(s, [HOST, { type: 'participant.remove', participant: second }]);
  expect(viewOf(gone, { kind: 'facilitator' }, PRESENCE).removed).toEqual({
    [second]: { displayName: 'Second', undo: gone.seq },
  });
  const back = play(gone, [HOST, undo(gone.seq)]);
  expect(back.participants[second]).toMatchObject({ removed: false, facilitator: true, displayName: 'Second' });
  expect(viewOf(back, { kind: 'facilitator' }, PRESENCE).removed).toEqual({});
  expect(kinds(back, HOST, undo(gone.seq))).toBe('nothing_to_undo');
});

it('[M10] undoing a removal gives back the suggestions and votes that it took', () => {
  const same = patch('trees: 200');
  const [one, annas] = withSuggestion(driven(), { by: ANNA, patch: same });
  const [two, bens] = withSuggestion(one, { by: BEN, text: 'fewer trees' });
  const [three, cleos] = withSuggestion(two, { by: CLEO, text: 'fewer, really' });
  const voted = play(three, [ANNA, { type: 'suggestion.upvote', suggestion: bens }]);
  const gone = play(voted, [HOST, { type: 'participant.remove', participant: ANNA }, { facts: { tree: tree({}) } }]);
  expect(gone.suggestions[annas]?.status).toBe('withdrawn');
  const back = play(gone, [HOST, undo(gone.seq)]);
  expect(back.suggestions).toEqual(voted.suggestions);
  expect(back.participants[ANNA]).toMatchObject({ displayName: 'Anna', removed: false });
  // A vote for what was merged meanwhile goes where its votes went; a duplicate sent meanwhile is united.
  const [meanwhile, again] = withSuggestion(
    play(gone, [HOST, { type: 'suggestion.merge', suggestion: bens, into: cleos }]),
    { by: BEN, patch: same },
  );
  const late = play(meanwhile, [HOST, undo(gone.seq)]);
  expect(late.suggestions[cleos]?.voters).toEqual({ [CLEO]: true, [BEN]: true, [ANNA]: true });
  expect(late.suggestions[again]).toMatchObject({ status: 'merged', mergedInto: annas });
});
