// Runs and revisions as a page may show them, and who may see which run.
// Invariant: a preview is visible to whoever sees its suggestion, a draft's preview to its author alone; the hold-out score
// only if the settings show it; trees, patches and closed guesses never leave the server.

import { isChecking, isSuspect } from '../model/findings.ts';
import type { Run, SessionState } from '../model/state.ts';
import type { Id } from '../model/types.ts';
import { isPublic } from '../rules/suggestion.ts';
import { given, own } from '../util/immutable-map.ts';
import { shared } from '../util/memoize.ts';
import type { Audience, PublicView, RunView } from './view-types.ts';

/** Of automatic revisions (typing paused, somebody opened the code) only the newest are shown: hours of typing make thousands. */
const PASSING_SHOWN = 20;

export const showsHoldout = ({ settings }: SessionState): boolean =>
  settings.holdout === 'shown' || (settings.holdout === 'hidden' && settings.reveal);

/** Whether this audience may see the run, its log and its report. */
export function maySeeRun(state: SessionState, id: Id, audience: Audience): boolean {
  const run = own(state.runs, id);
  if (!run) return false;
  const me = audience.kind === 'you' ? audience.participant : undefined;
  if (me !== undefined && (run.draftOf === me || own(state.drafts, me)?.run === id)) return true;
  const facilitator = audience.kind === 'facilitator' || own(state.participants, me)?.facilitator === true;
  const cards =
    run.kind === 'main' ? [] : Object.values(state.suggestions).filter(({ previews }) => previews.includes(id));
  if (run.kind === 'main' || cards.some(isPublic)) return true;
  if (run.draftOf === undefined && facilitator) return true;
  return cards.some((card) => card.author === me || facilitator);
}

const runs = shared<RunView>();

export function runView(state: SessionState, id: Id, run: Run): RunView {
  const holdout = showsHoldout(state);
  return runs(run, [holdout], () => {
    const {
      kind,
      number,
      suggestion,
      status,
      revision,
      why,
      by,
      report,
      guesses,
      requestedAt,
      startedAt,
      endedAt,
      struck,
      cleared,
    } = run;
    return {
      id,
      kind,
      status,
      revision,
      why,
      by,
      requestedAt,
      stages: report?.stages ?? [],
      metrics: report?.metrics ?? {},
      findings: report?.findings ?? [],
      ...given({
        number,
        suggestion,
        startedAt,
        endedAt,
        guesses,
        error: report?.error,
        tests: report?.tests,
        comparison: isChecking(run) ? undefined : report?.comparison,
        series: report?.evaluation?.series,
        struck,
        cleared,
        checking: isChecking(run) ? (true as const) : undefined,
        suspect: isSuspect(run) ? (true as const) : undefined,
        detail: report?.detail,
        ms: report?.ms,
        holdout: holdout ? report?.holdout : undefined,
      }),
    };
  });
}

const runTables = { public: shared<PublicView['runs']>(), facilitator: shared<PublicView['runs']>() };

/** All runs the audience may see, except drafts: those are in their author's own part. */
export function runsView(state: SessionState, kind: 'public' | 'facilitator'): PublicView['runs'] {
  const parts = [showsHoldout(state), kind === 'public' ? state.suggestions : null];
  return runTables[kind](state.runs, parts, () => {
    const shown = Object.entries(state.runs).filter(([, run]) => {
      if (run.kind === 'main') return true;
      if (run.draftOf !== undefined) return false;
      const card = own(state.suggestions, run.suggestion);
      return kind === 'facilitator' || (card !== undefined && isPublic(card));
    });
    return Object.fromEntries(shown.map(([id, run]) => [id, runView(state, id, run)]));
  });
}

type RevisionViews = PublicView['revisions'];
const revisionTables = shared<RevisionViews>();
const revisionRows = shared<RevisionViews[string]>();

export const revisionsView = (state: SessionState): RevisionViews =>
  revisionTables(state.revisions, [], () =>
    Object.fromEntries(
      Object.entries(state.revisions)
        .filter(([n, { why }]) => (why !== 'pause' && why !== 'opened') || Number(n) > state.revision - PASSING_SHOWN)
        .map(([n, revision]) => [
          n,
          revisionRows(revision, [], () => {
            const { at, by, why, suggestion, restored } = revision;
            return { at, by, why, ...given({ suggestion, restored }) };
          }),
        ]),
    ),
  );
