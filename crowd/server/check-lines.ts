// The checks of a suggestion's patch as lines of a terminal: one with all marks, then what was found, with its place.
import { CHECKS, type CheckName, type CheckState } from '#session-core/model/checks.ts';
import type { SuggestionView } from '#session-core/view/view-types.ts';
import { shown } from '../program/output.ts';

type ChecksView = NonNullable<SuggestionView['checks']>;

const STATES: Readonly<Record<CheckState, string>> = {
  passed: 'passed',
  warning: 'passed with a warning',
  failed: 'FAILED',
  running: 'running',
  waiting: 'not asked for',
  absent: 'nothing to check',
  unchecked: 'ended by a limit',
};

/** The server looks at these of every patch by itself; the others are those of a preview, which is asked for. */
const OF_CODE: readonly CheckName[] = ['types', 'style'];

export const checksOver = (checks: ChecksView | undefined): boolean =>
  checks === undefined ||
  (CHECKS.every((name) => checks[name].state !== 'running') &&
    OF_CODE.every((name) => checks[name].state !== 'waiting'));

const stateText = (name: CheckName, state: CheckState): string =>
  state === 'waiting' && OF_CODE.includes(name) ? 'not finished yet' : STATES[state];

export const checksFailed = (checks: ChecksView | undefined): boolean =>
  checks !== undefined && CHECKS.some((name) => checks[name].state === 'failed');

export function checkLines(checks: ChecksView): string[] {
  const lines = [`checks: ${CHECKS.map((name) => `${name} ${stateText(name, checks[name].state)}`).join(', ')}`];
  for (const name of CHECKS) {
    const { problems = [], count = problems.length, known = 0 } = checks[name];
    for (const { file, line, column, code, fix } of problems)
      lines.push(
        `  ${shown(file)}:${line}:${column} ${shown(code)}${fix === true ? ' (can be formatted in the session)' : ''}`,
      );
    if (count > problems.length) lines.push(`  and ${count - problems.length} more of ${name}`);
    if (known > 0) lines.push(`  ${known} of ${name} are in the code without your changes, too`);
  }
  return lines;
}
