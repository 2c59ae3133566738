// The files of the workspace while editors write them: which have come to rest, and replacing one without losing what an
// editor writes in the same moment.
// Invariant: a file counts once it has not changed for a while, so that neither a truncated file nor one that was renamed
// away is taken for what somebody meant; one that cannot be read, or has an open conflict, is there, but is no text to send.
// A replaced file is kept for a while: who had it open still writes to it.
import { existsSync, linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { own } from '#session-core/util/immutable-map.ts';
import type { Base } from '../folder/base.ts';
import { nameFault, OWN, removePlainFile, writePlainFile } from '../folder/safe-files.ts';
import { decoded, isAsGiven, isStill, type LeftOut, listWorkspace, readText } from '../folder/workspace-files.ts';
import { Failure, systemCode } from '../program/failure.ts';
import { addsMarkers } from '../text/merge-with-markers.ts';
import type { Disk, LateSave } from './scan.ts';

/** Without a change for so long, a file was written to its end. */
const SETTLE_MS = 150;
/** Empty or missing: editors do both for a moment when they save. */
const GONE_MS = 1_000;
/** How long somebody may still write to a file that was replaced. */
const KEPT_MS = 2_000;
const OPEN_CONFLICT = 'it has a conflict: choose what is right, and remove the lines with <<<<<<<, ======= and >>>>>>>';

interface Seen {
  readonly mark: string;
  readonly since: number;
  read: ReturnType<typeof readText> | undefined;
}
interface Kept {
  readonly path: string;
  readonly aside: string;
  readonly until: number;
  base: string;
  seen: Seen;
}

/** @param base which files are beside the workspace @param leftOut called once for each file and reason, until the file is put right */
export function createDisk(root: string, base: Base, leftOut: (one: LeftOut) => void): Disk {
  const aside = join(root, OWN, 'replaced');
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside);
  const seen = new Map<string, Seen>();
  const missing = new Map<string, number>();
  const complained = new Map<string, string>();
  let kept: Kept[] = [];
  let count = 0;
  /** When the folder was looked at last. */
  let at = 0;

  const complain = (path: string, why: string): void => {
    if (complained.get(path) === why) return;
    complained.set(path, why);
    leftOut({ path, why });
  };

  /** null: still being written. */
  function textAt(path: string, known: string | undefined, now: number): ReturnType<typeof readText> | 'busy' {
    const mark = markOf(join(root, path));
    if (mark === null) {
      // A link or a file in place of a folder on its way hides it: that is no deletion.
      const hidden = readText(root, path);
      return hidden === null || 'why' in hidden ? hidden : 'busy';
    }
    const last = seen.get(path);
    const one: Seen = last?.mark === mark ? last : { mark, since: now, read: undefined };
    seen.set(path, one);
    if (one.read !== undefined) return one.read;
    if (now - one.since < SETTLE_MS) return 'busy';
    const read = readText(root, path);
    if (markOf(join(root, path)) !== mark) return 'busy';
    const emptied = read !== null && 'text' in read && read.text === '' && known !== undefined && known !== '';
    if (emptied && now - one.since < GONE_MS) return 'busy';
    one.read = read;
    return read;
  }

  function lateSaves(now: number): LateSave[] {
    const found: LateSave[] = [];
    for (const one of kept) {
      const mark = markOf(one.aside);
      if (mark === null || mark === one.seen.mark) {
        if (mark === null || one.seen.read !== undefined || now - one.seen.since < SETTLE_MS) continue;
        one.seen.read = null;
        const text = decoded(readFileSync(one.aside));
        if (text === null || text === one.base || text === '') continue;
        found.push({ path: one.path, base: one.base, text });
        one.base = text;
      } else one.seen = { mark, since: now, read: undefined };
    }
    for (const { aside: path, until } of kept) if (until < now) rmSync(path, { force: true });
    kept = kept.filter(({ until }) => until >= now);
    return found;
  }

  return {
    scan(now, known) {
      at = now;
      // Moved, deleted or cleaned: nobody meant to delete the code of the session.
      if (!existsSync(aside))
        throw new Failure(
          'folder_gone',
          `${join(root, OWN)} was moved or deleted, so nothing more is sent.`,
          'Clone the session again into a new folder.',
        );
      const texts = new Map<string, string>();
      const skipped = new Set<string>();
      const leftOut = new Map<string, string | null>();
      const leave = (path: string): void => void skipped.add(path);
      const keepBack = (path: string, why: string, text: string | null): void => {
        leave(path);
        leftOut.set(path, text);
        complain(path, why);
      };
      let busy = false;
      const gone: string[] = [];
      const paths = new Set(listWorkspace(root, { ...base, files: known }));
      for (const path of new Set([...Object.keys(known), ...paths])) {
        if (nameFault(path) !== null) {
          leave(path);
          if (paths.has(path)) complain(path, nameFault(path)!);
          continue;
        }
        const found = textAt(path, own(known, path), now);
        if (found === 'busy') {
          busy = true;
          leave(path);
        } else if (found === null) {
          if (!Object.hasOwn(known, path)) continue;
          if (!missing.has(path)) missing.set(path, now);
          gone.push(path);
          continue;
        } else if ('why' in found) {
          keepBack(path, found.why, null);
        } else if (addsMarkers(path, found.text, own(known, path) ?? '')) {
          keepBack(path, OPEN_CONFLICT, found.text);
        } else {
          texts.set(path, found.text);
          complained.delete(path);
        }
        missing.delete(path);
      }
      // Together: while a folder is being deleted or moved, nobody knows yet how much of it goes.
      if (gone.some((path) => now - (missing.get(path) ?? now) < GONE_MS)) {
        busy = true;
        for (const path of gone) leave(path);
      }
      return { texts, skipped, leftOut, busy, late: lateSaves(now) };
    },

    write(path, text, expected) {
      // A file that was given beside the workspace, and that nobody changed, is in nobody's way.
      if (!isStill(root, path, expected) && !(expected === null && isAsGiven(root, base, path))) return false;
      const place = join(root, path);
      const copy = join(aside, String(count++));
      if (expected !== null && keepOpen(place, copy)) {
        const mark = markOf(copy) ?? '';
        kept.push({
          path,
          aside: copy,
          until: at + KEPT_MS,
          base: expected,
          seen: { mark, since: at, read: undefined },
        });
      }
      if (text === null) removePlainFile(root, path);
      else writePlainFile(root, path, text);
      return true;
    },
  };
}

/** A second name for the file, which an editor that has it open goes on writing to. False: the disk has no such names. */
function keepOpen(place: string, copy: string): boolean {
  try {
    linkSync(place, copy);
    return true;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
}

/** Differs after each change. null: no such file. */
function markOf(place: string): string | null {
  try {
    const stat = lstatSync(place, { throwIfNoEntry: false, bigint: true });
    return stat === undefined ? null : `${stat.ino}:${stat.size}:${stat.mtimeNs}:${stat.mode}`;
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    return code === 'ENOTDIR' ? null : code;
  }
}

/** Leftovers of a program that was killed. */
export function clearReplaced(root: string): void {
  if (!existsSync(join(root, OWN))) return;
  for (const name of readdirSync(join(root, OWN)))
    if (name === 'replaced' || name.startsWith('writing-'))
      rmSync(join(root, OWN, name), { recursive: true, force: true });
}
