// How fast is too fast: token buckets, join failures, predictions. The test owns the clock.
import { describe, expect, it } from 'vitest';
import { JoinLimit } from '#server/http/join-throttle.ts';
import { LastWins } from '#server/http/latest-only.ts';
import { ALLOWANCES, paceOfAddress, RateLimit, requestsOfAddress } from '#server/platform/rate-limit.ts';
import type { Route } from '#session-core/protocol/http-api/route.ts';
import { ROUTES } from '#session-core/protocol/http-api/routes.ts';

function clock(start = 1_000_000) {
  let at = start;
  return { now: () => at, pass: (ms: number) => (at += ms) };
}

describe('token buckets', () => {
  it('let a burst of suggestions through, then one each 10 seconds, and say how long', () => {
    const time = clock();
    const limit = new RateLimit(time.now);
    const suggest = () => limit.take('s:p1', ALLOWANCES.suggestion);
    expect(Array.from({ length: 9 }, suggest)).toEqual([...Array(8).fill(0), 10]);
    time.pass(6_000);
    expect(suggest()).toBe(4);
    time.pass(4_000);
    expect([suggest(), suggest()]).toEqual([0, 10]);
  });

  it('keep people apart', () => {
    const limit = new RateLimit(clock().now);
    for (let n = 0; n < 4; n++) expect(limit.take('guess:p1', ALLOWANCES.guess)).toBe(0);
    expect(limit.take('guess:p1', ALLOWANCES.guess)).toBe(1);
    expect(limit.take('guess:p2', ALLOWANCES.guess)).toBe(0);
  });

  it('do not punish anyone for a clock set back', () => {
    const time = clock();
    const limit = new RateLimit(time.now);
    expect(limit.take('v', ALLOWANCES.vote)).toBe(0);
    time.pass(-3_600_000);
    expect(limit.take('v', ALLOWANCES.vote)).toBe(0);
    time.pass(1_000);
    for (let n = 0; n < 5; n++) expect(limit.take('v', ALLOWANCES.vote)).toBe(0);
    expect(limit.take('v', ALLOWANCES.vote)).toBe(1);
  });

  it('forget, so that a flood of names costs bounded memory', () => {
    const limit = new RateLimit(clock().now);
    for (let n = 0; n < 60_000; n++) limit.take(`k${n}`, ALLOWANCES.any);
    expect(limit.size).toBeLessThanOrEqual(50_000);
  });
});

describe('an address', () => {
  it('may ask everything that a page asks once for each of 300 people, who each may ask it at all', () => {
    const asked = Object.entries(ROUTES as Record<string, Route>).filter(
      ([, { who }]) => who === 'anyone' || who === 'joined',
    );
    const most = (limit: NonNullable<Route['limit']>) =>
      (limit.per === 'address' ? limit : requestsOfAddress(limit, 300)).burst;
    expect(asked.filter(([, { limit }]) => limit !== undefined && most(limit) < 300).map(([name]) => name)).toEqual([]);
  });

  it('may do more where the settings let more people join from it', () => {
    expect([paceOfAddress('vote', 50), paceOfAddress('vote', 300), paceOfAddress('vote', 1_000)]).toEqual([
      { burst: 900, perSecond: 50 },
      { burst: 900, perSecond: 50 },
      { burst: 3_000, perSecond: expect.closeTo(166.7, 1) },
    ]);
    expect(requestsOfAddress({ burst: 2, perSecond: 1 / 20 }, 1_000).burst).toBe(1_000);
  });
});

describe('join failures', () => {
  const make = () => {
    const time = clock();
    const pauses: number[] = [];
    const limit = new JoinLimit({
      now: time.now,
      pause: async (ms) => {
        pauses.push(ms);
      },
    });
    return { time, pauses, limit };
  };

  /** Guesses another code each time. */
  const guess = (limit: JoinLimit, address: string, n: number) => limit.turn(address, `GUESS${n}`);

  it('are counted by address: the eleventh in a minute must wait', async () => {
    const { limit, time } = make();
    for (let n = 0; n < 10; n++) {
      expect(await limit.turn('10.0.0.1', 'CODE')).toMatchObject({ ok: true, failuresLeft: true });
      limit.failed('10.0.0.1');
      time.pass(1_000);
    }
    expect(await limit.turn('10.0.0.1', 'CODE')).toEqual({ ok: true, failuresLeft: false, seconds: 50 });
    expect(await limit.turn('10.0.0.2', 'CODE')).toMatchObject({ failuresLeft: true });
    time.pass(50_000);
    expect(await limit.turn('10.0.0.1', 'CODE')).toMatchObject({ failuresLeft: true });
  });

  it('never slow those who have not failed, and a hall that has only a little', async () => {
    const { limit, pauses } = make();
    for (let n = 0; n < 500; n++) expect((await limit.turn('nat', 'CODE')).ok).toBe(true);
    expect(pauses).toEqual([]);
    for (let n = 0; n < 40; n++) limit.failed('nat');
    const all = await Promise.all(Array.from({ length: 500 }, (_, n) => guess(limit, 'nat', n)));
    expect(all.every(({ ok }) => ok)).toBe(true);
    expect(Math.max(...pauses)).toBe(12_500);
  });

  it('make the guesser alone wait: right codes from elsewhere come in at once, however many guesses are in flight', async () => {
    const { limit, pauses } = make();
    for (let n = 0; n < 3_000; n++) limit.failed('10.9.9.9');
    const guesses = await Promise.all(Array.from({ length: 2_000 }, (_, n) => guess(limit, '10.9.9.9', n)));
    expect(guesses.filter(({ ok }) => !ok)).toHaveLength(800);
    pauses.length = 0;
    for (let n = 0; n < 300; n++)
      expect(await limit.turn(`10.0.0.${n}`, 'CODE')).toEqual({ ok: true, failuresLeft: true, seconds: 0 });
    expect(pauses).toEqual([]);
  });

  it('never shut out the hall that the guesser sits in: who types the same code waits once for all', async () => {
    const { limit, pauses } = make();
    for (let n = 0; n < 40; n++) limit.failed('hall');
    const guesses = Array.from({ length: 600 }, (_, n) => guess(limit, 'hall', n));
    const hall = Array.from({ length: 200 }, () => limit.turn('hall', 'RIGHT'));
    const more = Array.from({ length: 1_400 }, (_, n) => guess(limit, 'hall', 600 + n));
    expect((await Promise.all(hall)).every(({ ok }) => ok)).toBe(true);
    expect(pauses).toHaveLength(1_200);
    expect(pauses[600]).toBe(15_025);
    const refused = (await Promise.all([...guesses, ...more])).filter(({ ok }) => !ok);
    expect(refused).toHaveLength(801);
    expect(refused[0]).toEqual({ ok: false, seconds: 2 });
  });

  it('never make a code wait by which somebody of the same network came in, while the queue of guesses is full', async () => {
    const { limit, time } = make();
    limit.succeeded('hall', 'RIGHT');
    for (let n = 0; n < 40; n++) limit.failed('hall');
    const guesses = Array.from({ length: 1_201 }, (_, n) => guess(limit, 'hall', n));
    expect((await guesses.at(-1))?.ok).toBe(false);
    // As many comparisons as one network is allowed at once are used up by the guesses.
    expect((await limit.turn('hall', 'RIGHT')).ok).toBe(false);
    time.pass(1_000);
    const hall = await Promise.all(Array.from({ length: 200 }, () => limit.turn('hall', 'RIGHT')));
    expect(hall.filter(({ ok }) => ok)).toHaveLength(200);
    expect((await limit.turn('elsewhere', 'RIGHT')).ok).toBe(true);
  });

  it('are found for who may look, and remembered', async () => {
    const { limit } = make();
    const look = async (code: string) => (code === 'RIGHT' ? 'a session' : null);
    expect(await limit.find('hall', null, look)).toBeNull();
    expect(await limit.find('hall', 'WRONG', look)).toBeNull();
    expect(await limit.find('hall', 'RIGHT', look)).toBe('a session');
    for (let n = 0; n < 40; n++) limit.failed('hall');
    await Promise.all(Array.from({ length: 1_100 }, (_, n) => limit.find('hall', `GUESS${n}`, look)));
    expect(await limit.find('hall', 'RIGHT', look)).toBe('a session');
  });

  it('make those wait who share out their guesses among many addresses, and nobody else', async () => {
    const { limit, pauses } = make();
    for (let n = 0; n < 300; n++) limit.failed(`10.0.${n >> 8}.${n & 255}`);
    expect(await limit.turn('10.0.0.7', 'CODE')).toMatchObject({ ok: true, failuresLeft: true });
    expect(pauses).toHaveLength(1);
    await limit.turn('10.9.9.9', 'CODE');
    expect(pauses).toHaveLength(1);
  });

  it('count an IPv6 network as one', async () => {
    const { limit } = make();
    for (let n = 0; n < 10; n++) limit.failed(`2001:db8::${n}`);
    expect(await limit.turn('2001:db8::ffff', 'CODE')).toMatchObject({ failuresLeft: false });
    expect(await limit.turn('2001:db8:0:1::1', 'CODE')).toMatchObject({ failuresLeft: true });
  });
});

describe('predictions', () => {
  it('are answered a few a second; of those that wait the newest wins', async () => {
    const turns = new LastWins(20, Date.now);
    expect(await turns.turn('p1')).toBe(true);
    const waiting = [turns.turn('p1'), turns.turn('p1'), turns.turn('p1')];
    expect(await turns.turn('p2')).toBe(true);
    expect(await Promise.all(waiting)).toEqual([false, false, true]);
  });
});
