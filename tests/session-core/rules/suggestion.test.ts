// Suggestions: added, voted for, edited, withdrawn.

import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { clientCommandSchema, type Patch } from '#session-core/model/client-commands.ts';
import { viewOf } from '#session-core/view/view.ts';
import {
  ANNA,
  BEN,
  CLEO,
  conflict,
  HOST,
  kinds,
  PRESENCE,
  patch,
  play,
  START,
  start,
  tree,
  tried,
  when,
  withSuggestion,
} from '../kit.ts';

const add = (text: string, more: object = {}) => ({ type: 'suggestion.add', text, ...more }) as const;
const vote = (suggestion: string) => ({ type: 'suggestion.upvote', suggestion }) as const;
const unvote = (suggestion: string) => ({ type: 'suggestion.unvote', suggestion }) as const;
const edit = (suggestion: string, text: string) => ({ type: 'suggestion.edit', suggestion, text }) as const;
const accept = (suggestion: string) => ({ type: 'suggestion.accept', suggestion }) as const;
const unaccept = (suggestion: string) => ({ type: 'suggestion.unaccept', suggestion }) as const;
const pin = (suggestion: string) => ({ type: 'suggestion.pin', suggestion }) as const;
const set = (changes: object) => [HOST, { type: 'session.configure', ...changes }] as const;
const NEW = tree({ 'params.yaml': 'params-2' });

describe('adding', () => {
  it('[G1] takes clean text of 1 to 300 characters, with its author’s vote', () => {
    const s = start();
    expect(when(s, BEN, add('  more\ntrees '))).toEqual([
      ['suggestion.added', { text: 'more trees', status: 'open', flagged: false }],
    ]);
    expect(when(s, BEN, add(' \u200b '))).toBe('text_length');
    expect(when(s, BEN, add('x'.repeat(301)))).toBe('text_length');
    expect(kinds(s, BEN, add('😀'.repeat(300)))).toEqual(['suggestion.added']);
    const [after, id] = withSuggestion(s);
    expect(after.suggestions[id]).toMatchObject({ author: BEN, voters: { [BEN]: true }, pinned: false });
  });

  it('[G2] is pending if it needs approval', () => {
    const flagged = { facts: { flagged: true } };
    expect(when(start(), BEN, add('rude'), flagged)).toMatchObject([
      ['suggestion.added', { status: 'pending', flagged: true }],
    ]);
    expect(when(play(start(), set({ wordFilter: false })), BEN, add('rude'), flagged)).toMatchObject([
      ['suggestion.added', { status: 'open', flagged: false }],
    ]);
    const strict = play(start(), set({ approveFirst: true }));
    expect(when(strict, BEN, add('suggestion'))).toMatchObject([
      ['suggestion.added', { status: 'pending', flagged: false }],
    ]);
    expect(when(strict, HOST, add('suggestion'))).toMatchObject([['suggestion.added', { status: 'open' }]]);
  });

  it('[G25] may show the answer to an expression, which everybody sees who sees the suggestion', () => {
    const expression = { code: "df.groupby(['school']).mean()", table: 'data/raw/students.csv', as: 'chart' } as const;
    expect(when(start(), BEN, add('look', { expression }))).toEqual([
      ['suggestion.added', { text: 'look', status: 'open', flagged: false, expression }],
    ]);
    const s = play(start(), [BEN, add('look', { expression })]);
    expect(Object.values(viewOf(s, { kind: 'public' }, PRESENCE).suggestions)).toMatchObject([{ expression }]);
    const command = (changes: object) =>
      v.is(clientCommandSchema, { type: 'suggestion.add', text: 'x', expression: { ...expression, ...changes } });
    expect([{}, { code: ' ' }, { code: 'x'.repeat(2_001) }, { code: 'a\u2028b' }, { as: 'html' }].map(command)).toEqual(
      [true, false, false, false, false],
    );
  });

  it('[G3] is stopped by freeze; votes and edits are not', () => {
    const [s, id] = withSuggestion(start());
    const frozen = play(s, set({ frozen: true }));
    expect(when(frozen, ANNA, add('late'))).toBe('frozen');
    expect(kinds(frozen, ANNA, vote(id))).toEqual(['suggestion.upvoted']);
    expect(kinds(frozen, BEN, edit(id, 'better words'))).toEqual(['suggestion.edited']);
  });

  it('[G10] wants an anchor that exists', () => {
    const anchor = { file: 'src/train.ts', fromLine: 3, toLine: 4, revision: 1 };
    expect(kinds(start(), BEN, add('here', { anchor }))).toEqual(['suggestion.added']);
    expect(when(start(), BEN, add('here', { anchor: { ...anchor, toLine: 2 } }))).toBe('invalid');
    expect(when(start(), BEN, add('here', { anchor: { ...anchor, revision: 2 } }))).toBe('not_found');
  });

  it('[G11] wants a valid patch', () => {
    const file = (...hunks: Patch['files'][number]['hunks']) => ({ revision: 1, files: [{ path: 'a', hunks }] });
    const hunk = (fromLine: number, removed: string[], added: string[]) => ({ fromLine, removed, added });
    const bad: Patch[] = [
      { ...patch('x'), revision: 2 },
      { revision: 1, files: [...patch('x').files, ...patch('y').files] },
      file(hunk(5, ['a'], ['b']), hunk(5, ['a'], ['c'])),
      file(hunk(5, ['a', 'b'], []), hunk(6, ['b'], ['c'])),
      file(hunk(5, [], [])),
      file(hunk(5, ['a'], ['a'])),
    ];
    for (const each of bad) expect(when(start(), BEN, add('x', { patch: each }))).toBe('patch_invalid');
    expect(
      when(start(), BEN, add('x', { patch: patch('x') }), {
        facts: { patchFault: { fault: 'line_differs', file: 'params.yaml', line: 3 } },
      }),
    ).toBe('patch_invalid');
    expect(kinds(start(), BEN, add('x', { patch: file(hunk(5, ['a'], ['b']), hunk(6, ['a'], ['c'])) }))).toEqual([
      'suggestion.added',
    ]);
  });

  it('[G12] counts a duplicate patch as a vote', () => {
    const [s, id] = withSuggestion(start(), { patch: patch('trees: 200') });
    const again = add('the same in other words', { patch: patch('trees: 200') });
    expect(when(s, ANNA, again)).toEqual([['suggestion.upvoted', { suggestion: id }]]);
    expect(when(s, BEN, again)).toEqual([]);
    expect(when(play(s, set({ frozen: true })), ANNA, again)).toEqual([['suggestion.upvoted', { suggestion: id }]]);
    expect(kinds(s, ANNA, add('more', { patch: patch('trees: 300') }))).toEqual(['suggestion.added']);
    const over = play(s, [BEN, { type: 'suggestion.withdraw', suggestion: id }]);
    expect(kinds(over, ANNA, again)).toEqual(['suggestion.added']);
  });

  it('[G12] reveals a pending duplicate to nobody', () => {
    const [s] = withSuggestion(play(start(), set({ approveFirst: true })), { patch: patch('trees: 200') });
    expect(kinds(s, ANNA, add('mine', { patch: patch('trees: 200') }))).toEqual(['suggestion.added']);
    expect(kinds(s, BEN, add('again', { patch: patch('trees: 200') }))).toEqual([]);
  });

  it('[G24] finds duplicates counted from different revisions', () => {
    const [s, id] = withSuggestion(start(), { patch: patch('trees: 200') });
    const shifted = { type: 'suggestion.add', text: 'mine', patch: patch('trees: 200', { revision: 1 }) } as const;
    const moved = {
      ...shifted,
      patch: {
        ...shifted.patch,
        files: [{ path: 'params.yaml', hunks: [{ fromLine: 4, removed: ['trees: 100'], added: ['trees: 200'] }] }],
      },
    };
    expect(kinds(s, CLEO, moved)).toEqual(['suggestion.added']);
    expect(when(s, CLEO, moved, { facts: { duplicates: [id] } })).toEqual([['suggestion.upvoted', { suggestion: id }]]);
    const closed = play(s, [HOST, { type: 'suggestion.decline', suggestion: id, reason: 'later' }]);
    expect(kinds(closed, CLEO, moved, { facts: { duplicates: [id] } })).toEqual(['suggestion.added']);
  });

  it('[G22] is created with its merge state, and records only changes of it', () => {
    const facts = { merge: conflict };
    const [s, id] = withSuggestion(start(), { patch: patch('trees: 200'), facts });
    expect(s.suggestions[id]?.mergeState).toEqual({ state: 'conflict', file: 'params.yaml', line: 3 });
    const clean = { type: 'patch.states', states: { [id]: { state: 'clean' }, s99: { state: 'clean' } } } as const;
    expect(when(s, null, clean)).toEqual([['patch.states', { states: { [id]: { state: 'clean' } } }]]);
    expect(when(play(s, [null, clean]), null, clean)).toEqual([]);
  });

  it('[G23] takes over its author’s private preview', () => {
    const want = patch('trees: 200');
    const s = play(start(), [BEN, { type: 'preview.request', patch: want }, { facts: tried(NEW) }]);
    const run = s.drafts[BEN]?.run ?? '';
    const [sent, id] = withSuggestion(s, { patch: want });
    expect(sent.suggestions[id]?.previews).toEqual([run]);
    expect(sent.drafts).toEqual({});
    const [other, second] = withSuggestion(s, { patch: patch('trees: 300') });
    expect(other.suggestions[second]?.previews).toEqual([]);
    expect(other.drafts[BEN]?.run).toBe(run);
  });
});

describe('voting', () => {
  it('[G4] counts each person once, removably', () => {
    const [s, id] = withSuggestion(start());
    const voted = play(s, [ANNA, vote(id)]);
    expect(when(voted, ANNA, vote(id))).toEqual([]);
    expect(when(voted, ANNA, unvote(id))).toEqual([['suggestion.unvoted', { suggestion: id }]]);
    expect(when(s, ANNA, unvote(id))).toEqual([]);
    expect(when(s, BEN, unvote(id))).toEqual([]);
    expect(viewOf(voted, { kind: 'public' }, PRESENCE).suggestions[id]?.votes).toBe(2);
  });

  it('[G5] reaches open ones, through a merge too', () => {
    const [one, a] = withSuggestion(start());
    const [two, b] = withSuggestion(one, { by: ANNA });
    const s = play(two, [HOST, { type: 'suggestion.merge', suggestion: a, into: b }]);
    expect(when(s, CLEO, vote(a))).toEqual([['suggestion.upvoted', { suggestion: b }]]);
    expect(when(s, BEN, unvote(a))).toEqual([['suggestion.unvoted', { suggestion: b }]]);
    const over = play(two, [HOST, accept(a)]);
    expect(when(over, CLEO, vote(a))).toBe('wrong_status');
    expect(when(play(over, [HOST, unaccept(a)]), CLEO, vote(a))).toHaveLength(1);
  });

  it('[G6] does not exist for a voter who may not see it', () => {
    const [s, id] = withSuggestion(play(start(), set({ approveFirst: true })));
    for (const command of [
      vote(id),
      unvote(id),
      edit(id, 'x'),
      { type: 'suggestion.withdraw', suggestion: id } as const,
    ])
      expect(when(s, ANNA, command)).toBe('not_found');
    expect(
      when(play(s, [HOST, { type: 'driver.offer', to: ANNA }], [ANNA, { type: 'driver.accept' }]), ANNA, pin(id)),
    ).toBe('not_found');
    expect(when(s, BEN, vote(id))).toBe('wrong_status');
    expect(when(s, ANNA, vote('constructor'))).toBe('not_found');
  });
});

describe('editing and withdrawing', () => {
  it('[G7] is its author’s for a minute, until somebody votes', () => {
    const at = START + 500_000;
    const [s, id] = withSuggestion(start(), { at });
    expect(when(s, BEN, edit(id, 'better'), { at: at + 60_000 })).toEqual([
      ['suggestion.edited', { suggestion: id, text: 'better', status: 'open', flagged: false }],
    ]);
    expect(when(s, BEN, edit(id, 'better'), { at: at + 60_001 })).toBe('edit_closed');
    expect(when(s, BEN, edit(id, 'more  trees'), { at: at + 90_000 })).toEqual([]);
    expect(when(s, ANNA, edit(id, 'mine'), { at })).toBe('not_yours');
    expect(when(s, BEN, edit(id, ''), { at })).toBe('text_length');
    expect(when(play(s, [ANNA, vote(id)]), BEN, edit(id, 'better'), { at })).toBe('edit_closed');
    expect(when(play(s, [ANNA, vote(id)], [ANNA, unvote(id)]), BEN, edit(id, 'better'), { at })).toHaveLength(1);
  });

  it('[G8] is checked again', () => {
    const [s, id] = withSuggestion(start());
    const pinned = play(s, [HOST, pin(id)]);
    const at = s.suggestions[id]?.at ?? 0;
    const rude = play(pinned, [BEN, edit(id, 'rude'), { at, facts: { flagged: true } }]);
    expect(rude.suggestions[id]).toMatchObject({ status: 'pending', flagged: true, pinned: false });
    const mended = play(rude, [BEN, edit(id, 'kind'), { at }]);
    expect(mended.suggestions[id]).toMatchObject({ status: 'open', flagged: false });
  });

  it('[G9] withdraws one’s own while it is open or pending', () => {
    const [s, id] = withSuggestion(start());
    const withdraw = { type: 'suggestion.withdraw', suggestion: id } as const;
    expect(when(s, BEN, withdraw)).toEqual([['suggestion.withdrawn', { suggestion: id }]]);
    expect(when(s, ANNA, withdraw)).toBe('not_yours');
    const gone = play(s, [HOST, pin(id)], [BEN, withdraw]);
    expect(gone.suggestions[id]).toMatchObject({ status: 'withdrawn', pinned: false });
    expect(when(gone, BEN, withdraw)).toEqual([]);
    expect(when(play(s, [HOST, accept(id)]), BEN, withdraw)).toBe('wrong_status');
  });
});
