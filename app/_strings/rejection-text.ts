// The sentence for a rejection or a closed connection in the language of the screens, made from its code and facts.
// Invariant: the server's own `message` is for programs; it shows only where this page does not know the code.
import type { Rejection } from '#session-core/model/rejection.ts';
import { closeName } from '#session-core/protocol/close-codes.ts';
import { httpErrorOf, sentenceOf } from '#session-core/sentences/sentence-of.ts';
import { t } from './strings.ts';

export type Rejected = { readonly code: string; readonly message: string } & Readonly<Record<string, unknown>>;

const isHttpError = (code: string): code is keyof typeof t.httpErrors => Object.hasOwn(t.httpErrors, code);

export function rejectionText(answer: Rejected): string {
  const { code, message, ...facts } = answer;
  if (Object.hasOwn(t.rejections, code)) return sentenceOf(t.rejections, { code, facts } as unknown as Rejection);
  return isHttpError(code) ? httpErrorOf(t.httpErrors, code, facts) : message;
}

/** @param reason what the server sent beside the code: shown where this page does not know the code */
export function closeText(code: number, reason = ''): string {
  const name = closeName(code);
  return name === null ? reason : t.closeReasons[name];
}
