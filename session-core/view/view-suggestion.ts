// A suggestion and its preview as a page may show them.
// Invariant: votes are a number, never names; what is for facilitators alone (flag, undo) is added in their view.

import type { RunFinding } from '#pipeline-core/core/report.ts';
import { isChecking, isSuspect } from '../model/findings.ts';
import type { ModerationRecord, Run, SessionState, Suggestion } from '../model/state.ts';
import type { Against, Id } from '../model/types.ts';
import { versionOf } from '../rules/checks.ts';
import { canUndo } from '../rules/moderation.ts';
import { taskOf, unfinished } from '../rules/run.ts';
import { votesOf } from '../rules/vote.ts';
import { given, own } from '../util/immutable-map.ts';
import { shared } from '../util/memoize.ts';
import { checksView } from './view-checks.ts';
import type { PatchView, PreviewView, SuggestionView } from './view-types.ts';

const metricOf = (run: Run | undefined, metric: string): number | undefined => own(run?.report?.metrics ?? {}, metric);

/** What its card shows of the findings; undefined: none. */
function noticed({ report }: Run): RunFinding[] | undefined {
  const found = (report?.findings ?? []).filter(({ level }) => level !== 'info');
  return found.length > 0 ? found : undefined;
}

/** The comparison with the run that the preview is compared with; its own verdict if it is that run. */
function compared(
  preview: Run,
  base: { readonly id: Id | undefined; readonly run: Run | undefined; readonly comparison: Against | undefined },
  metric: string,
) {
  const comparison = [preview.report?.comparison, base.comparison].find((one) => one && one.against === base.id);
  if (comparison) {
    const { verdict, reason, change } = comparison;
    return given({ verdict, reason, change });
  }
  const [value, was] = [metricOf(preview, metric), metricOf(base.run, metric)];
  if (base.run === preview && value !== undefined)
    return {
      verdict: 'same-result' as const,
      reason: { code: 'same_code' } as const,
      change: 0,
    };
  // A reused result, not compared with this run yet: the difference is known, whether it is noise is not.
  return value === undefined || was === undefined ? {} : { change: value - was };
}

/** The result of a preview, or its progress. */
export function previewView(
  state: SessionState,
  shown: { readonly run: Id; readonly against?: Id | undefined; readonly comparison?: Against | undefined },
): PreviewView | undefined {
  const run = own(state.runs, shown.run);
  if (!run) return undefined;
  const { metric } = taskOf(state, run);
  const baseId = shown.against ?? run.against;
  const base = own(state.runs, baseId);
  const succeeded = run.status === 'succeeded';
  return {
    run: shown.run,
    status: run.status,
    revision: run.revision,
    stages: run.report?.stages ?? [],
    ...given({
      metric: succeeded ? metricOf(run, metric) : undefined,
      base: metricOf(base, metric),
      ms: run.report?.ms,
      error: unfinished(run) ? undefined : run.report?.error,
      checking: isChecking(run) ? (true as const) : undefined,
      suspect: isSuspect(run) ? (true as const) : undefined,
      findings: noticed(run),
      tests: run.report?.tests,
    }),
    ...(succeeded && !isChecking(run)
      ? compared(run, { id: baseId, run: base, comparison: shown.comparison }, metric)
      : {}),
  };
}

function patchView(card: Suggestion): PatchView | undefined {
  const { patch, mergeState } = card;
  if (!patch) return undefined;
  const { revision, files } = patch;
  return { revision, version: versionOf(card), files, ...(mergeState ?? { state: 'clean' }) };
}

const plain = shared<SuggestionView>();
const forFacilitators = shared<SuggestionView>();

const lastPreview = ({ previewAgainst, previewComparison }: Suggestion, run: Id) => ({
  run,
  against: previewAgainst,
  comparison: previewComparison,
});

/** The suggestion as everybody sees it who may see it. */
export function suggestionView(state: SessionState, id: Id, card: Suggestion): SuggestionView {
  const last = card.previews.at(-1);
  const run = own(state.runs, last);
  const base = own(state.runs, card.previewAgainst ?? run?.against);
  return plain(card, [run, base, state.task], () => {
    const { author, text, stage, anchor, expression, status, reason, mergedInto, pinned, accepted, at } = card;
    const shown =
      accepted &&
      given({ how: accepted.how, from: accepted.from, to: accepted.to, at: accepted.at, run: accepted.run });
    return {
      id,
      author,
      text,
      status,
      pinned,
      at,
      votes: votesOf(card),
      ...given({
        stage,
        anchor,
        expression,
        reason,
        mergedInto,
        patch: patchView(card),
        checks: checksView(state, card),
        preview: last === undefined ? undefined : previewView(state, lastPreview(card, last)),
        accepted: shown as SuggestionView['accepted'],
      }),
    };
  });
}

type OfSuggestion = Exclude<ModerationRecord, { kind: 'remove' | 'hands' }>;
const undos = shared<ReadonlyMap<Id, readonly (readonly [number, OfSuggestion])[]>>();

/** The newest moderation of the suggestion that can still be undone. */
function undoOf(state: SessionState, id: Id): number | undefined {
  const records = undos(state.moderation, [], () =>
    Map.groupBy(
      Object.entries(state.moderation).flatMap(([seq, record]) =>
        'suggestion' in record ? [[Number(seq), record] as const] : [],
      ),
      ([, record]) => record.suggestion,
    ),
  );
  return records.get(id)?.findLast(([, record]) => canUndo(state, record))?.[0];
}

export function suggestionForFacilitators(state: SessionState, id: Id, card: Suggestion): SuggestionView {
  const view = suggestionView(state, id, card);
  const undo = undoOf(state, id);
  const flagged = card.flagged ? true : undefined;
  if (undo === undefined && flagged === undefined) return view;
  return forFacilitators(card, [view, undo], () => ({ ...view, ...given({ undo, flagged }) }));
}
