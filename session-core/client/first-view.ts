// What a page shows before its socket has connected: the part of the public view that the first screen needs, small
// enough to travel inside the page. Invariant: nothing that the public view does not hold; a whole PublicView by type,
// in which lists are shorter, so every component can show it.

import { byPopularity, pinnedFirst } from '../model/ranking.ts';
import type { Id } from '../model/types.ts';
import type { PublicView, RunView, SuggestionView } from '../view/view-types.ts';
import { bestRun, mainRuns } from './scores.ts';

/** What the page of somebody who has joined shows before its socket has connected. */
export interface FirstView {
  readonly view: PublicView;
  readonly params?: { readonly revision: number; readonly text: string };
}

const SUGGESTIONS_SHOWN = 8;
/** A suggestion with a long patch waits for the socket. */
const MOST_CHARACTERS = 3_000;
/** The newest, and the best of those before. */
const RUNS_SHOWN = 12;

export function firstViewOf(view: PublicView): PublicView {
  const suggestions = Object.values(view.suggestions)
    .filter((card) => card.status === 'open' && JSON.stringify(card).length <= MOST_CHARACTERS)
    .sort(byPopularity)
    .sort(pinnedFirst)
    .slice(0, SUGGESTIONS_SHOWN);
  const runs = runsShown(view);
  const people = new Set<Id | undefined>([
    view.driver?.participant,
    view.offer?.to,
    ...suggestions.map(({ author }) => author),
    ...runs.flatMap(({ by }) => by ?? []),
  ]);
  return {
    ...view,
    participants: keep(view.participants, (id) => people.has(id)),
    suggestions: byId(suggestions),
    runs: byId(runs),
    hands: [],
    handsAt: {},
    revisions: keep(view.revisions, (number) => number === String(view.revision)),
    activity: [],
  };
}

/** Main runs with what the score needs; the newest one whole. */
function runsShown({ runs, task }: PublicView): readonly RunView[] {
  const main = mainRuns({ runs });
  const recent = main.slice(-RUNS_SHOWN);
  const best = bestRun(main, task);
  const compared = recent.flatMap(({ comparison }) => (comparison ? (runs[comparison.against] ?? []) : []));
  const wanted = new Set([main[0], best, ...compared, ...recent]);
  return main
    .filter((run) => wanted.has(run))
    .map((run) => (run === main.at(-1) ? run : { ...run, stages: [], guesses: [] }));
}

const byId = <T extends RunView | SuggestionView>(rows: readonly T[]): Record<Id, T> =>
  Object.fromEntries(rows.map((row) => [row.id, row]));

const keep = <T>(all: Readonly<Record<string, T>>, wanted: (key: string) => boolean): Record<string, T> =>
  Object.fromEntries(Object.entries(all).filter(([key]) => wanted(key)));
