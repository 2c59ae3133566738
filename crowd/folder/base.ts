// What the folder is based on: the texts of the revision that was pulled last, and which files are beside the workspace.
// Invariant: `files` are exactly the texts of `revision`, so that what differs from them is a patch against it.
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../program/failure.ts';
import { OWN } from './safe-files.ts';

export interface Base {
  readonly revision: number;
  readonly files: Readonly<Record<string, string>>;
  /** Paths at the top and in folders of their own: libraries, the table, settings of npm. No part of a suggestion. */
  readonly beside: readonly string[];
  /** What the session gave of them, so that a file that nobody changed is known as such. Clones of before have none. */
  readonly given?: Readonly<Record<string, string>>;
}

/** Equal for equal texts alone. */
export const givenMark = (text: string): string => createHash('sha256').update(text).digest('hex');

const placeOf = (root: string): string => join(root, OWN, 'base.json');

export function readBase(root: string): Base {
  try {
    const base = JSON.parse(readFileSync(placeOf(root), 'utf8')) as Base;
    if (Number.isInteger(base.revision) && typeof base.files === 'object' && Array.isArray(base.beside)) return base;
  } catch {
    // As below: a file that cannot be read is worth no more than one that is missing.
  }
  throw new Failure(
    'bad_clone',
    `${placeOf(root)} is missing or damaged.`,
    'Clone the session again into a new folder.',
  );
}

export function writeBase(root: string, base: Base): void {
  const aside = `${placeOf(root)}.new`;
  writeFileSync(aside, JSON.stringify(base));
  renameSync(aside, placeOf(root));
}
