// Facilitator links: good for one use, revoked, replaced, and gone with the facilitator who knew them.
import { expect, it } from 'vitest';
import type { SessionState } from '#session-core/model/state.ts';
import { viewOf } from '#session-core/view/view.ts';
import { ANNA, HOST, join, kinds, next, PRESENCE, play, start, when } from '../kit.ts';

const made = (hash: string, more: { reusable?: true; by?: string } = {}) =>
  ({ type: 'facilitator.link', hash, madeBy: 'facilitator', by: HOST, ...more }) as const;
const enter = (link: string) =>
  ({ type: 'participant.join', displayName: 'Second', tokenHash: 't', facilitator: true, link }) as const;
const promote = (link: string) => ({ type: 'participant.promote', participant: HOST, link }) as const;
const hashes = (state: SessionState) => Object.values(state.facilitatorLinks).map(({ hash }) => hash);
const lastOf = (state: SessionState) => Object.keys(state.facilitatorLinks).at(-1) ?? '';

it('[S6] keeps each facilitator link once, and of those made by starts the newest', () => {
  const again = (hash: string) => ({ type: 'facilitator.link', hash, madeBy: 'start', by: null }) as const;
  const s = play(start(), [null, again('h2')]);
  expect(hashes(s)).toEqual(['facilitator-hash', 'h2']);
  expect(when(s, null, again('h2'))).toEqual([]);
  let many = s;
  for (let n = 3; n < 60; n++) many = play(many, [null, again(`h${n}`)]);
  expect(hashes(many)).toEqual(['facilitator-hash', 'h59']);
});

it('[S19] a link is used up by its first use, even by somebody who is a facilitator already', () => {
  const s = play(start(), [null, made('h2')]);
  const link = lastOf(s);
  expect(kinds(s, null, enter(link))).toEqual(['participant.joined', 'facilitator.linkUsed']);
  const used = play(s, [null, enter(link)]);
  expect(hashes(used)).toEqual(['facilitator-hash']);
  expect(when(used, null, enter(link))).toBe('wrong_secret');
  expect(when(used, null, promote(link))).toBe('wrong_secret');
  expect(when(s, null, promote(link))).toEqual([['facilitator.linkUsed', { link }]]);
});

it('[S19] a reusable link is valid until it is revoked', () => {
  const s = play(start(), [null, made('h2', { reusable: true })]);
  const link = lastOf(s);
  const twice = play(s, [null, enter(link)], [null, { ...enter(link), displayName: 'Third' }]);
  expect(hashes(twice)).toContain('h2');
  const revoked = play(twice, [HOST, { type: 'facilitator.unlink', link }]);
  expect(when(revoked, null, enter(link))).toBe('wrong_secret');
});

it('[S20] facilitators revoke one link or all, and make a limited number', () => {
  let s = play(start(), [null, made('h2')], [null, made('h3')]);
  expect(when(s, ANNA, { type: 'facilitator.unlink' })).toBe('not_allowed');
  expect(hashes(play(s, [HOST, { type: 'facilitator.unlink', link: lastOf(s) }]))).toEqual(['facilitator-hash', 'h2']);
  const none = play(s, [HOST, { type: 'facilitator.unlink' }]);
  expect(hashes(none)).toEqual([]);
  expect(when(none, HOST, { type: 'facilitator.unlink' })).toEqual([]);
  expect(when(s, HOST, { type: 'facilitator.unlink', link: '__proto__' })).toEqual([]);
  for (let n = 4; n < 21; n++) s = play(s, [null, made(`h${n}`)]);
  expect(when(s, null, made('h99'))).toBe('too_many_links');
});

it('[S21] removing a facilitator revokes the links that they may know', () => {
  const second = next('p', start());
  const s = play(
    start(),
    join('Second', true),
    [null, made('of-host')],
    [null, made('of-second', { by: second })],
    [null, made('of-all', { reusable: true })],
  );
  expect(hashes(play(s, [HOST, { type: 'participant.remove', participant: second }]))).toEqual([
    'facilitator-hash',
    'of-host',
  ]);
  // Whoever is no facilitator knows none.
  expect(hashes(play(s, [HOST, { type: 'participant.remove', participant: ANNA }]))).toHaveLength(4);
});

it('[S29] with a facilitator go those whom they let in, and whom those let in', () => {
  let s = start();
  const letIn = (by: string, displayName: string) => {
    s = play(s, [null, made(`of-${displayName}`, { by })]);
    const link = lastOf(s);
    const id = next('p', s);
    s = play(s, [null, { ...enter(link), displayName }]);
    return id;
  };
  const second = letIn(HOST, 'Second');
  const third = letIn(second, 'Third');
  const fourth = letIn(third, 'Fourth');
  const other = letIn(HOST, 'Other');
  s = play(s, [null, made('unused', { by: fourth })]);
  const here = (state: SessionState) =>
    Object.entries(state.participants).flatMap(([id, { facilitator }]) => (facilitator ? [id] : []));
  const remove = (participant: string, more: { letIn?: boolean } = {}) =>
    ({ type: 'participant.remove', participant, ...more }) as const;
  expect(viewOf(s, { kind: 'facilitator' }, PRESENCE).letInBy).toEqual({
    [second]: HOST,
    [third]: second,
    [fourth]: third,
    [other]: HOST,
  });

  const gone = play(s, [HOST, remove(second)]);
  expect(here(gone)).toEqual([HOST, other]);
  expect(hashes(gone)).not.toContain('unused');
  // Each is a removal of its own: one alone is let back in.
  const undo = viewOf(gone, { kind: 'facilitator' }, PRESENCE).removed[third]?.undo ?? 0;
  expect(here(play(gone, [HOST, { type: 'moderation.undo', seq: undo }]))).toHaveLength(3);
  expect(here(play(s, [HOST, remove(second, { letIn: false })]))).toEqual([HOST, third, fourth, other]);
  // A co-host who removes the one above them takes nobody along unless they say so, and never themselves or their own.
  expect(here(play(s, [third, remove(second)]))).toEqual([HOST, third, fourth, other]);
  expect(here(play(s, [third, remove(HOST)]))).toEqual([second, third, fourth, other]);
  expect(here(play(s, [third, remove(HOST, { letIn: true })]))).toEqual([third, fourth]);
});

it('[S29] a participant who opens a co-host link is let in by who made it', () => {
  const second = next('p', start());
  const s = play(start(), join('Second', true), [null, made('of-second', { by: second })]);
  const with2 = play(s, [null, { type: 'participant.promote', participant: ANNA, link: lastOf(s) }]);
  expect(with2.participants[ANNA]).toMatchObject({ facilitator: true, letInBy: second });
  const gone = play(with2, [HOST, { type: 'participant.remove', participant: second }]);
  expect(gone.participants[ANNA]).toMatchObject({ facilitator: false, removed: true });
});

it('[V5] facilitators see which links there are, never their hashes', () => {
  const s = play(start(), [null, made('h2')]);
  const { facilitatorLinks } = viewOf(s, { kind: 'facilitator' }, PRESENCE);
  expect(Object.values(facilitatorLinks)).toMatchObject([
    { madeBy: 'creation', reusable: false },
    { madeBy: 'facilitator', by: HOST },
  ]);
  expect(JSON.stringify(facilitatorLinks)).not.toContain('h2');
});
