// `crowd pull`: the newest code of the session, under what was changed here.
// Invariant: no line that was written here is lost: where both changed the same lines, both are kept between markers.
import { filesRoute } from '#session-core/protocol/http-api/work-routes.ts';
import type { Files } from '#session-core/text/patch.ts';
import { own } from '#session-core/util/immutable-map.ts';
import { type Base, readBase, writeBase } from '../folder/base.ts';
import { findRoot, type Member, membershipOf } from '../folder/membership.ts';
import { nameFault, removePlainFile, writePlainFile } from '../folder/safe-files.ts';
import { readLocal, readText } from '../folder/workspace-files.ts';
import { Failure } from '../program/failure.ts';
import { type Output, shown } from '../program/output.ts';
import { ask } from '../server/http.ts';
import { mergeWithMarkers, unfinishedIn } from '../text/merge-with-markers.ts';
import { changeLine, changesOf, noteLeftOut } from './changes.ts';
import type { Command } from './context.ts';

export const pull: Command = async ({ output, folder }) => {
  const root = findRoot(folder);
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
  const { files, leftOut } = readLocal(root, base);
  const unfinished = unfinishedIn(files, agreed ?? base.files);
  if (unfinished !== undefined)
    throw new Failure(
      'conflict_open',
      `${unfinished} still has the markers of the last conflict.`,
      'Choose what is right, remove the lines with <<<<<<<, ======= and >>>>>>>, and pull again.',
    );
  noteLeftOut(leftOut, output);
  const newest = await ask(member.server, filesRoute, { params: { id: member.sessionId } }, member.token);
  const common = agreed ?? base.files;
  const beside = new Set(base.beside);
  const here: Record<string, string> = { ...files };
  for (const path of Object.keys(newest.files)) {
    if (textOf(newest.files, path) === textOf(common, path) || nameFault(path) !== null || beside.has(path)) continue;
    // Files of other endings, or in folders of stages, are no part of the workspace until the session has one of that name.
    const found = readText(root, path);
    if (found === null) continue;
    if ('why' in found)
      throw new Failure(
        'left_out',
        `${path} was changed in the session, and yours cannot be merged with it: ${found.why}.`,
        'Nothing was pulled. Save it as text in UTF-8, rename it or delete it, and pull again.',
      );
    here[path] = found.text;
  }
  const conflicts = Object.keys({ ...common, ...newest.files }).filter(
    (path) =>
      mergeFile(
        root,
        path,
        { base: textOf(common, path), ours: textOf(here, path), theirs: textOf(newest.files, path) },
        output,
      ) === 'conflict',
  );
  const next: Base = { ...base, revision: newest.revision, files: newest.files };
  writeBase(root, next);
  return { from: base.revision, to: newest.revision, changes: changesOf(base.files, newest.files), conflicts };
}

const textOf = (files: Files, path: string): string | null => own(files, path) ?? null;

interface Sides {
  readonly base: string | null;
  readonly ours: string | null;
  readonly theirs: string | null;
}

function mergeFile(root: string, path: string, { base, ours, theirs }: Sides, output: Output): 'conflict' | 'merged' {
  if (theirs === ours || theirs === base) return 'merged';
  if (nameFault(path) !== null) {
    output.note(`Left out, since no file here may have this name: ${shown(path)}`);
    return 'merged';
  }
  if (theirs === null) {
    if (ours === base) removePlainFile(root, path);
    else output.note(`${path} was deleted in the session, and you have changed it: yours is kept.`);
    return 'merged';
  }
  if (ours === null || ours === base) {
    if (ours === null && base !== null) output.note(`${path} was changed in the session: it is here again.`);
    writePlainFile(root, path, theirs);
    return 'merged';
  }
  const { text, conflicts } = mergeWithMarkers(base ?? '', { ours, theirs });
  writePlainFile(root, path, text);
  return conflicts > 0 ? 'conflict' : 'merged';
}
