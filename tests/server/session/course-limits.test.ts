// The operator's cap on what a course gives its runs.
import { expect, it } from 'vitest';
import { withinLimits } from '#server/session/runs/course-limits.ts';
import { NO_DATA } from '../../support/registry-kit.ts';

const MOST = { seconds: 60, memoryMb: 600 };

it.each([
  [
    'all above it',
    { stageMs: 90_000, runMs: 300_000, memoryMb: 2_048 },
    { stageMs: 60_000, runMs: 60_000, memoryMb: 600 },
  ],
  [
    'all below it',
    { stageMs: 30_000, runMs: 50_000, memoryMb: 500 },
    { stageMs: 30_000, runMs: 50_000, memoryMb: 500 },
  ],
  ['one alone, and what is not capped', { runMs: 90_000, outBytes: 9 }, { runMs: 60_000, outBytes: 9 }],
  ['none', {}, {}],
])('of a course that sets %s', (_what, limits, expected) => {
  expect(withinLimits({ ...NO_DATA, limits }, MOST).limits).toEqual(expected);
});

it('leaves a course alone where the operator says nothing', () => {
  const data = { ...NO_DATA, limits: { runMs: 300_000 } };
  expect(withinLimits(data, undefined)).toBe(data);
});
