// A session as a history of commits: who changed what, who suggested it, its votes and its scores.
// Invariant: a commit has one author, the one its revision is credited to, by display name unless they gave another name;
// only public suggestions are quoted.
import { countsRun, mainRuns } from '#session-core/client/scores.ts';
import type { Revision, SessionState, Suggestion } from '#session-core/model/state.ts';
import type { Id } from '#session-core/model/types.ts';
import { isPublic } from '#session-core/rules/suggestion.ts';
import type { PublicView, RunView } from '#session-core/view/view-types.ts';
import { SYSTEM_AUTHOR } from './git-bundle.ts';

export interface Step {
  readonly revision: number;
  readonly author: { readonly name: string; readonly email: string };
  readonly at: number;
  readonly message: string;
  /** Numbers of the main runs of this very text. */
  readonly runs: readonly number[];
}

/** Oldest first. Consecutive typing of one person is one step. */
export function historyOf(state: SessionState, view: PublicView): readonly Step[] {
  const runs = mainRuns(view);
  const all = Object.entries(state.revisions).map(([n, revision]) => ({ n: Number(n), revision }));
  const kept = all.filter(({ n, revision }, i) => {
    const next = all[i + 1];
    const isPassing = (revision.why === 'pause' || revision.why === 'opened') && !endOf(state, n);
    const continues = next?.revision.by === revision.by && TYPED.has(next?.revision.why ?? '');
    return !(isPassing && continues);
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

/** The suggestion that was applied with this revision. */
const endOf = (state: SessionState, n: number): readonly [Id, Suggestion] | undefined =>
  Object.entries(state.suggestions).find(
    ([, { status, accepted }]) =>
      status === 'accepted' && accepted?.to === n && accepted.from < n && accepted.how !== 'words',
  );

function authorOf(state: SessionState, id: Id | null): Step['author'] {
  const person = id === null ? undefined : state.participants[id];
  return person ? { name: person.credit ?? person.displayName, email: `${id}@crowd.invalid` } : SYSTEM_AUTHOR;
}

interface MessageParts {
  readonly state: SessionState;
  readonly n: number;
  readonly revision: Revision;
  readonly before: Revision | undefined;
  readonly runs: readonly RunView[];
}

function messageOf(parts: MessageParts): string {
  const { state, n, runs } = parts;
  const suggestion = endOf(state, n)?.[1];
  const trailers = [
    ...(suggestion
      ? [`Suggested-by: ${nameOf(state, suggestion.author)}`, `Votes: ${Object.keys(suggestion.voters).length}`]
      : []),
    ...(suggestion?.accepted?.by ? [`Accepted-by: ${nameOf(state, suggestion.accepted.by)}`] : []),
    `Revision: ${n}`,
    ...runs.map((run) => `Run: ${scoreLine(state, run)}`),
  ];
  const subject = clipped(subjectOf(parts, suggestion));
  const body = suggestion && clipped(suggestion.text) !== suggestion.text ? [suggestion.text, ''] : [];
  return [subject, '', ...body, ...trailers].join('\n');
}

function subjectOf({ state, revision, before }: MessageParts, suggestion: Suggestion | undefined): string {
  if (suggestion) return suggestion.text;
  const about = state.suggestions[revision.suggestion ?? ''];
  switch (revision.why) {
    case 'start':
      return 'Starting point';
    case 'checkpoint':
      return `Load the checkpoint ${revision.checkpoint ?? ''}`.trimEnd();
    case 'restore':
      return `Go back to revision ${revision.restored}`;
    case 'patch':
      return about && isPublic(about) ? `Undo: ${about.text}` : 'Apply or undo a suggestion';
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
  const counted = countsRun(run);
  const verdict = !counted
    ? `, ${run.struck ? 'struck' : run.suspect ? 'suspect' : 'not checked yet'}`
    : run.comparison
      ? `, ${run.comparison.verdict.replace('-', ' ')}`
      : '';
  return run.status === 'succeeded' && value !== undefined
    ? `#${run.number} ${metric} ${value.toFixed(4)}${verdict}`
    : `#${run.number} ${run.status}`;
}

const nameOf = (state: SessionState, id: Id): string => authorOf(state, id).name;

const clipped = (text: string): string => (text.length <= 72 ? text : `${text.slice(0, 71).trimEnd()}…`);
