// Previews: what a patch would do to the metric, computed before it is accepted.
// Invariant: the same content never runs twice, README.md apart; at most one run per 10 s and suggestion; one private preview
// is queued per author. The server has computed what would run (base + patch); these rules decide whether it runs.

import type { ClientCommand, Patch } from '../model/client-commands.ts';
import { isLeakCheckCutOff } from '../model/findings.ts';
import { byPopularity, pinnedFirst } from '../model/ranking.ts';
import type { Run, SessionState, Suggestion } from '../model/state.ts';
import type { Against, Id, Tree } from '../model/types.ts';
import { given, own, put, sameTable, without } from '../util/immutable-map.ts';
import type { DecisionContext, Meta } from './context.ts';
import type { Deciders, Evolvers, Outcome } from './decider.ts';
import { actorOf, happened, newEvent, noChange, refused } from './decider.ts';
import { patchFault } from './duplicate-patch.ts';
import { cutIfChanged } from './revision.ts';
import { cancelDrafts, lastSucceeded, unfinished } from './run.ts';
import { changeSuggestion, seen, unknown } from './suggestion.ts';
import { votesOf } from './vote.ts';

const RERUN_MS = 10_000;
const MOST_WAITING = 100;

type Target = { readonly suggestion: Id } | { readonly draftOf: Id; readonly patch: Patch };

/** Only what affects the result: a changed README does not make another run. */
export const sameContent = (a: Tree, b: Tree): boolean => sameTable(without(a, 'README.md'), without(b, 'README.md'));

/** Present or pending: not after an internal error or an interruption. */
const hasResult = (run: Run): boolean =>
  unfinished(run) || run.status === 'succeeded' || (run.status === 'failed' && run.report?.error?.kind === 'user');

/** Whether its result can be reused for the same content. Who asks again after a cut-off leakage check wants another one. */
const reusable = (run: Run): boolean => hasResult(run) && !isLeakCheckCutOff(run);

export const runOfContent = (state: SessionState, tree: Tree): Id | undefined =>
  Object.entries(state.runs).findLast(([, run]) => reusable(run) && sameContent(run.tree, tree))?.[0];

function preview(state: SessionState, target: Target, meta: Meta): Outcome {
  const facts = meta.facts?.preview;
  if (!facts) return refused('patch_invalid', { revision: state.revision, fault: 'not_mergeable' });
  if (!facts.merge.ok) return refused('conflict', { file: facts.merge.file, line: facts.merge.line });
  const against = facts.against ?? undefined;
  const card = 'suggestion' in target ? own(state.suggestions, target.suggestion) : undefined;
  const known = runOfContent(state, facts.merge.tree);
  if (known !== undefined) {
    const { comparison } = facts;
    if (card && shows(state, card, { run: known, against, comparison })) return noChange;
    return happened(newEvent('preview.reused', { ...target, run: known, ...given({ against, comparison }) }));
  }
  if (card) {
    const wait = previewWait(state, card, meta.at);
    if (wait > 0) return refused('rate_limited', { seconds: Math.ceil(wait / 1000) });
  }
  const waiting = Object.values(state.runs).filter((run) => run.kind === 'preview' && unfinished(run));
  if (waiting.length >= MOST_WAITING) return refused('queue_full');
  return happened(
    ...cutIfChanged(state, meta.facts?.tree, 'run'),
    ...('draftOf' in target ? cancelDrafts(state, target.draftOf, 'queued') : []),
    request({ target, facts, tree: facts.merge.tree, why: meta.actor.participant === null ? 'auto' : 'request' }),
  );
}

function request(wanted: {
  readonly target: Target;
  readonly facts: NonNullable<DecisionContext['preview']>;
  readonly tree: Tree;
  readonly why: 'auto' | 'request';
}) {
  const { target, facts, tree, why } = wanted;
  const { revision, against } = facts;
  return newEvent('run.requested', {
    kind: 'preview',
    revision,
    tree,
    ...target,
    ...given({ against: against ?? undefined }),
    why,
  });
}

/** Whether the suggestion already shows this result, compared with this run. */
function shows(
  state: SessionState,
  card: Suggestion,
  now: { readonly run: Id; readonly against: Id | undefined; readonly comparison: Against | undefined },
): boolean {
  const last = card.previews.at(-1);
  const news = now.comparison !== undefined && card.previewComparison === undefined;
  return last === now.run && !news && (card.previewAgainst ?? own(state.runs, last)?.against) === now.against;
}

function lastTried(state: SessionState, card: Suggestion): number {
  const own_ = card.previews.map((id) => own(state.runs, id)).filter((run) => run?.kind === 'preview');
  return Math.max(Number.NEGATIVE_INFINITY, ...own_.map((run) => run?.requestedAt ?? 0));
}

/** Until its next preview may be asked for, in milliseconds. */
export const previewWait = (state: SessionState, card: Suggestion, at: number): number =>
  Math.max(0, RERUN_MS - (at - lastTried(state, card)));

/** Whether a patch has to be previewed before it is applied. */
const requiresPreview = ({ settings }: SessionState): boolean =>
  settings.requiredChecks.some((name) => name === 'tests' || name === 'leakage' || name === 'preview');

export function mayAsk(state: SessionState, card: Suggestion, meta: Meta): boolean {
  const me = actorOf(meta);
  return card.author === me || state.driver?.participant === me || own(state.participants, me)?.facilitator === true;
}

function requested(state: SessionState, command: ClientCommand & { type: 'preview.request' }, meta: Meta): Outcome {
  const { suggestion, patch } = command;
  if ((suggestion === undefined) === (patch === undefined)) return refused('invalid', { fault: 'preview_target' });
  if (patch) {
    const fault = patchFault(state, patch);
    if (fault) return refused('patch_invalid', { revision: patch.revision, ...fault });
    return preview(state, { draftOf: actorOf(meta), patch }, meta);
  }
  const id = suggestion ?? '';
  const card = seen(state, id, meta);
  if (!card) return unknown(id);
  if (!mayAsk(state, card, meta)) return refused('not_allowed', { who: 'authorDriverOrFacilitator' });
  if (!card.patch) return refused('no_patch');
  if (card.status !== 'open' && card.status !== 'pending')
    return refused('wrong_status', { status: card.status, wanted: 'openOrPending' });
  return preview(state, { suggestion: id }, meta);
}

export const previewDeciders: Deciders<'preview.request' | 'preview.due'> = {
  'preview.request': requested,
  'preview.due': (state, { suggestion }, meta) => {
    const card = own(state.suggestions, suggestion);
    if (state.status !== 'open' || card?.status !== 'open' || !card.patch) return noChange;
    // Where no patch is applied without one, somebody waits for it.
    if (state.settings.previews === 'off' && !requiresPreview(state)) return noChange;
    const outcome = preview(state, { suggestion }, meta);
    return outcome.ok ? outcome : noChange;
  },
};

export const previewEvolvers: Evolvers<'preview.reused'> = {
  'preview.reused': (state, { payload: { suggestion, draftOf, patch, run, ...how } }) => {
    if (draftOf !== undefined && patch) return { ...state, drafts: put(state.drafts, draftOf, { run, patch, ...how }) };
    return changeSuggestion(state, suggestion, ({ previewAgainst: _, previewComparison: __, ...card }) => ({
      ...card,
      previews: [...card.previews.filter((id) => id !== run), run],
      ...given({ previewAgainst: how.against, previewComparison: how.comparison }),
    }));
  },
};

/**
 * Open suggestions with a patch that the settings want previewed automatically, most votes first, and that have no result
 * against the newest successful main run yet. For each the server computes `facts.preview` and sends `preview.due`.
 */
export function duePreviews(state: SessionState): readonly Id[] {
  const { previews, previewTop } = state.settings;
  if (state.status !== 'open' || previews === 'off') return [];
  const base = lastSucceeded(state)?.[0];
  const ranked = Object.entries(state.suggestions)
    .filter(([, card]) => card.status === 'open' && card.patch && card.mergeState?.state !== 'conflict')
    .map(([id, card]) => ({ id, votes: votesOf(card), at: card.at, pinned: card.pinned, card }))
    .sort((a, b) => pinnedFirst(a, b) || byPopularity(a, b));
  return (previews === 'top' ? ranked.slice(0, previewTop) : ranked)
    .filter(({ card }) => !measured(state, card, base))
    .map(({ id }) => id);
}

function measured(state: SessionState, card: Suggestion, base: Id | undefined): boolean {
  const last = card.previews.at(-1);
  const run = own(state.runs, last);
  if (!run || !hasResult(run)) return run?.status === 'failed';
  const { previewAgainst, previewComparison } = card;
  if ((previewAgainst ?? run.against) !== base) return false;
  // A result that was reused while still pending, and is not compared with this run yet.
  const compared = previewAgainst === undefined || [last, run.against, previewComparison?.against].includes(base);
  return compared || run.status !== 'succeeded';
}
