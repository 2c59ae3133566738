// The facts of the summary page: what counts as a step, whose name is given, and in what order.
import { describe, expect, it } from 'vitest';
import { summaryOf } from '#session-core/client/summary.ts';
import type { PublicView, RunView, SuggestionView } from '#session-core/view/view-types.ts';
import { TASK } from '../kit.ts';

const person = (displayName: string, credit?: string) => ({
  displayName,
  online: true,
  facilitator: false,
  ...(credit === undefined ? {} : { credit }),
});
const run = (number: number, score: number, more: Partial<RunView> = {}) =>
  ({
    id: `r${number}`,
    kind: 'main',
    number,
    status: 'succeeded',
    revision: number,
    metrics: { 'cv.rmse': score },
    findings: [],
    stages: [],
    requestedAt: number,
    ...more,
  }) as unknown as RunView;
const card = (id: string, author: string, more: Partial<SuggestionView> = {}) =>
  ({ id, author, text: id, status: 'open', votes: 1, pinned: false, at: 1, ...more }) as SuggestionView;
const applied = (run: string, at: number) => ({ how: 'patch', from: 1, to: 2, at, run }) as const;

const VIEW = {
  task: TASK,
  participants: {
    p1: { ...person('Facilitator'), facilitator: true },
    p2: person('Calm Otter', 'Ada Lovelace'),
    p3: person('Brisk Heron'),
    p4: person('Amber Fox', 'Grace Hopper'),
  },
  people: { all: 4, guests: 3, online: 3 },
  runs: {
    r3: run(3, 2.5, { suspect: true }),
    r1: run(1, 2.9),
    r2: run(2, 2.7),
    r4: run(4, 2.6),
    x: { ...run(5, 1), kind: 'preview' },
    f: run(6, 1, { status: 'failed' }),
  },
  suggestions: {
    a: card('a', 'p2', { status: 'accepted', votes: 4, accepted: applied('r2', 20) }),
    b: card('b', 'p3', { status: 'accepted', votes: 9, accepted: applied('r2', 10) }),
    c: card('c', 'p4', { votes: 7 }),
    d: card('d', 'p2', { votes: 2 }),
  },
} as unknown as Pick<PublicView, 'participants' | 'people' | 'suggestions' | 'runs' | 'task'>;

describe('the summary of a session', () => {
  const summary = summaryOf(VIEW);

  it('has a step for each main run that counts, with what was applied in the order of the applying', () => {
    expect(summary.steps.map(({ run, score, applied }) => [run.number, score, applied.map(({ id }) => id)])).toEqual([
      [1, 2.9, []],
      [2, 2.7, ['b', 'a']],
      [4, 2.6, []],
    ]);
  });

  it('names only who asked for it, those with more applied first', () => {
    expect(summary.contributors).toEqual([
      { credit: 'Ada Lovelace', applied: 1, votes: 6 },
      { credit: 'Grace Hopper', applied: 0, votes: 7 },
    ]);
    expect(summary.unnamed).toBe(1);
    expect(JSON.stringify(summary.contributors)).not.toMatch(/Heron|Otter|Fox/);
  });

  it('counts people without facilitators, and all runs of the room', () => {
    expect(summary).toMatchObject({ people: 3, suggestions: 4, applied: 2, votes: 22, runs: 5 });
  });
});
