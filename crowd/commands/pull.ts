// `crowd pull`: the newest code of the session, under what was changed here.
// Invariants: no line that was written here is lost: where both changed the same lines, both are kept between markers. A file
// is written or deleted only if it is still the text that the merge was made of; one that cannot be read is left as it is.
import { filesRoute } from '#session-core/protocol/http-api/work-routes.ts';
import type { Files } from '#session-core/text/patch.ts';
import { own } from '#session-core/util/immutable-map.ts';
import { type Base, readBase, writeBase } from '../folder/base.ts';
import { demandNoDriving } from '../folder/driving-lock.ts';
import { findRoot, type Member, membershipOf } from '../folder/membership.ts';
import { nameFault } from '../folder/safe-files.ts';
import { isAsGiven, readLocal, readText, replaceText } from '../folder/workspace-files.ts';
import { Failure } from '../program/failure.ts';
import { type Output, shown } from '../program/output.ts';
import { ask } from '../server/http.ts';
import { mergeWithMarkers, unfinishedIn } from '../text/merge-with-markers.ts';
import { changeLine, changesOf, noteLeftOut } from './changes.ts';
import type { Command } from './context.ts';

export const pull: Command = async ({ output, folder }) => {
  const root = findRoot(folder);
  demandNoDriving(root);
  const done = await pullInto(root, membershipOf(root), output);
  if (done.from === done.to) output.line(`Revision ${done.to} is the newest: nothing to pull.`);
  else {
    output.line(`Revision ${done.from} -> ${done.to}`);
    for (const change of done.changes) output.line(changeLine(change));
  }
  for (const path of done.conflicts)
    output.line(
      `Conflict in ${shown(path)}: both versions are between <<<<<<< and >>>>>>>. Choose, and remove the markers.`,
    );
  output.value(done);
  return done.conflicts.length > 0 ? 2 : 0;
};

export interface Pulled {
  readonly from: number;
  readonly to: number;
  /** In the session since the last pull. */
  readonly changes: ReturnType<typeof changesOf>;
  readonly conflicts: readonly string[];
}

/** @param agreed the texts that this folder and the session had in common last; by default those of the base */
export async function pullInto(root: string, member: Member, output: Output, agreed?: Files): Promise<Pulled> {
  const base = readBase(root);
  const common = agreed ?? base.files;
  if (agreed === undefined) demandChosen(unfinishedIn(readLocal(root, base).files, common));
  const newest = await ask(member.server, filesRoute, { params: { id: member.sessionId } }, member.token);
  // Read after the answer: an editor may have saved while it was on its way.
  const { files, leftOut } = readLocal(root, { ...base, files: common });
  noteLeftOut(leftOut, output);
  const changed = Object.keys({ ...common, ...newest.files }).filter(
    (path) => textOf(newest.files, path) !== textOf(common, path),
  );
  const possible = changed.filter((path) => nameFault(path) === null);
  for (const path of changed)
    if (!possible.includes(path)) output.note(`Left out, since no file here may have this name: ${shown(path)}`);
  demandChosen(unfinishedIn(files, common).filter((path) => possible.includes(path)));
  const isDeleted = (path: string) => textOf(newest.files, path) === null;
  // First what makes room: a folder for a file, and a name for one in other letter case.
  const [gone, rest] = [possible.filter(isDeleted), possible.filter((path) => !isDeleted(path))];
  for (const path of rest) if (!gone.some((one) => isWithin(one, path) || isWithin(path, one))) demandText(root, path);
  const conflicts = [...gone, ...rest].filter((path) => {
    const sides = { base: textOf(common, path), theirs: textOf(newest.files, path) };
    return mergeFile({ root, base, output }, path, sides) === 'conflict';
  });
  const beside = base.beside.filter((path) => !Object.hasOwn(newest.files, path));
  writeBase(root, { ...base, revision: newest.revision, files: newest.files, beside });
  return { from: base.revision, to: newest.revision, changes: changesOf(base.files, newest.files), conflicts };
}

const textOf = (files: Files, path: string): string | null => own(files, path) ?? null;
const isWithin = (path: string, folder: string): boolean => path.startsWith(`${folder}/`);

function demandChosen([unfinished]: readonly string[]): void {
  if (unfinished === undefined) return;
  throw new Failure(
    'conflict_open',
    `${unfinished} still has the markers of the last conflict.`,
    'Choose what is right, remove the lines with <<<<<<<, ======= and >>>>>>>, and pull again.',
  );
}

/** Of a file that is here, if any. */
function demandText(root: string, path: string): string | null {
  const found = readText(root, path);
  if (found === null) return null;
  if ('text' in found) return found.text;
  throw new Failure(
    'left_out',
    `${path} was changed in the session, and yours cannot be merged with it: ${found.why}.`,
    'Yours is kept. Save it as text in UTF-8, rename it or delete it, and pull again.',
  );
}

interface Place {
  readonly root: string;
  readonly base: Base;
  readonly output: Output;
}
interface Sides {
  readonly base: string | null;
  readonly theirs: string | null;
}
const MOST_TRIES = 5;

function mergeFile({ root, base, output }: Place, path: string, sides: Sides): 'conflict' | 'merged' {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const found = sides.theirs === null ? readText(root, path) : { text: demandText(root, path) };
    if (found !== null && 'why' in found) {
      output.note(`${shown(path)} was deleted in the session; yours is kept, since it cannot be read: ${found.why}`);
      return 'merged';
    }
    const ours = found?.text ?? null;
    const known = sides.base === null && ours !== null && isAsGiven(root, base, path) ? ours : sides.base;
    const { text, conflicts, note } = mergeTexts({ base: known, ours, theirs: sides.theirs });
    // Somebody saved it just now: once more, with that.
    if (text !== ours && !replaceText(root, path, text, ours)) continue;
    if (note !== undefined) output.note(`${shown(path)} ${note}`);
    return conflicts > 0 ? 'conflict' : 'merged';
  }
  throw new Failure('busy_file', `${path} is being written all the time.`, 'Wait for what writes it, and pull again.');
}

interface MergedFile {
  readonly text: string | null;
  readonly conflicts: number;
  readonly note?: string;
}

function mergeTexts({ base, ours, theirs }: Sides & { readonly ours: string | null }): MergedFile {
  if (theirs === ours || ours === base) return { text: theirs, conflicts: 0 };
  if (theirs === null)
    return { text: ours, conflicts: 0, note: 'was deleted in the session, and you have changed it: yours is kept.' };
  if (ours === null) return { text: theirs, conflicts: 0, note: 'was changed in the session: it is here again.' };
  return mergeWithMarkers(base ?? '', { ours, theirs });
}
