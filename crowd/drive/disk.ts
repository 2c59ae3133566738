// The files of the workspace while editors write them: which have come to rest, and replacing one without losing what an
// editor writes in the same moment.
// Invariant: a file counts once it has not changed for a while, so that neither a truncated file nor one that was renamed
// away is taken for what somebody meant. A replaced file is kept for a while: who had it open still writes to it.
import { existsSync, linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Files } from '#session-core/text/patch.ts';
import type { Base } from '../folder/base.ts';
import { nameFault, OWN, removePlainFile, writePlainFile } from '../folder/safe-files.ts';
import { decoded, type LeftOut, listWorkspace, readText } from '../folder/workspace-files.ts';
import { Failure, systemCode } from '../program/failure.ts';
import type { Disk, LateSave } from './sync.ts';

/** Without a change for so long, a file was written to its end. */
const SETTLE_MS = 150;
/** Empty or missing: editors do both for a moment when they save. */
const GONE_MS = 1_000;
/** How long somebody may still write to a file that was replaced. */
const KEPT_MS = 2_000;

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

/** @param base which files are beside the workspace @param leftOut called once for each file and reason */
export function createDisk(root: string, base: Base, leftOut: (one: LeftOut) => void): Disk {
  const aside = join(root, OWN, 'replaced');
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside);
  const seen = new Map<string, Seen>();
  const missing = new Map<string, number>();
  const complained = new Set<string>();
  let kept: Kept[] = [];
  let count = 0;
  /** When the folder was looked at last. */
  let at = 0;

  const complain = (path: string, why: string): void => {
    if (complained.has(`${path}\n${why}`)) return;
    complained.add(`${path}\n${why}`);
    leftOut({ path, why });
  };

  /** null: still being written. */
  function textAt(path: string, known: string | undefined, now: number): ReturnType<typeof readText> | 'busy' {
    const mark = markOf(join(root, path));
    if (mark === null) return null;
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
      const leave = (path: string): void => void skipped.add(path);
      let busy = false;
      const gone: string[] = [];
      const paths = new Set(listWorkspace(root, { ...base, files: known }));
      for (const path of new Set([...Object.keys(known), ...paths])) {
        if (nameFault(path) !== null) {
          leave(path);
          if (paths.has(path)) complain(path, nameFault(path)!);
          continue;
        }
        const found = textAt(path, (known as Files)[path], now);
        if (found === 'busy') {
          busy = true;
          leave(path);
        } else if (found === null) {
          if (!Object.hasOwn(known, path)) continue;
          if (!missing.has(path)) missing.set(path, now);
          gone.push(path);
          continue;
        } else if ('why' in found) {
          leave(path);
          complain(path, found.why);
        } else texts.set(path, found.text);
        missing.delete(path);
      }
      // Together: while a folder is being deleted or moved, nobody knows yet how much of it goes.
      if (gone.some((path) => now - (missing.get(path) ?? now) < GONE_MS)) {
        busy = true;
        for (const path of gone) leave(path);
      }
      return { texts, skipped, busy, late: lateSaves(now) };
    },

    write(path, text, expected) {
      const now = readText(root, path);
      const has = now === null ? null : 'text' in now ? now.text : undefined;
      if (has !== expected) return false;
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
  const stat = lstatSync(place, { throwIfNoEntry: false, bigint: true });
  return stat === undefined ? null : `${stat.ino}:${stat.size}:${stat.mtimeNs}:${stat.mode}`;
}

/** Leftovers of a program that was killed. */
export function clearReplaced(root: string): void {
  if (!existsSync(join(root, OWN))) return;
  for (const name of readdirSync(join(root, OWN)))
    if (name === 'replaced' || name.startsWith('writing-'))
      rmSync(join(root, OWN, name), { recursive: true, force: true });
}
