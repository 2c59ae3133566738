// What a session has come to: the steps of its score, who contributed, and how many took part; for the summary page.
// Invariant: a name is given only where its owner asked to be credited by it.
import type { Id } from '../model/types.ts';
import type { PublicView, RunView, SuggestionView } from '../view/view-types.ts';
import { countsRun, mainRuns, scoreOf } from './scores.ts';

export interface SummaryStep {
  readonly run: RunView;
  readonly score: number;
  /** What was applied since the step before, in that order. */
  readonly applied: readonly SuggestionView[];
}

export interface Contributor {
  readonly credit: string;
  /** Of theirs, what was applied. */
  readonly applied: number;
  /** On all their suggestions, their own votes included. */
  readonly votes: number;
}

export interface Summary {
  readonly people: number;
  readonly suggestions: number;
  readonly applied: number;
  readonly votes: number;
  readonly runs: number;
  /** Main runs whose result counts, oldest first. */
  readonly steps: readonly SummaryStep[];
  /** Those who asked to be credited: most applied first, then most votes. */
  readonly contributors: readonly Contributor[];
  /** Authors of what was applied who did not ask. */
  readonly unnamed: number;
}

type Parts = Pick<PublicView, 'participants' | 'people' | 'suggestions' | 'runs' | 'task'>;

export function summaryOf(view: Parts): Summary {
  const suggestions = Object.values(view.suggestions);
  const applied = suggestions.filter(({ accepted }) => accepted !== undefined);
  const runs = mainRuns(view);
  const steps = runs.filter(countsRun).flatMap((run): SummaryStep[] => {
    const score = scoreOf(run, view.task);
    if (score === undefined) return [];
    return [
      { run, score, applied: applied.filter(({ accepted }) => accepted?.run === run.id).sort((a, b) => at(a) - at(b)) },
    ];
  });
  const authors = new Set(applied.map(({ author }) => author));
  return {
    people: view.people.guests,
    suggestions: suggestions.length,
    applied: applied.length,
    votes: suggestions.reduce((sum, { votes }) => sum + votes, 0),
    runs: runs.length,
    steps,
    contributors: contributorsOf(view),
    unnamed: [...authors].filter((id) => creditOf(view, id) === undefined).length,
  };
}

const at = ({ accepted }: SuggestionView): number => accepted?.at ?? 0;

/** The name to give, or undefined. */
export function creditOf({ participants }: Pick<PublicView, 'participants'>, id: Id): string | undefined {
  return Object.hasOwn(participants, id) ? participants[id]?.credit : undefined;
}

function contributorsOf(view: Parts): Contributor[] {
  const found = new Map<Id, Contributor>();
  for (const { author, accepted, votes } of Object.values(view.suggestions)) {
    const credit = creditOf(view, author);
    if (credit === undefined) continue;
    const before = found.get(author) ?? { credit, applied: 0, votes: 0 };
    found.set(author, { credit, applied: before.applied + (accepted ? 1 : 0), votes: before.votes + votes });
  }
  return [...found.values()].sort(
    (a, b) => b.applied - a.applied || b.votes - a.votes || a.credit.localeCompare(b.credit),
  );
}
