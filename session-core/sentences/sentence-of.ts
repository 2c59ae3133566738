// Codes and facts as sentences of one language.
import type { Activity, ActivitySentences } from '../model/activity.ts';
import type { Rejection, RejectionSentences } from '../model/rejection.ts';

// The tables have the sentence for exactly these facts; the types cannot say that code and facts belong together here.

export function sentenceOf(sentences: RejectionSentences, { code, facts }: Rejection): string {
  return (sentences[code] as (facts: unknown) => string)(facts);
}

/** `by` null: nobody did it, the sentence has its own subject. */
export function activityOf(
  sentences: ActivitySentences,
  { what, facts, by }: Activity & { readonly by: string | null },
): string {
  return (sentences[what] as (facts: unknown, system: boolean) => string)(facts, by === null);
}

/** `{name}` in a sentence is the fact of that name. */
export function httpErrorOf<Code extends string>(
  sentences: Readonly<Record<Code, string>>,
  code: Code,
  facts: Readonly<Record<string, unknown>>,
): string {
  return sentences[code].replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? '?'));
}
