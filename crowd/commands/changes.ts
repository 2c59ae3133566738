// What one changed: the files of the folder beside those of the base, as a list and as a patch.

import type { Patch } from '#session-core/model/client-commands.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import { type Files, patchBetween } from '#session-core/text/patch.ts';
import { own } from '#session-core/util/immutable-map.ts';
import type { Base } from '../folder/base.ts';
import { type LeftOut, type Local, readLocal } from '../folder/workspace-files.ts';
import { Failure } from '../program/failure.ts';
import { type Output, shown } from '../program/output.ts';
import { unfinishedIn } from '../text/merge-with-markers.ts';

export interface Change {
  readonly path: string;
  readonly what: 'changed' | 'new' | 'deleted';
}

export function changesOf(before: Files, after: Files): Change[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return paths.flatMap((path): Change[] => {
    const [was, is] = [own(before, path), own(after, path)];
    if (was === is) return [];
    return [{ path, what: was === undefined ? 'new' : is === undefined ? 'deleted' : 'changed' }];
  });
}

export const changeLine = ({ path, what }: Change): string => `  ${what.padEnd(8)} ${shown(path)}`;

export function noteLeftOut(leftOut: readonly LeftOut[], output: Output): void {
  for (const { path, why } of leftOut) output.note(`Left out: ${shown(path)}: ${shown(why)}`);
}

/** Of everything that was changed in the folder. A Failure where there is nothing, or something is unfinished. */
export function patchHere(root: string, base: Base): { readonly patch: Patch; readonly local: Local } {
  const local = readLocal(root, base);
  const [unfinished] = unfinishedIn(local.files, base.files);
  if (unfinished !== undefined)
    throw new Failure(
      'conflict_open',
      `${unfinished} still has the markers of a conflict.`,
      'Choose what is right, remove the lines with <<<<<<<, ======= and >>>>>>>, and try again.',
    );
  const count = Object.keys(local.files).length;
  if (count > LIMITS.documentFiles)
    throw new Failure(
      'too_many_files',
      `A workspace may have ${LIMITS.documentFiles} files, and this one has ${count}.`,
      'See the new ones: crowd status',
    );
  const patch = patchBetween(base.files, local.files, base.revision);
  if (patch === null)
    throw new Failure(
      'nothing_changed',
      `Nothing differs from revision ${base.revision}.`,
      'Change a file of the workspace and save it first.',
    );
  return { patch, local };
}
