// A session as a history of commits: who changed what, whose idea it was, how many wanted it, what it scored.
// Invariant: a commit has one author, the one its revision is credited to; a name of a person's own stands only where they gave
// one; only ideas that everybody may see are quoted.
import { mainRuns } from '#session-core/client/scores.ts';
import type { Revision, SessionState, Suggestion } from '#session-core/model/state.ts';
import type { Id } from '#session-core/model/types.ts';
import { isPublic } from '#session-core/rules/suggestion.ts';
import type { PublicView, RunView } from '#session-core/view/view-types.ts';
import { HOUSE } from './git-bundle.ts';

export interface Step {
  readonly revision: number;
  readonly author: { readonly name: string; readonly email: string };
  readonly at: number;
  readonly message: string;
  /** Numbers of the main runs of this very text. */
  readonly runs: readonly number[];
}

/** Oldest first. Pauses in one person's typing are one step. */
export function historyOf(state: SessionState, view: PublicView): readonly Step[] {
  const runs = mainRuns(view);
  const all = Object.entries(state.revisions).map(([n, revision]) => ({ n: Number(n), revision }));
  const kept = all.filter(({ n, revision }, i) => {
    const next = all[i + 1];
    const passing = (revision.why === 'pause' || revision.why === 'opened') && !endOf(state, n);
    const goesOn = next?.revision.by === revision.by && TYPED.has(next?.revision.why ?? '');
    return !(passing && goesOn);
  });
  return kept.map(({ n, revision }, i) => {
    const since = kept[i - 1]?.n ?? 0;
    const own = runs.filter((run) => run.revision > since && run.revision <= n);
    return {
      revision: n,
      author: authorOf(state, revision.by),
      at: revision.at,
      message: messageOf({ state, n, revision, before: all[i - 1]?.revision, runs: own }),
      runs: own.filter((run) => run.revision === n).flatMap((run) => run.number ?? []),
    };
  });
}

const TYPED: ReadonlySet<string> = new Set(['pause', 'opened', 'run', 'handover']);

/** The idea whose work ends with this revision. */
const endOf = (state: SessionState, n: number): readonly [Id, Suggestion] | undefined =>
  Object.entries(state.suggestions).find(
    ([, { status, accepted }]) =>
      status === 'accepted' && accepted?.to === n && accepted.from < n && accepted.how !== 'words',
  );

function authorOf(state: SessionState, id: Id | null): Step['author'] {
  const person = id === null ? undefined : state.participants[id];
  return person ? { name: person.credit ?? person.displayName, email: `${id}@crowd.invalid` } : HOUSE;
}

interface Told {
  readonly state: SessionState;
  readonly n: number;
  readonly revision: Revision;
  readonly before: Revision | undefined;
  readonly runs: readonly RunView[];
}

function messageOf(told: Told): string {
  const { state, n, runs } = told;
  const suggestion = endOf(state, n)?.[1];
  const trailers = [
    ...(suggestion
      ? [`Suggested-by: ${nameOf(state, suggestion.author)}`, `Votes: ${Object.keys(suggestion.voters).length}`]
      : []),
    ...(suggestion?.accepted?.by ? [`Accepted-by: ${nameOf(state, suggestion.accepted.by)}`] : []),
    `Revision: ${n}`,
    ...runs.map((run) => `Run: ${scoreLine(state, run)}`),
  ];
  const subject = clipped(subjectOf(told, suggestion));
  const body = suggestion && clipped(suggestion.text) !== suggestion.text ? [suggestion.text, ''] : [];
  return [subject, '', ...body, ...trailers].join('\n');
}

function subjectOf({ state, revision, before }: Told, suggestion: Suggestion | undefined): string {
  if (suggestion) return suggestion.text;
  const about = state.suggestions[revision.suggestion ?? ''];
  switch (revision.why) {
    case 'start':
      return 'Start here';
    case 'checkpoint':
      return `Load the checkpoint ${revision.checkpoint ?? ''}`.trimEnd();
    case 'restore':
      return `Go back to revision ${revision.restored}`;
    case 'patch':
      return about && isPublic(about) ? `Take back: ${about.text}` : 'Apply or take back an idea';
    default:
      return `Change ${changedFiles(before, revision)}`;
  }
}

function changedFiles(before: Revision | undefined, { tree }: Revision): string {
  const was = before?.tree ?? {};
  const paths = [...new Set([...Object.keys(was), ...Object.keys(tree)])].filter((path) => was[path] !== tree[path]);
  return paths.length > 3 ? `${paths.length} files` : paths.join(', ') || 'nothing';
}

function scoreLine(state: SessionState, run: RunView): string {
  const { metric } = state.tasks[state.runs[run.id]?.task ?? ''] ?? state.task;
  const value = run.metrics[metric];
  const verdict = run.comparison ? `, ${run.comparison.verdict.replace('-', ' ')}` : '';
  return run.status === 'succeeded' && value !== undefined
    ? `#${run.number} ${metric} ${value.toFixed(4)}${verdict}`
    : `#${run.number} ${run.status}`;
}

const nameOf = (state: SessionState, id: Id): string => authorOf(state, id).name;

const clipped = (text: string): string => (text.length <= 72 ? text : `${text.slice(0, 71).trimEnd()}…`);
