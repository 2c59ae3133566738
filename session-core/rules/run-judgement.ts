// Which results count: not before their checks have ended; a facilitator strikes a run, or clears one that the checks found
// suspect, and takes either back.
// Invariant: a run that does not count is never the best, the last, or what another run is compared with; runs that were
// compared with it are compared anew in the same step.

import type { RunFinding } from '#pipeline-core/core/report.ts';
import { counts, isChecking, isSuspect } from '../model/findings.ts';
import { LIMITS } from '../model/limits.ts';
import type { Run, SessionState } from '../model/state.ts';
import type { Against, Id } from '../model/types.ts';
import { cleanText, lengthOf } from '../text/clean-text.ts';
import { given, own, put } from '../util/immutable-map.ts';
import type { Deciders, Evolvers } from './decider.ts';
import { happened, newEvent, noChange, refused } from './decider.ts';
import { newestSucceeded } from './run.ts';

type Comparisons = Readonly<Record<Id, Against | null>>;
/** What a facilitator decided about a run, or its checks found. */
export type Judgement =
  | { readonly type: 'run.strike' | 'run.unstrike'; readonly run: Id }
  | { readonly type: 'run.clear'; readonly run: Id; readonly cleared: boolean }
  | { readonly type: 'run.check'; readonly run: Id; readonly findings: readonly RunFinding[] };

const isOfMain = ({ kind, status }: Run) => kind === 'main' && status === 'succeeded';

/** Main runs that another run is the base of after the judgement, with it; undefined: none is. */
export function basesAfter(state: SessionState, judgement: Judgement): ReadonlyMap<Id, Id | undefined> {
  const run = own(state.runs, judgement.run);
  if (!run) return new Map();
  const judged = afterJudgement(run, judgement);
  if (counts(judged) === counts(run)) return new Map();
  const after = { ...state, runs: put(state.runs, judgement.run, judged) };
  return new Map(
    Object.entries(state.runs).flatMap(([id, one]) => {
      const base = newestSucceeded(after, id)?.[0];
      return isOfMain(one) && base !== newestSucceeded(state, id)?.[0] ? [[id, base] as const] : [];
    }),
  );
}

function afterJudgement(run: Run, judgement: Judgement): Run {
  const { struck: _, cleared: __, ...plain } = run;
  switch (judgement.type) {
    case 'run.strike':
      return { ...run, struck: { reason: '', by: null, at: 0 } };
    case 'run.unstrike':
      return { ...plain, ...given({ cleared: run.cleared }) };
    case 'run.clear':
      return { ...plain, ...given({ struck: run.struck }), ...(judgement.cleared ? { cleared: true } : {}) };
    case 'run.check':
      return checked(run, judgement.findings);
  }
}

function checked(run: Run, found: readonly RunFinding[]): Run {
  if (!run.report) return run;
  const { checking: _, ...report } = run.report;
  return { ...run, report: { ...report, findings: [...report.findings, ...found] } };
}

export const judgementDeciders: Deciders<'run.strike' | 'run.unstrike' | 'run.clear' | 'run.check'> = {
  'run.strike': (state, { run, reason: raw }, meta) => {
    const found = own(state.runs, run);
    if (found?.kind !== 'main') return refused('not_found', { what: 'run', id: run });
    if (found.status !== 'succeeded') return refused('no_result');
    const reason = cleanText(raw);
    const length = lengthOf(reason);
    if (length < 1 || length > LIMITS.reason)
      return refused('invalid', { fault: 'reason_length', most: LIMITS.reason });
    if (found.struck?.reason === reason) return noChange;
    return happened(newEvent('run.struck', { run, reason, ...given({ comparisons: meta.facts?.comparisons }) }));
  },

  'run.unstrike': (state, { run }, meta) => {
    const found = own(state.runs, run);
    if (found?.kind !== 'main') return refused('not_found', { what: 'run', id: run });
    if (found.struck === undefined) return noChange;
    return happened(newEvent('run.unstruck', { run, ...given({ comparisons: meta.facts?.comparisons }) }));
  },

  'run.clear': (state, { run, cleared }, meta) => {
    const found = own(state.runs, run);
    // A private preview is its author's alone.
    if (!found || (found.kind === 'preview' && found.suggestion === undefined))
      return refused('not_found', { what: 'run', id: run });
    if (found.status !== 'succeeded') return refused('no_result');
    const { cleared: _, ...before } = found;
    if ((found.cleared === true) === cleared || !isSuspect(before)) return noChange;
    return happened(newEvent('run.cleared', { run, cleared, ...given({ comparisons: meta.facts?.comparisons }) }));
  },

  'run.check': (state, { run, findings }, meta) => {
    const found = own(state.runs, run);
    if (!found || !isChecking(found)) return noChange;
    return happened(newEvent('run.checked', { run, findings, ...given({ comparisons: meta.facts?.comparisons }) }));
  },
};

function change(
  state: SessionState,
  { run: id, comparisons = {} }: { readonly run: Id; readonly comparisons?: Comparisons },
  judge: (run: Run) => Run,
): SessionState {
  const run = own(state.runs, id);
  if (!run) return state;
  let runs = put(state.runs, id, judge(run));
  for (const [other, comparison] of Object.entries(comparisons)) {
    const found = own(runs, other);
    if (!found?.report) continue;
    const { comparison: _, ...report } = found.report;
    runs = put(runs, other, { ...found, report: comparison === null ? report : { ...report, comparison } });
  }
  return { ...state, runs };
}

export const judgementEvolvers: Evolvers<'run.struck' | 'run.unstruck' | 'run.cleared' | 'run.checked'> = {
  'run.checked': (state, { payload }) => change(state, payload, (run) => checked(run, payload.findings)),
  'run.struck': (state, { at, by, payload }) =>
    change(state, payload, (run) => ({ ...run, struck: { reason: payload.reason, by, at } })),
  'run.unstruck': (state, { payload }) => change(state, payload, ({ struck: _, ...run }) => run),
  'run.cleared': (state, { payload }) =>
    change(state, payload, ({ cleared: _, ...run }) => (payload.cleared ? { ...run, cleared: true } : run)),
};
