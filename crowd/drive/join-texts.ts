// The live text under what was changed in the folder, before the two are kept the same.
// Invariant: what was changed here is neither deleted nor overwritten, and what cannot be merged stays as it is.
import type { Files } from '#session-core/text/patch.ts';
import { own } from '#session-core/util/immutable-map.ts';
import { nameFault } from '../folder/safe-files.ts';
import { readText } from '../folder/workspace-files.ts';
import { Failure } from '../program/failure.ts';
import { addsMarkers, mergeWithMarkers } from '../text/merge-with-markers.ts';
import type { Disk } from './scan.ts';

/** Texts that a file here was made from, where the file is not to be sent as it is. null: none of the session. */
export type Origins = ReadonlyMap<string, string | null>;

/** @param texts `agreed`: what the folder and the session had in common last */
export function joinTexts(
  root: string,
  texts: { readonly agreed: Files; readonly theirs: Files },
  disk: Disk,
): Origins {
  const { agreed, theirs } = texts;
  const origins = new Map<string, string | null>();
  for (const path of new Set([...Object.keys(agreed), ...Object.keys(theirs)])) {
    if (nameFault(path) !== null) continue;
    const [was, live] = [own(agreed, path) ?? null, own(theirs, path) ?? null];
    const found = readText(root, path);
    if (found !== null && ('why' in found || addsMarkers(path, found.text, live ?? was ?? ''))) {
      origins.set(path, was);
      continue;
    }
    const mine = found?.text ?? null;
    if (live === mine || live === was) continue;
    const { text, conflicts } = merged({ was, mine, live });
    if (text === mine) continue;
    if (disk.write(path, text, mine)) {
      if (conflicts > 0) origins.set(path, live);
    } else throw new Failure('busy_file', `${path} is being written right now.`, 'Try again.');
  }
  return origins;
}

interface Sides {
  readonly was: string | null;
  readonly mine: string | null;
  readonly live: string | null;
}

/** null: no file. */
function merged({ was, mine, live }: Sides): { readonly text: string | null; readonly conflicts: number } {
  if (mine === was || mine === null) return { text: live, conflicts: 0 };
  if (live === null) return { text: mine, conflicts: 0 };
  return mergeWithMarkers(was ?? '', { ours: mine, theirs: live });
}
