// A session as a history of commits: who changed what, who suggested it, its votes and its preview; and its runs.
// Invariant: what a commit says was so when it was made, and the log says it: names and votes of later do not change it,
// so that who pulls gets new commits and never other ones. Only public suggestions are quoted.
import { CHECKS, type CodeCheck } from '#session-core/model/checks.ts';
import type { SessionEvent } from '#session-core/model/events.ts';
import type { License } from '#session-core/model/licenses.ts';
import {
  initialState,
  type Revision,
  type Run,
  type SessionState,
  type Suggestion,
} from '#session-core/model/state.ts';
import type { Id } from '#session-core/model/types.ts';
import { checkStates } from '#session-core/rules/checks.ts';
import { isPublic } from '#session-core/rules/suggestion.ts';
import { evolve } from '#session-core/session.ts';
import { SYSTEM_AUTHOR } from './git-objects.ts';

type Author = { readonly name: string; readonly email: string };

/** A commit of the main branch. */
export interface Step {
  /** Whose texts it has. */
  readonly revision: number;
  /** Id of the task that its text answers. */
  readonly task: Id;
  /** As it was chosen then. */
  readonly license: License;
  readonly author: Author;
  readonly at: number;
  readonly message: string;
  /** It merges the branch of this suggestion. */
  readonly merges?: Branch;
  /** Later typing of the same person may still become part of it. */
  readonly open: boolean;
}

/** The patch of a suggestion as a commit of its own. */
export interface Branch {
  /** From 1, in the order in which suggestions were added. */
  readonly number: number;
  readonly patch: NonNullable<Suggestion['patch']>;
  readonly author: Author;
  readonly at: number;
  readonly message: string;
}

export interface FinishedRun {
  readonly number: number;
  readonly revision: number;
  readonly at: number;
  /** The metric with its value and verdict: `rmse 2.4000, better`. */
  readonly score: string;
}

export interface History {
  /** Oldest first. Consecutive typing of one person is one step. */
  readonly steps: readonly Step[];
  /** Of the suggestions that are open. */
  readonly branches: readonly Branch[];
  readonly runs: readonly FinishedRun[];
}

interface Cut {
  readonly n: number;
  readonly revision: Revision;
  readonly before: Revision | undefined;
  readonly author: Author;
  readonly license: License;
  subject: string;
  /** A run or a decision is about exactly this text. */
  kept: boolean;
  merged?: { readonly message: string; readonly branch: Branch | null };
  /** Said of the text without changing it. */
  readonly remarks: Omit<Step, 'revision' | 'task' | 'license' | 'open'>[];
}

/**
 * @param names `then`: as people were called when a commit was made, so that it stays the same; `now`: as they are called
 * at last, for a copy that nobody pulls into
 */
export function historyOf(events: readonly SessionEvent[], { names }: { readonly names: 'then' | 'now' }): History {
  const called = names === 'now' ? events.reduce(evolve, initialState).participants : null;
  let state = initialState;
  const people = () => (called === null ? state : { ...state, participants: called });
  const cuts = new Map<number, Cut>();
  const numbers = new Map<Id, number>();
  const runs: FinishedRun[] = [];
  for (const event of events) {
    const before = state;
    state = evolve(state, event);
    if (event.type === 'revision.cut') {
      const { n } = event.payload;
      const revision = state.revisions[n];
      if (revision === undefined) continue;
      const previous = before.revisions[n - 1];
      const subject = subjectOf(state, revision, previous);
      const author = authorOf(people(), revision.by);
      const { license } = state.settings;
      cuts.set(n, { n, revision, before: previous, author, license, subject, kept: false, remarks: [] });
    } else if (event.type === 'suggestion.added') {
      for (const id of Object.keys(state.suggestions)) if (!numbers.has(id)) numbers.set(id, numbers.size + 1);
    } else if (event.type === 'suggestion.accepted') {
      noteAccepted(people(), event.payload.suggestion, { cuts, numbers });
    } else if (event.type === 'run.requested') {
      const cut = event.payload.kind === 'main' ? cuts.get(event.payload.revision) : undefined;
      if (cut) cut.kept = true;
    } else if (event.type === 'run.finished' || event.type === 'run.checked') {
      const run = state.runs[event.payload.run];
      // What the checks say belongs to it: a score that they doubt is not reported as one that counts.
      if (run?.kind === 'main' && run.number !== undefined && run.report?.checking !== true) {
        runs.push({ number: run.number, revision: run.revision, at: event.at, score: scoreOf(state, run) });
      }
    }
  }
  // Nobody waits for the checks of a copy that is made now.
  if (names === 'now')
    for (const run of Object.values(state.runs)) {
      const { number, revision, endedAt, report } = run;
      if (run.kind === 'main' && number !== undefined && endedAt !== undefined && report?.checking === true)
        runs.push({ number, revision, at: endedAt, score: scoreOf(state, run) });
    }
  const branches = Object.entries(state.suggestions).flatMap(([id, suggestion]) =>
    suggestion.status === 'open' ? (branchOf(people(), suggestion, numbers.get(id) ?? 0) ?? []) : [],
  );
  return { steps: stepsOf([...cuts.values()]), branches, runs };
}

function noteAccepted(
  state: SessionState,
  id: Id,
  { cuts, numbers }: { readonly cuts: ReadonlyMap<number, Cut>; readonly numbers: ReadonlyMap<Id, number> },
): void {
  const suggestion = state.suggestions[id];
  const accepted = suggestion?.accepted;
  const cut = cuts.get(accepted?.to ?? 0);
  if (!suggestion || !accepted || !cut || accepted.how === 'words') return;
  cut.kept = true;
  const message = acceptedMessage(state, suggestion, accepted);
  const author = authorOf(state, suggestion.author);
  if (accepted.how === 'patch') {
    cut.merged = { message, branch: branchOf(state, suggestion, numbers.get(id) ?? 0) };
    cut.subject = suggestion.text;
  } else cut.remarks.push({ author, at: accepted.at, message });
}

const TYPED: ReadonlySet<string> = new Set(['pause', 'opened', 'run', 'handover']);

function stepsOf(cuts: readonly Cut[]): Step[] {
  return cuts.flatMap((cut, i): Step[] => {
    const { n, revision, author, license, merged, kept, remarks } = cut;
    const next = cuts[i + 1];
    const isPassing = (revision.why === 'pause' || revision.why === 'opened') && !kept;
    const continues = next !== undefined && next.revision.by === revision.by && TYPED.has(next.revision.why);
    if (isPassing && continues) return [];
    const message = merged?.message ?? [clipped(cut.subject), '', `Revision: ${n}`].join('\n');
    const step = {
      revision: n,
      task: revision.task,
      license,
      author,
      at: revision.at,
      message,
      open: isPassing && next === undefined,
      ...(merged?.branch ? { merges: merged.branch } : {}),
    };
    const { task } = revision;
    return [step, ...remarks.map((remark) => ({ ...remark, revision: n, task, license, open: false }))];
  });
}

function branchOf(state: SessionState, suggestion: Suggestion, number: number): Branch | null {
  const { patch, text, author, at } = suggestion;
  if (patch === undefined) return null;
  const message = [...quoted(text), `Suggestion: ${number}`].join('\n');
  return { number, patch, author: authorOf(state, author), at, message };
}

/** The pull request: its sentence, who and how many wanted it, the score before, and what its preview said. */
function acceptedMessage(
  state: SessionState,
  suggestion: Suggestion,
  accepted: NonNullable<Suggestion['accepted']>,
): string {
  const preview = state.runs[suggestion.previews.at(-1) ?? ''];
  return [
    ...quoted(suggestion.text),
    `Suggested-by: ${authorOf(state, suggestion.author).name}`,
    `Votes: ${Object.keys(suggestion.voters).length}`,
    ...(accepted.by ? [`Accepted-by: ${authorOf(state, accepted.by).name}`] : []),
    ...scoreBefore(state, suggestion.previewAgainst ?? preview?.against, accepted.to),
    ...(preview?.report ? [`Preview: ${scoreOf(state, preview)}`] : []),
    ...checksOf(state, suggestion),
    `Revision: ${accepted.to}`,
  ].join('\n');
}

/** Of the run that the preview was compared with, or of the last main run of an earlier text that has one. */
function scoreBefore(state: SessionState, against: Id | undefined, revision: number): string[] {
  const scored = Object.values(state.runs).flatMap((run): readonly (readonly [Run, string])[] => {
    const { metric } = state.tasks[run.task] ?? state.task;
    const value = run.status === 'succeeded' ? run.report?.metrics[metric] : undefined;
    return run.kind !== 'main' || value === undefined ? [] : [[run, `${metric} ${value.toFixed(4)}`]];
  });
  const found =
    scored.find(([run]) => run === state.runs[against ?? '']) ?? scored.findLast(([run]) => run.revision < revision);
  return found === undefined ? [] : [`Before: ${found[1]} (run ${found[0].number})`];
}

/** `Checks: types passed, style failed (2), tests passed, ...`, as they were when it was accepted. */
function checksOf(state: SessionState, suggestion: Suggestion): string[] {
  const states = suggestion.checks && checkStates(state, suggestion);
  if (!states) return [];
  const count = (check: CodeCheck | undefined): string => (check?.result === 'failed' ? ` (${check.count})` : '');
  const { types, style } = suggestion.checks;
  const said = CHECKS.map((name) => {
    const more = name === 'types' ? count(types) : name === 'style' ? count(style) : '';
    return `${name} ${states[name]}${more}`;
  });
  return [`Checks: ${said.join(', ')}`];
}

const quoted = (text: string): string[] => {
  const subject = clipped(text);
  return subject === text ? [subject, ''] : [subject, '', text, ''];
};

/** What somebody was called who was removed is in nothing that is made afterwards. */
const REMOVED = 'Former participant';

function authorOf(state: SessionState, id: Id | null): Author {
  const person = id === null ? undefined : state.participants[id];
  if (person === undefined) return SYSTEM_AUTHOR;
  return { name: person.removed ? REMOVED : (person.credit ?? person.displayName), email: `${id}@crowd.invalid` };
}

function subjectOf(state: SessionState, revision: Revision, before: Revision | undefined): string {
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

function scoreOf(state: SessionState, run: Run): string {
  const { metric } = state.tasks[run.task] ?? state.task;
  const value = run.report?.metrics[metric];
  if (run.status !== 'succeeded' || value === undefined) return run.status;
  const isSuspect = run.report?.findings.some(({ level }) => level === 'alarm');
  const verdict = isSuspect ? 'suspect' : run.report?.comparison?.verdict;
  return `${metric} ${value.toFixed(4)}${verdict === undefined ? '' : `, ${verdict.replace('-', ' ')}`}`;
}

const clipped = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= 72 ? line : `${line.slice(0, 71).trimEnd()}…`;
};
