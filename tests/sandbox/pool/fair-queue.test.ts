// Fair turns as bookkeeping: properties over random arrivals and ends.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FairQueue, MOST_WAITING_PER_SESSION, type Waiting } from '#sandbox/pool/fair-queue.ts';

const arrival = fc.record({
  sessionId: fc.constantFrom('a', 'b', 'c', 'd'),
  kind: fc.constantFrom('main' as const, 'check' as const, 'preview' as const, 'background' as const),
});
const step = fc.oneof({ weight: 3, arbitrary: arrival }, { weight: 2, arbitrary: fc.constant('end' as const) });

describe('the queue', () => {
  it('never runs two mains of a session, nor more than its places, and starts everyone in the end', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 4 }), (steps, places) => {
        const queue = new FairQueue<Waiting>(places);
        const running: Waiting[] = [];
        let accepted = 0;
        let started = 0;
        const drain = () => {
          for (let item = queue.start(); item !== undefined; item = queue.start()) {
            running.push(item);
            started++;
          }
          const mains = running.filter((item) => item.kind === 'main').map((item) => item.sessionId);
          expect(new Set(mains).size).toBe(mains.length);
          const checks = running.filter((item) => item.kind === 'check');
          const placed = running.filter((item) => item.kind !== 'check');
          expect(placed.length).toBeLessThanOrEqual(places);
          expect(checks.length).toBeLessThanOrEqual(Math.max(1, places - 1));
          if (places > 1) expect(placed.filter((item) => item.kind !== 'main').length).toBeLessThan(places);
        };
        for (const next of steps) {
          if (next === 'end') {
            const ended = running.shift();
            if (ended !== undefined) queue.end(ended);
          } else if (queue.add({ ...next })) accepted++;
          drain();
        }
        while (running.length > 0) {
          queue.end(running.shift()!);
          drain();
        }
        expect(started).toBe(accepted);
        expect(queue.queued).toBe(0);
      }),
    );
  });

  it('a check that takes long holds up neither main runs nor previews, and they do not hold it up', () => {
    const queue = new FairQueue<Waiting>(2);
    const items = (['check', 'preview', 'main'] as const).map((kind) => ({ sessionId: 'a', kind }));
    for (const item of items) expect(queue.add(item)).toBe(true);
    expect([queue.start(), queue.start(), queue.start()].map((item) => item?.kind)).toEqual([
      'check',
      'main',
      'preview',
    ]);
  });

  it('main runs go before previews, checks beside them, and sessions take turns', () => {
    const queue = new FairQueue<Waiting & { name: string }>(1);
    const add = (sessionId: string, kind: Waiting['kind'], name: string) => queue.add({ sessionId, kind, name });
    add('a', 'preview', 'a-preview');
    add('b', 'check', 'b-check');
    for (const n of [1, 2, 3]) add('a', 'main', `a${n}`);
    add('b', 'main', 'b1');
    add('c', 'main', 'c1');
    const positions = [...queue.positions()].sort((x, y) => x[1] - y[1]).map(([item]) => item.name);
    const order: string[] = [];
    for (let item = queue.start(); item !== undefined; item = queue.start()) {
      order.push(item.name);
      queue.end(item);
    }
    expect(order).toEqual(['b-check', 'a1', 'c1', 'b1', 'a2', 'a3', 'a-preview']);
    expect(positions).toEqual(['a1', 'b1', 'c1', 'a2', 'a3', 'a-preview']);
  });

  it('the positions are the order in which all of them would start, one after the other', () => {
    const kind = fc.constantFrom<Waiting['kind']>('main', 'preview', 'expression', 'background');
    const added = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), kind, fc.boolean());
    fc.assert(
      fc.property(fc.array(added, { maxLength: 30 }), (all) => {
        const queue = new FairQueue<Waiting>(2);
        for (const [sessionId, kind, startsOne] of all) {
          queue.add({ sessionId, kind });
          const started = startsOne ? queue.start() : undefined;
          if (started !== undefined) queue.end(started);
        }
        const positions = [...queue.positions()].sort((x, y) => x[1] - y[1]).map(([item]) => item);
        const order: Waiting[] = [];
        for (let item = queue.start(); item !== undefined; item = queue.start()) {
          order.push(item);
          queue.end(item);
        }
        expect(positions).toEqual(order);
      }),
    );
  });

  it('what is in the background begins alone, and is in the way of whatever comes', () => {
    const queue = new FairQueue<Waiting>(4);
    const background: Waiting = { sessionId: 'a', kind: 'background' };
    const other: Waiting = { sessionId: 'a', kind: 'background' };
    for (const one of [background, other]) queue.add(one);
    expect(queue.start()).toBe(background);
    expect(queue.start()).toBeUndefined();
    expect(queue.inTheWay()).toEqual([]);
    for (const kind of ['main', 'check', 'preview'] as const) {
      const item: Waiting = { sessionId: 'b', kind };
      queue.add(item);
      expect(queue.inTheWay()).toEqual([background]);
      expect(queue.start()).toBe(item);
      expect(queue.inTheWay()).toEqual([background]);
      queue.end(item);
    }
    queue.end(background);
    const main: Waiting = { sessionId: 'b', kind: 'main' };
    queue.add(main);
    expect([queue.start(), queue.start()]).toEqual([main, undefined]);
    queue.end(main);
    expect(queue.start()).toBe(other);
  });

  it('is bounded for each session', () => {
    const queue = new FairQueue<Waiting>(1);
    const added = Array.from({ length: MOST_WAITING_PER_SESSION + 5 }, () =>
      queue.add({ sessionId: 'a', kind: 'main' }),
    );
    expect(added.filter(Boolean).length).toBe(MOST_WAITING_PER_SESSION);
  });
});

it('holds back what is beyond so many of a kind and session at a time, and nothing else for it', () => {
  const queue = new FairQueue<Waiting>(Number.POSITIVE_INFINITY, 2);
  const started = () => {
    const items: Waiting[] = [];
    for (let item = queue.start(); item !== undefined; item = queue.start()) items.push(item);
    return items;
  };
  const add = (sessionId: string, kind: Waiting['kind']) => queue.add({ sessionId, kind });
  for (let i = 0; i < 3; i++) add('a', 'preview');
  for (let i = 0; i < 3; i++) add('a', 'expression');
  for (let i = 0; i < 2; i++) add('a', 'main');
  add('b', 'preview');
  const first = started();
  expect(first.map(({ sessionId, kind }) => `${sessionId} ${kind}`).sort()).toEqual(
    ['a main', 'a preview', 'a preview', 'a expression', 'a expression', 'b preview'].sort(),
  );
  expect(queue.queued).toBe(3);
  queue.end(first.find(({ kind }) => kind === 'main')!);
  expect(started()).toEqual([{ sessionId: 'a', kind: 'main' }]);
});
