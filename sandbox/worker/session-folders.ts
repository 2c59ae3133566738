// The folders of a worker's run caches, one for each session, in a folder that ends with the worker.
// Invariant: what an earlier worker left behind when it was killed is deleted by the next one at the same place; a session that
// is gone leaves nothing.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

const NAME = /^crowd-worker-(\d+)-/;
const ID = /^[\w-]{1,64}$/;
/** Nobody has run anything in it for so long. */
const UNUSED_MS = 60 * 60_000;
const MOST_NAMED = 500;

export interface SessionFolders {
  /** Of the session's run cache. @param search trials in the background have one of their own */
  of(session: string, search?: boolean): string;
  /** A new, empty one, for a single run. */
  once(): Promise<string>;
  /** Sessions that something is kept of, used last first. */
  readonly held: () => readonly string[];
  forget(session: string): Promise<void>;
  /** Those that nobody has used for long. */
  unused(now: number): readonly string[];
  close(): void;
}

/** @param place a folder that others may use, too */
export function openSessionFolders(place: string, now: () => number): SessionFolders {
  mkdirSync(place, { recursive: true });
  for (const name of readdirSync(place)) {
    const pid = Number(NAME.exec(name)?.[1] ?? 0);
    if (pid !== 0 && (pid === process.pid || !isAlive(pid)))
      rmSync(join(place, name), { recursive: true, force: true });
  }
  const home = mkdtempSync(join(place, `crowd-worker-${process.pid}-`));
  /** When it was used last; the newest at the end. */
  const used = new Map<string, number>();
  const folderOf = (session: string) => join(home, 'cache', session);
  return {
    of(session, search = false) {
      if (!ID.test(session)) throw new Error('that is no id of a session');
      used.delete(session);
      used.set(session, now());
      mkdirSync(folderOf(session), { recursive: true });
      return search ? join(folderOf(session), 'search') : folderOf(session);
    },
    once: () => mkdtemp(join(home, 'once-')),
    held: () => [...used.keys()].reverse().slice(0, MOST_NAMED),
    async forget(session) {
      if (!used.delete(session)) return;
      await rm(folderOf(session), { recursive: true, force: true });
    },
    unused: (at) => [...used].filter(([, last]) => at - last > UNUSED_MS).map(([session]) => session),
    close: () => rmSync(home, { recursive: true, force: true }),
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Of another user.
    return (error as { code?: string }).code === 'EPERM';
  }
}
