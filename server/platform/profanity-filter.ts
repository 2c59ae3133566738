// The word filter: which texts are held for the facilitator. The only importer of the word list.
// It only flags; what follows is the session's decision, and the filter can be switched off.
import { englishDataset, englishRecommendedTransformers, RegExpMatcher } from 'obscenity';

export type WordFilter = (text: string) => boolean;

/** Column names that the list would flag: people must be able to talk about their data. */
const OF_THE_DATA = /\bsex\b/gi;

export function createWordFilter(): WordFilter {
  const matcher = new RegExpMatcher({ ...englishDataset.build(), ...englishRecommendedTransformers });
  return (text) => matcher.hasMatch(text.replaceAll(OF_THE_DATA, 'it'));
}
