// Run errors and findings as sentences of one language.
import type { FactsByFinding, FactsByRunError, RunError, RunFinding } from '#pipeline-core/core/report.ts';

export type RunErrorSentences = {
  readonly [C in keyof FactsByRunError]: (facts: FactsByRunError[C], error: RunError) => string;
};
export type FindingSentences = { readonly [C in keyof FactsByFinding]: (facts: FactsByFinding[C]) => string };

// The tables have the sentence for exactly these facts; the types cannot say that code and facts belong together here.

/** The first line says it; further lines are details of an error that code threw. */
export const runErrorText = (sentences: RunErrorSentences, error: RunError): string =>
  (sentences[error.code] as (facts: unknown, error: RunError) => string)(error.facts, error);

export const findingText = (sentences: FindingSentences, { code, facts }: RunFinding): string =>
  (sentences[code] as (facts: unknown) => string)(facts);
