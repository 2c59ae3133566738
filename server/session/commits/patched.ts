// What becomes of some texts under a patch: merged, in conflict, or why it cannot be tried.
import { fileNamesFault } from '#pipeline-core/workspace/file-names.ts';
import type { PatchFault, Rejection } from '#session-core/model/rejection.ts';
import type { MergeFact } from '#session-core/rules/context.ts';
import type { Texts } from '../../document/document.ts';

/** A patch on some texts. */
export type Patched =
  | { readonly kind: 'merged'; readonly fact: MergeFact & { readonly ok: true }; readonly texts: Texts }
  | { readonly kind: 'conflict'; readonly fact: MergeFact }
  | { readonly kind: 'too-big'; readonly error: Rejection }
  /** It does not fit the revision that it names. */
  | { readonly kind: 'invalid'; readonly fault: PatchFault }
  /** `decide` says better that its revision does not exist. */
  | { readonly kind: 'unknown-revision' };

/** Why files of these names cannot exist beside each other, apart from what was so before. */
export function nameFault(after: Texts, before: Texts): PatchFault | null {
  const name = fileNamesFault(Object.keys(after), Object.keys(before));
  return name === null ? null : { fault: 'file_name', ...name };
}

export const conflict = (file: string, line: number): Patched => ({
  kind: 'conflict',
  fact: { ok: false, file, line },
});
