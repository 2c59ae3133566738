// What a look at the folder finds, and what may be done to its files.
import type { Files } from '#session-core/text/patch.ts';

/** A file as an editor saved it after the program had replaced it: it was made from `base`. */
export interface LateSave {
  readonly path: string;
  readonly base: string;
  readonly text: string;
}
export interface Scan {
  /** Files that nobody is writing. */
  readonly texts: ReadonlyMap<string, string>;
  /** Being written, missing for a moment only, or not to be sent: left alone. */
  readonly skipped: ReadonlySet<string>;
  /** Of `skipped`, those that are there and not to be sent: with the markers of a conflict, or unreadable, which is null. */
  readonly leftOut: ReadonlyMap<string, string | null>;
  /** Some file is being written: what arrives waits. */
  readonly busy: boolean;
  readonly late: readonly LateSave[];
}
export interface Disk {
  scan(now: number, known: Files): Scan;
  /** False: the file is another one than expected, so nothing was done. null: no file. */
  write(path: string, text: string | null, expected: string | null): boolean;
}
