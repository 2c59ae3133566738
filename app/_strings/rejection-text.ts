// The sentence for a rejection in the language of the screens, made from its code and facts.
// Invariant: the server's own `message` is for programs; it shows only where this page does not know the code.
import type { Rejection } from '#session-core/model/rejection.ts';
import { sentenceOf } from '#session-core/sentences/sentence-of.ts';
import { t } from './strings.ts';

export type Rejected = { readonly code: string; readonly message: string } & Readonly<Record<string, unknown>>;

export function rejectionText(answer: Rejected): string {
  const { code, message, ...facts } = answer;
  return Object.hasOwn(t.rejections, code)
    ? sentenceOf(t.rejections, { code, facts } as unknown as Rejection)
    : message;
}
