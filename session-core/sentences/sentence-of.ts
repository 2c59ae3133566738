// A rejection as a sentence of one language.
import type { Rejection, RejectionSentences } from '../model/rejection.ts';

export function sentenceOf(sentences: RejectionSentences, { code, facts }: Rejection): string {
  // The table has the sentence for exactly these facts; the type cannot say that code and facts belong together here.
  return (sentences[code] as (facts: unknown) => string)(facts);
}
