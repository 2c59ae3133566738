// Suggestions that say the same in other words: shown while somebody types, and to facilitators who merge.
// Invariant: only a hint; compares words, uses no language model, gives the same on every screen.

import { byPopularity } from '../model/ranking.ts';
import type { SuggestionView } from '../view/view-types.ts';

const SMALL_WORDS = new Set(
  'a an and as at be by do for from in is it its of on or so that the then this to try us use we with'.split(' '),
);

/** Two texts with this share of common words or more are similar. */
const ALIKE = 0.5;

/** Open ones whose words are much like `text`, most similar first; none before there are two words to compare. */
export function similarSuggestions(
  text: string,
  suggestions: readonly SuggestionView[],
  most = 3,
): readonly SuggestionView[] {
  const wanted = stems(text);
  if (wanted.size < 2) return [];
  return suggestions
    .filter(({ status }) => status === 'open')
    .map((card) => ({ card, ...compared(wanted, stems(card.text)) }))
    .filter(({ alike }) => alike >= ALIKE)
    .sort((a, b) => b.alike - a.alike || b.common - a.common || byPopularity(a.card, b.card))
    .slice(0, most)
    .map(({ card }) => card);
}

function stems(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.filter((word) => !SMALL_WORDS.has(word)).map((word) => word.replace(/(ing|ed|es|s)$/, '')));
}

/**
 * `alike`: shared words over the smaller set, so that a short text contained in a long one counts fully. `common`: over all
 * words of both (Jaccard), so that of two equally similar ones the one with fewer other words comes first.
 */
function compared(a: ReadonlySet<string>, b: ReadonlySet<string>) {
  let shared = 0;
  for (const word of a) if (b.has(word)) shared += 1;
  return { alike: shared / Math.max(2, Math.min(a.size, b.size)), common: shared / (a.size + b.size - shared) };
}
