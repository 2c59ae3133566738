// The queue of ideas as one person sees it: which, in which order, and what is already there while somebody types.
// Law: Popular = votes, then older first; New = newer first; never random.
// RUNS IN browser
import type { Id } from '#session-core/state.ts';
import type { PublicView, SuggestionView, YouView } from '#session-core/view-types.ts';

export type Sort = 'popular' | 'new';
export type Show = 'open' | 'mine' | 'code' | 'pending' | 'accepted' | 'declined' | 'merged' | `stage:${string}`;
export interface Wanted {
  readonly sort: Sort;
  readonly show: Show;
  readonly search: string;
}

/** Everybody's and one's own, which the public view does not hold. */
export function allSuggestions(view: PublicView, you: YouView | null): readonly SuggestionView[] {
  return Object.values({ ...view.suggestions, ...you?.own });
}

export const byPopularity = (a: SuggestionView, b: SuggestionView): number =>
  Number(b.pinned) - Number(a.pinned) || b.votes - a.votes || a.at - b.at || compareIds(a.id, b.id);
export const byAge = (a: SuggestionView, b: SuggestionView): number => b.at - a.at || compareIds(b.id, a.id);

export function openIdeas(view: PublicView): readonly SuggestionView[] {
  return Object.values(view.suggestions)
    .filter((card) => card.status === 'open')
    .sort(byPopularity);
}

export function queueOf(view: PublicView, you: YouView | null, wanted: Wanted): readonly SuggestionView[] {
  const words = wanted.search.toLowerCase().split(/\s+/).filter(Boolean);
  return allSuggestions(view, you)
    .filter((card) => fits(card, wanted.show, you?.participant))
    .filter((card) => {
      const text = `${card.text} ${card.stage ?? ''} ${view.participants[card.author]?.alias ?? ''}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort(wanted.sort === 'popular' ? byPopularity : byAge);
}

function fits(card: SuggestionView, show: Show, me: Id | undefined): boolean {
  switch (show) {
    case 'open':
      return card.status === 'open';
    case 'mine':
      return card.author === me;
    case 'code':
      return card.status === 'open' && card.patch !== undefined;
    case 'pending':
    case 'accepted':
    case 'declined':
    case 'merged':
      return card.status === show;
    default:
      return card.status === 'open' && card.stage === show.slice('stage:'.length);
  }
}

export function stagesNamed(view: PublicView): readonly string[] {
  const runs = Object.values(view.runs).sort((a, b) => b.requestedAt - a.requestedAt);
  const stages = runs.find((run) => run.stages.length > 0)?.stages.map((stage) => stage.name) ?? [];
  return stages;
}

/** Open ideas whose words are much like these, most alike first; none before there are two words to compare. */
export function similarTo(view: PublicView, text: string, most = 3): readonly SuggestionView[] {
  const wanted = stems(text);
  if (wanted.size < 2) return [];
  return openIdeas(view)
    .map((card) => ({ card, alike: overlap(wanted, stems(card.text)) }))
    .filter(({ alike }) => alike >= 0.5)
    .sort((a, b) => b.alike - a.alike)
    .slice(0, most)
    .map(({ card }) => card);
}

const SMALL_WORDS = new Set(
  'a an and as at be by do for from in is it its of on or so that the then this to try us use we with'.split(' '),
);

function stems(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.filter((word) => !SMALL_WORDS.has(word)).map((word) => word.replace(/(ing|ed|es|s)$/, '')));
}

/** Shared words over the smaller set: a short idea inside of a long one counts whole. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / Math.max(2, Math.min(a.size, b.size));
}

const compareIds = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

/**
 * The order that stays under a finger: what is shown keeps its place while `held`, else it follows `wanted`.
 * New ones come in only through `welcome` (the person's own) or when nothing was shown.
 */
export function steadyOrder(
  shown: readonly Id[],
  wanted: readonly Id[],
  how: { readonly held: boolean; readonly welcome: ReadonlySet<Id> },
): readonly Id[] {
  const there = new Set(wanted);
  const known = new Set(shown);
  const stay = shown.filter((id) => there.has(id));
  if (stay.length === 0) return wanted;
  const next = how.held ? stay : wanted.filter((id) => known.has(id) || how.welcome.has(id));
  return next.length === shown.length && next.every((id, i) => id === shown[i]) ? shown : next;
}
