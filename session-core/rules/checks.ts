// The checks of a patch: types, format and lint are found by the server without a run; tests, leakage and preview are read
// off its newest preview. Invariant: a result is recorded only if it differs from the last one, or where one is required of
// another revision; never for an earlier version of the patch.
import { CHECKS, type CheckName, type CheckState, type CodeCheck } from '../model/checks.ts';
import { cannotServe, isChecking, isLeakCheckCutOff } from '../model/findings.ts';
import type { Run, SessionState, Suggestion } from '../model/state.ts';
import type { Tree } from '../model/types.ts';
import { given, own } from '../util/immutable-map.ts';
import type { Deciders, Evolvers, Outcome } from './decider.ts';
import { happened, newEvent, noChange, refused } from './decider.ts';
import { patchFault } from './duplicate-patch.ts';
import { mayAsk, sameContent } from './preview.ts';
import { currentTree } from './revision.ts';
import { unfinished } from './run.ts';
import { changeSuggestion, seen, unknown } from './suggestion.ts';

const FIRST_VERSION = 1;

export const versionOf = ({ version }: Suggestion): number => version ?? FIRST_VERSION;

const waits = ({ status }: Suggestion): boolean => status === 'open' || status === 'pending';

const stateOfCode = (check: CodeCheck | undefined): CheckState => check?.result ?? 'waiting';

/** A run that ended well has a model; whether it answers is asked, too. */
function stateOfServed({ report, cleared }: Run): CheckState {
  const faults = report?.findings.filter((finding) => cannotServe([finding])) ?? [];
  if (faults.length === 0) return 'passed';
  return cleared !== true && faults.some(({ level }) => level === 'alarm') ? 'failed' : 'warning';
}

/** A preview that ended without a result says nothing about its tests or leaks. */
function stateOfRun(run: Run | undefined, of: 'tests' | 'leakage' | 'preview'): CheckState {
  if (!run || run.status === 'cancelled' || run.status === 'interrupted') return 'waiting';
  if (unfinished(run)) return 'running';
  const { report } = run;
  if (run.status === 'failed' || !report) return of === 'preview' ? 'failed' : 'unchecked';
  if (of === 'preview') return stateOfServed(run);
  if (of === 'tests') {
    if (!report.tests) return 'absent';
    return report.tests.failed > 0 || report.tests.error !== undefined ? 'failed' : 'passed';
  }
  if (isChecking(run)) return 'running';
  const leaks = report.findings.filter(({ code }) => code.startsWith('leak'));
  if (leaks.some(({ level }) => level === 'alarm')) return run.cleared ? 'warning' : 'failed';
  if (isLeakCheckCutOff(run)) return 'unchecked';
  // What cannot be asked of this code at all is no reason to refuse it: the finding says so.
  return leaks.some(({ code, level }) => level === 'warning' || code === 'leak-unchecked') ? 'warning' : 'passed';
}

/** undefined: it has no patch. */
export function checkStates(
  state: SessionState,
  card: Suggestion,
): Readonly<Record<CheckName, CheckState>> | undefined {
  if (!card.patch) return undefined;
  const run = own(state.runs, card.previews.at(-1));
  return {
    types: stateOfCode(card.checks?.types),
    style: stateOfCode(card.checks?.style),
    tests: stateOfRun(run, 'tests'),
    leakage: stateOfRun(run, 'leakage'),
    preview: stateOfRun(run, 'preview'),
  };
}

const LETS_PASS: ReadonlySet<CheckState> = new Set(['passed', 'warning', 'absent']);

/** Types or style has to pass before a patch is applied. */
export const requiresCodeChecks = ({ settings }: SessionState): boolean =>
  settings.requiredChecks.some((name) => name === 'types' || name === 'style');

/** What was found with other code does not count: it waits to be checked again. @param tree what would be applied */
function stateNow(
  state: SessionState,
  card: Suggestion,
  of: { readonly name: CheckName; readonly tree: Tree },
): CheckState {
  const { name, tree } = of;
  const found = checkStates(state, card)?.[name] ?? 'waiting';
  if (name !== 'types' && name !== 'style') {
    const run = own(state.runs, card.previews.at(-1));
    return run && sameContent(run.tree, tree) ? found : 'waiting';
  }
  const check = card.checks?.[name];
  // Nobody waits for what this server cannot do.
  if (check?.result === 'unchecked' && check.why === 'missing') return 'absent';
  const checked = own(state.revisions, String(card.checkedOn));
  return checked && sameContent(checked.tree, currentTree(state)) ? found : 'waiting';
}

/** Why the settings do not let its patch be applied yet, if they do not. @param tree the workspace with it */
export function requiredCheckFault(state: SessionState, card: Suggestion, tree: Tree): Outcome | null {
  for (const check of CHECKS) {
    if (!state.settings.requiredChecks.includes(check)) continue;
    const found = stateNow(state, card, { name: check, tree });
    if (!LETS_PASS.has(found)) return refused('check_required', { check, state: found });
  }
  return null;
}

export const checkDeciders: Deciders<'suggestion.fix' | 'patch.check'> = {
  'suggestion.fix': (state, { suggestion }, meta) => {
    const card = seen(state, suggestion, meta);
    if (!card) return unknown(suggestion);
    if (!mayAsk(state, card, meta)) return refused('not_allowed', { who: 'authorDriverOrFacilitator' });
    if (!card.patch) return refused('no_patch');
    if (!waits(card)) return refused('wrong_status', { status: card.status, wanted: 'openOrPending' });
    const patch = meta.facts?.fix;
    if (!patch) return refused('nothing_to_fix');
    const fault = patchFault(state, patch);
    if (fault) return refused('patch_invalid', { revision: patch.revision, ...fault });
    return happened(newEvent('suggestion.fixed', { suggestion, patch }));
  },

  'patch.check': (state, { suggestion, version, revision, checks }) => {
    const card = own(state.suggestions, suggestion);
    if (!card?.patch || !waits(card) || versionOf(card) !== version) return noChange;
    const isOther = requiresCodeChecks(state) && card.checkedOn !== revision;
    if (!isOther && JSON.stringify(card.checks) === JSON.stringify(checks)) return noChange;
    return happened(newEvent('patch.checked', { suggestion, revision, checks }));
  },
};

export const checkEvolvers: Evolvers<'suggestion.fixed' | 'patch.checked'> = {
  /** Its previews were of the former version. */
  'suggestion.fixed': (state, { payload: { suggestion, patch } }) =>
    changeSuggestion(
      state,
      suggestion,
      ({ checks: _, checkedOn: __, previewAgainst: ___, previewComparison: ____, ...card }) => ({
        ...card,
        patch,
        version: versionOf(card) + 1,
        mergeState: { state: 'clean' },
        previews: [],
      }),
    ),

  'patch.checked': (state, { payload: { suggestion, revision, checks } }) =>
    changeSuggestion(state, suggestion, (card) => ({ ...card, checks, ...given({ checkedOn: revision }) })),
};
