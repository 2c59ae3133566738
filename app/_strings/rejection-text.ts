// The sentence for a rejection or a closed connection in the language of the screens, made from its code and facts.
// Invariant: the server's own `message` is for programs; it shows only where this page does not know the code.
import type { Rejection } from '#session-core/model/rejection.ts';
import type { CloseName } from '#session-core/protocol/close-codes.ts';
import { httpErrorOf, sentenceOf } from '#session-core/sentences/sentence-of.ts';
import { allStrings, t } from './strings.ts';

export type Rejected = { readonly code: string; readonly message: string } & Readonly<Record<string, unknown>>;

const isHttpError = (code: string): code is keyof typeof t.httpErrors => Object.hasOwn(t.httpErrors, code);

/** On pages that have all strings; on others inside of `lateText`. */
export function rejectionText(answer: Rejected): string {
  const { code, message, ...facts } = answer;
  if (Object.hasOwn(t.rejections, code)) return sentenceOf(t.rejections, { code, facts } as unknown as Rejection);
  return isHttpError(code) ? httpErrorOf(t.httpErrors, code, facts) : message;
}

/**
 * The same.
 * @param name null: the code is not one of ours
 * @param reason what the server sent beside the code: shown where this page does not know the code
 */
export const closeText = (name: CloseName | null, reason = ''): string =>
  name === null ? reason : t.closeReasons[name];

/** A sentence that only few need: its strings load with it. Never rejects. @param otherwise where they do not arrive */
export async function lateText(sentence: () => string, otherwise: string): Promise<string> {
  try {
    await allStrings();
  } catch (error) {
    console.warn('the strings of a refusal could not be loaded', error);
    return otherwise;
  }
  return sentence();
}

export const lateRejectionText = (answer: Rejected): Promise<string> =>
  lateText(() => rejectionText(answer), answer.message);
