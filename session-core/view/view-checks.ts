// The checks of a patch, and of the code itself, as a page may show them.
import type { CheckName, CheckState, CodeCheck, CodeProblem, WhyUnchecked } from '../model/checks.ts';
import type { SessionState, Suggestion } from '../model/state.ts';
import { checkStates } from '../rules/checks.ts';

/** What a check found; problems of types, format and lint alone. */
export interface CheckView {
  readonly state: CheckState;
  /** The first of `count`. */
  readonly problems?: readonly CodeProblem[];
  readonly count?: number;
  /** Further ones, which the code without the patch has, too. */
  readonly known?: number;
  readonly why?: WhyUnchecked;
}
/** Types, format and lint of the code itself. */
export interface CodeStateView {
  /** Which was checked; the newest may not be yet. */
  readonly revision: number;
  readonly types: CheckView;
  readonly style: CheckView;
}
export type ChecksView = Readonly<Record<CheckName, CheckView>>;

export function codeCheckView(found: CodeCheck | undefined): CheckView {
  if (found === undefined) return { state: 'waiting' };
  const { result, ...facts } = found;
  return { state: result, ...facts };
}

export function checksView(state: SessionState, card: Suggestion): ChecksView | undefined {
  const states = checkStates(state, card);
  if (!states) return undefined;
  const { tests, leakage, preview } = states;
  return {
    types: codeCheckView(card.checks?.types),
    style: codeCheckView(card.checks?.style),
    tests: { state: tests },
    leakage: { state: leakage },
    preview: { state: preview },
  };
}
