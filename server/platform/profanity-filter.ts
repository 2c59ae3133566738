// Words that are held for the facilitator. The only importer of the word list.
// Invariant: it only says "look at this"; what follows is the session's decision, and the filter can be switched off.
import { englishDataset, englishRecommendedTransformers, RegExpMatcher } from 'obscenity';

export type WordFilter = (text: string) => boolean;

/** Columns of the table that the list would hold: a room must be able to talk about its data. */
const OF_THE_DATA = /\bsex\b/gi;

export function createWordFilter(): WordFilter {
  const matcher = new RegExpMatcher({ ...englishDataset.build(), ...englishRecommendedTransformers });
  return (text) => matcher.hasMatch(text.replaceAll(OF_THE_DATA, 'it'));
}
