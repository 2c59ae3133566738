// The driver role: taken, offered, accepted, moved, released and lost.
import { expect, it } from 'vitest';
import { ANNA, BEN, driven, HOST, kinds, play, START, start, TREE1, tree, when } from '../kit.ts';

const typed = { facts: { tree: tree({ 'src/train.ts': 'typed' }) } };

it('[D1] is taken by a facilitator, vacant or away from somebody', () => {
  expect(when(start(), HOST, { type: 'driver.take' }, { tab: 'h' })).toEqual([
    ['driver.started', { participant: HOST, tab: 'h', how: 'took' }],
  ]);
  const s = play(driven(), [HOST, { type: 'driver.take' }, { tab: 'h' }]);
  expect(s.driver).toMatchObject({ participant: HOST, tab: 'h' });
  expect(when(start(), ANNA, { type: 'driver.take' })).toBe('not_allowed');
});

it('[D2] is offered by driver or facilitator to somebody who is here', () => {
  const s = driven();
  const offer = (to: string) => ({ type: 'driver.offer', to }) as const;
  expect(when(s, ANNA, offer(BEN))).toEqual([['driver.offered', { to: BEN }]]);
  expect(when(s, HOST, offer(BEN))).toEqual([['driver.offered', { to: BEN }]]);
  expect(when(s, BEN, offer(BEN))).toBe('not_allowed');
  expect(when(s, ANNA, offer(BEN), { facts: { online: false } })).toBe('not_online');
  expect(when(s, HOST, offer(ANNA))).toBe('already_driving');
  expect(when(s, ANNA, offer('p99'))).toBe('not_found');
  const gone = play(s, [HOST, { type: 'participant.remove', participant: BEN }]);
  expect(when(gone, ANNA, offer(BEN))).toBe('not_found');
});

it('[D3] is offered while vacant, and accepted', () => {
  const s = play(start(), [HOST, { type: 'driver.offer', to: BEN }]);
  expect(s.offer).toMatchObject({ to: BEN, by: HOST });
  expect(play(s, [BEN, { type: 'driver.accept' }, { tab: 'b' }])).toMatchObject({
    driver: { participant: BEN, tab: 'b' },
    offer: null,
  });
});

it('[D4] has one offer at a time', () => {
  const s = play(driven(), [ANNA, { type: 'driver.offer', to: BEN }]);
  expect(when(s, HOST, { type: 'driver.offer', to: BEN })).toEqual([]);
  expect(kinds(s, HOST, { type: 'driver.offer', to: HOST })).toEqual(['driver.offerClosed', 'driver.offered']);
});

it('[D5] is accepted or refused by whom it is offered to, and withdrawn', () => {
  const s = play(driven(), [ANNA, { type: 'driver.offer', to: BEN }]);
  expect(when(s, HOST, { type: 'driver.accept' })).toBe('no_offer');
  expect(when(s, HOST, { type: 'driver.refuse' })).toBe('no_offer');
  expect(when(s, BEN, { type: 'driver.refuse' })).toEqual([['driver.offerClosed', { how: 'refused' }]]);
  expect(when(s, ANNA, { type: 'driver.withdrawOffer' })).toEqual([['driver.offerClosed', { how: 'withdrawn' }]]);
  expect(when(driven(), ANNA, { type: 'driver.withdrawOffer' })).toEqual([]);
  const over = play(s, [ANNA, { type: 'driver.withdrawOffer' }]);
  expect(when(over, BEN, { type: 'driver.accept' })).toBe('no_offer');
});

it('[D6] keeps what was typed as a revision before the driver changes', () => {
  const offered = play(driven(), [ANNA, { type: 'driver.offer', to: BEN }]);
  expect(kinds(offered, BEN, { type: 'driver.accept' }, typed)).toEqual(['revision.cut', 'driver.started']);
  expect(kinds(offered, BEN, { type: 'driver.accept' }, { facts: { tree: TREE1 } })).toEqual(['driver.started']);
  const taken = play(offered, [HOST, { type: 'driver.take' }, typed]);
  expect(taken).toMatchObject({ offer: null, revision: 2, driver: { participant: HOST } });
  expect(taken.revisions['2']).toMatchObject({ by: ANNA, why: 'handover' });
});

it('[D7] moves to another tab of the same person, and nothing else changes', () => {
  const s = play(driven(), [ANNA, { type: 'driver.offer', to: BEN }]);
  expect(when(s, ANNA, { type: 'driver.move' }, { tab: 'anna-2', ...typed })).toEqual([
    ['driver.started', { participant: ANNA, tab: 'anna-2', how: 'moved' }],
  ]);
  const moved = play(s, [ANNA, { type: 'driver.move' }, { tab: 'anna-2', at: START + 999_000 }]);
  expect(moved).toMatchObject({ driver: { ...s.driver, tab: 'anna-2' }, offer: s.offer, revision: s.revision });
  expect(when(s, ANNA, { type: 'driver.move' }, { tab: 'anna-1' })).toEqual([]);
  expect(when(s, BEN, { type: 'driver.move' })).toBe('not_allowed');
  const host = play(start(), [HOST, { type: 'driver.take' }, { tab: 'h1' }]);
  expect(when(host, HOST, { type: 'driver.take' }, { tab: 'h2' })).toMatchObject([
    ['driver.started', { how: 'moved' }],
  ]);
});

it('[D8] is released by the driver, revoked by a facilitator, and neither while nobody drives', () => {
  const s = driven();
  expect(when(s, ANNA, { type: 'driver.release' })).toEqual([
    ['driver.stopped', { participant: ANNA, how: 'released' }],
  ]);
  expect(when(s, HOST, { type: 'driver.revoke' })).toEqual([['driver.stopped', { participant: ANNA, how: 'revoked' }]]);
  expect(when(s, HOST, { type: 'driver.release' })).toEqual([
    ['driver.stopped', { participant: ANNA, how: 'revoked' }],
  ]);
  expect(when(s, BEN, { type: 'driver.release' })).toBe('not_allowed');
  expect(when(start(), HOST, { type: 'driver.revoke' })).toBe('no_driver');
});

it('[D9] is lost by the driver whose lease expired, and by nobody else', () => {
  const s = driven();
  const lapse = { type: 'driver.lapse', participant: ANNA, tab: 'anna-1' } as const;
  expect(kinds(s, null, lapse, typed)).toEqual(['revision.cut', 'driver.stopped']);
  expect(kinds(s, null, { type: 'driver.lapse' })).toEqual(['driver.stopped']);
  expect(kinds(play(s, [HOST, { type: 'driver.take' }]), null, lapse)).toEqual([]);
  expect(kinds(play(s, [ANNA, { type: 'driver.move' }, { tab: 'anna-2' }]), null, lapse)).toEqual([]);
  expect(kinds(start(), null, lapse)).toEqual([]);
});

it('[D10] closes the offer when nobody drives any more', () => {
  const s = play(driven(), [ANNA, { type: 'driver.offer', to: BEN }]);
  expect(kinds(s, null, { type: 'driver.lapse' })).toEqual(['driver.offerClosed', 'driver.stopped']);
  expect(play(s, [ANNA, { type: 'driver.release' }])).toMatchObject({ driver: null, offer: null });
});

it('[D11] ends with its rights', () => {
  const s = play(driven(), [HOST, { type: 'driver.revoke' }]);
  expect(when(s, ANNA, { type: 'run.request' })).toBe('not_allowed');
  expect(when(s, ANNA, { type: 'driver.move' })).toBe('not_allowed');
});

it('[D12] is offered for a while only', () => {
  const s = play(driven(), [ANNA, { type: 'driver.offer', to: BEN }]);
  const at = s.offer?.at ?? 0;
  const lapse = { type: 'driver.offerLapse', to: BEN, at } as const;
  expect(when(s, null, lapse)).toEqual([['driver.offerClosed', { how: 'lapsed' }]]);
  expect(when(s, null, { ...lapse, at: at - 1 })).toEqual([]);
  expect(when(s, null, { ...lapse, to: HOST })).toEqual([]);
  const over = play(s, [null, lapse]);
  expect(when(over, BEN, { type: 'driver.accept' })).toBe('no_offer');
  expect(over.activity.at(-1)?.what).toBe('offer_expired');
  expect(when(driven(), null, lapse)).toEqual([]);
});
