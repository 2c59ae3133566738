// A replay by itself: the code of each moment, what changed, the order of suggestions, and how the time goes by.
import { describe, expect, it } from 'vitest';
import { codeSteps, frameAt, timelineOf } from '#session-core/client/replay.ts';
import type { Replay } from '#session-core/protocol/http-api/replay-routes.ts';

const MINUTE = 60_000;
const run = (
  number: number,
  endedAt: number,
  score: number,
  outcome: Replay['runs'][number]['outcome'] = 'better',
) => ({
  number,
  revision: number,
  startedAt: endedAt - 1_000,
  endedAt,
  outcome,
  metric: 'cv.rmse',
  unit: 'points',
  direction: 'lower' as const,
  score,
});
const REPLAY: Replay = {
  title: 'Flats',
  sentence: 'Predict a price.',
  from: 0,
  to: 45 * MINUTE,
  ended: true,
  revisions: [
    {
      n: 1,
      at: 0,
      why: 'start',
      files: [
        { path: 'a.ts', hunks: [{ fromLine: 1, removed: [], added: ['one', 'two', 'three'] }] },
        { path: 'b.ts', hunks: [{ fromLine: 1, removed: [], added: ['b'] }] },
      ],
    },
    {
      n: 2,
      at: 10 * MINUTE,
      why: 'patch',
      suggestion: 's1',
      files: [
        {
          path: 'a.ts',
          hunks: [
            { fromLine: 1, removed: [], added: ['zero'] },
            { fromLine: 3, removed: ['three'], added: ['THREE', 'four'] },
          ],
        },
      ],
    },
    {
      n: 3,
      at: 20 * MINUTE,
      why: 'pause',
      files: [{ path: 'b.ts', hunks: [{ fromLine: 1, removed: ['b'], added: [] }] }],
    },
  ],
  suggestions: [
    {
      id: 's1',
      text: 'Four',
      at: 2 * MINUTE,
      appliedAt: 10 * MINUTE,
      hasPatch: true,
      votes: [{ at: 2 * MINUTE, n: 1 }],
    },
    {
      id: 's2',
      text: 'Five',
      at: 3 * MINUTE,
      hasPatch: false,
      votes: [
        { at: 3 * MINUTE, n: 1 },
        { at: 4 * MINUTE, n: 3 },
      ],
    },
  ],
  runs: [
    run(1, MINUTE, 3),
    run(2, 11 * MINUTE, 2.5),
    run(3, 21 * MINUTE, 1, 'suspect'),
    run(4, 22 * MINUTE, 2.7, 'worse'),
  ],
};
const steps = codeSteps(REPLAY);
const at = (minutes: number) => frameAt(REPLAY, steps, minutes * MINUTE);

it('has the whole code of each moment, and the lines that a revision brought', () => {
  expect(steps.map(({ files }) => files)).toEqual([
    { 'a.ts': 'one\ntwo\nthree', 'b.ts': 'b' },
    { 'a.ts': 'zero\none\ntwo\nTHREE\nfour', 'b.ts': 'b' },
    { 'a.ts': 'zero\none\ntwo\nTHREE\nfour' },
  ]);
  expect(steps[1]?.changes).toEqual([
    { path: 'a.ts', fromLine: 1, toLine: 1 },
    { path: 'a.ts', fromLine: 4, toLine: 5 },
  ]);
  expect([at(9).code?.n, at(10).code?.n, at(30).code?.n]).toEqual([1, 2, 3]);
});

it('shows suggestions from when they came, open ones by their votes of that moment, then applied ones', () => {
  expect(at(1).suggestions).toEqual([]);
  expect(at(3).suggestions.map(({ id, votes }) => [id, votes])).toEqual([
    ['s1', 1],
    ['s2', 1],
  ]);
  expect(at(5).suggestions.map(({ id, votes }) => [id, votes])).toEqual([
    ['s2', 3],
    ['s1', 1],
  ]);
  expect(at(10).suggestions.map(({ id, applied }) => [id, applied])).toEqual([
    ['s2', false],
    ['s1', true],
  ]);
});

it('has the last score and the best one of those that count', () => {
  expect([at(0.5).last, at(0.999).running?.number]).toEqual([undefined, 1]);
  expect([at(11).last?.number, at(11).best?.number]).toEqual([2, 2]);
  expect([at(21.5).runs.length, at(21.5).last?.number]).toEqual([3, 2]);
  expect([at(23).last?.number, at(23).best?.number]).toEqual([4, 2]);
});

describe('the time', () => {
  it('goes by 45 times as fast, long pauses excepted, and back and forth', () => {
    const dense: Replay = {
      ...REPLAY,
      runs: Array.from({ length: 45 }, (_, i) => run(i + 1, (i + 1) * MINUTE, 3)),
    };
    const line = timelineOf(dense);
    expect(line.playOf(45 * MINUTE)).toBeCloseTo(MINUTE);
    for (const minutes of [0, 1, 7.5, 44.9])
      expect(line.at(line.playOf(minutes * MINUTE))).toBeCloseTo(minutes * MINUTE);
    const pause = timelineOf({ ...REPLAY, runs: [run(1, MINUTE, 3), run(2, 100 * MINUTE, 2)] });
    expect(pause.length).toBeLessThan(MINUTE / 2);
    expect(pause.at(pause.length)).toBe(100 * MINUTE);
  });

  it('is there for a session in which nothing has happened', () => {
    const none = { ...REPLAY, revisions: [], suggestions: [], runs: [] };
    expect(timelineOf(none).at(5)).toBe(0);
    expect(frameAt(none, [], 5)).toMatchObject({ code: undefined, suggestions: [], runs: [] });
  });
});
