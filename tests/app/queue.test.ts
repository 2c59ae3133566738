// The queue as people see it: order, filters, and that nothing moves under a finger.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextToApply, queueOf, steadyOrder } from '#app/_features/suggestions/queue.ts';
import type { PublicView, SuggestionView } from '#session-core/view/view-types.ts';

const card = (id: string, text: string, more: Partial<SuggestionView> = {}): SuggestionView => ({
  id,
  author: 'p1',
  text,
  status: 'open',
  votes: 1,
  pinned: false,
  at: 0,
  ...more,
});
const viewOf = (...cards: SuggestionView[]) =>
  ({
    suggestions: Object.fromEntries(cards.map((each) => [each.id, each])),
    participants: { p1: { displayName: 'Calm Otter', online: true, facilitator: false } },
    runs: {},
  }) as unknown as PublicView;
const open = { sort: 'popular', show: 'open', search: '' } as const;

describe('order', () => {
  it('puts votes first, then the older one', () => {
    const view = viewOf(card('s1', 'a', { at: 5 }), card('s2', 'b', { at: 3 }), card('s3', 'c', { votes: 4, at: 9 }));
    expect(queueOf(view, null, open).map(({ id }) => id)).toEqual(['s3', 's2', 's1']);
  });

  it('puts the newest first where New is chosen', () => {
    const view = viewOf(card('s1', 'a', { at: 5, votes: 9 }), card('s2', 'b', { at: 8 }));
    expect(queueOf(view, null, { ...open, sort: 'new' }).map(({ id }) => id)).toEqual(['s2', 's1']);
  });

  it('is total: the same cards in any order of arrival give the same list', () => {
    const cards = fc.uniqueArray(
      fc.record({ id: fc.stringMatching(/^s[0-9a-f]{1,3}$/), votes: fc.nat(3), at: fc.nat(3) }),
      { selector: ({ id }) => id, maxLength: 12 },
    );
    fc.assert(
      fc.property(cards, fc.infiniteStream(fc.nat()), (some, noise) => {
        const all = some.map(({ id, votes, at }) => card(id, 'x', { votes, at }));
        const mixed = all
          .map((each) => ({ each, key: noise.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each);
        const ids = (list: SuggestionView[]) => queueOf(viewOf(...list), null, open).map(({ id }) => id);
        expect(ids(mixed)).toEqual(ids(all));
      }),
    );
  });
});

it('finds by text, stage and author', () => {
  const view = viewOf(card('s1', 'scale the inputs', { stage: 'prepare' }), card('s2', 'more trees'));
  const found = (search: string) => queueOf(view, null, { ...open, search }).map(({ id }) => id);
  expect(found('SCALE prepare')).toEqual(['s1']);
  expect(found('otter')).toEqual(['s1', 's2']);
  expect(found('nothing')).toEqual([]);
});

describe('a list under a finger', () => {
  const all = (_: string) => true;
  it.each([
    ['votes change', 'ab', 'ba', '', 'ab'],
    ['the first one leaves the filter', 'ab', 'b', '', 'ab'],
    ['all leave the filter', 'ab', 'cd', '', 'abcd'],
    ['a new one comes in front', 'bc', 'abc', '', 'bc'],
    ['a new one comes between', 'ac', 'abc', '', 'ac'],
    ['new ones come at the end', 'a', 'abc', '', 'abc'],
    ['an own one comes in front', 'bc', 'abc', 'a', 'abc'],
    ['an own one comes between others that have changed places', 'ca', 'abc', 'b', 'cab'],
    ['nothing was shown', '', 'ab', '', 'ab'],
  ])('where %s: %s, wanted %s, own %s', (_, shown, wanted, own, order) => {
    const next = steadyOrder([...shown], [...wanted], { own: new Set(own), exists: all });
    expect(next.join('')).toBe(order);
  });

  it('drops what no longer exists', () => {
    expect(steadyOrder(['a', 'b'], ['b'], { own: new Set(), exists: (id) => id === 'b' })).toEqual(['b']);
  });

  it('returns the very list it was given where nothing changes', () => {
    const shown = ['a', 'b'];
    expect(steadyOrder(shown, ['b', 'a'], { own: new Set(), exists: all })).toBe(shown);
  });
});

describe('what the one key applies', () => {
  const patch = (state: 'clean' | 'stale' | 'conflict') => ({ patch: { revision: 1, version: 1, state, files: [] } });
  const chosen = (...cards: SuggestionView[]) => {
    const found = nextToApply(viewOf(...cards));
    return found && [found.card.id, found.how];
  };

  it('is the pinned suggestion before one with more votes, by hand if its patch does not apply', () => {
    const wanted = card('s1', 'a', { votes: 9, ...patch('clean') });
    expect(chosen(wanted, card('s2', 'b', { pinned: true, ...patch('stale') }))).toEqual(['s2', 'patch']);
    expect(chosen(wanted, card('s2', 'b', { pinned: true, ...patch('conflict') }))).toEqual(['s2', 'hand']);
    expect(chosen(wanted, card('s2', 'b', { pinned: true }))).toEqual(['s2', 'hand']);
  });

  it('is else the most wanted one whose patch fits; a sentence alone is never taken for done', () => {
    const sentence = card('s1', 'a', { votes: 9 });
    const stuck = card('s2', 'b', { votes: 8, ...patch('conflict') });
    const done = card('s3', 'c', { votes: 7, status: 'accepted', ...patch('clean') });
    expect(chosen(sentence, stuck, done, card('s4', 'd', { votes: 2, ...patch('clean') }))).toEqual(['s4', 'patch']);
    expect(chosen(sentence, stuck, done)).toBeNull();
  });
});
