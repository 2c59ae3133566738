// What `crowd suggest` waits for and prints of the checks of a patch.
import { expect, it } from 'vitest';
import { checkLines, checksFailed, checksOver } from '#crowd/server/check-lines.ts';
import type { CheckState } from '#session-core/model/checks.ts';

const checks = (...states: readonly CheckState[]) => {
  const [types, style, tests, leakage, preview] = states.map((state) => ({ state }));
  return { types: types!, style: style!, tests: tests!, leakage: leakage!, preview: preview! };
};

it.each<[boolean, readonly CheckState[]]>([
  [false, ['waiting', 'waiting', 'passed', 'failed', 'passed']],
  [false, ['passed', 'waiting', 'passed', 'passed', 'passed']],
  [false, ['passed', 'passed', 'running', 'running', 'running']],
  // A preview that nobody asks for does not come.
  [true, ['passed', 'failed', 'waiting', 'waiting', 'waiting']],
  [true, ['unchecked', 'unchecked', 'absent', 'passed', 'passed']],
])('is over: %s, with %j', (isOver, states) => {
  expect(checksOver(checks(...states))).toBe(isOver);
});

it('says which check has not ended, and which nobody asked for', () => {
  const found = checks('waiting', 'failed', 'waiting', 'waiting', 'waiting');
  expect(checkLines(found)).toEqual([
    'checks: types not finished yet, style FAILED, tests not asked for, leakage not asked for, preview not asked for',
  ]);
  expect(checksFailed(found)).toBe(true);
});
