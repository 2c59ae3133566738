// What git ignores in the folder: build outputs and whatever else the user keeps there, by the .gitignore of each folder.
// Invariant: as git reads them, the deepest file decides, and nothing in a folder that is ignored is looked at again.
import ignore, { type Ignore } from 'ignore';
import { Failure, systemCode } from '../program/failure.ts';
import { readPlainFile } from './safe-files.ts';

interface Rules {
  /** '' at the top, else with a slash at its end. */
  readonly folder: string;
  readonly rules: Ignore;
}

export interface Ignored {
  /** The same with what the .gitignore of this folder adds. */
  within(folder: string): Ignored;
  has(path: string, isFolder: boolean): boolean;
}

/** A longer one is not written by hand. */
const MOST_BYTES = 262_144;

export function ignoredIn(root: string, above: readonly Rules[] = []): Ignored {
  return {
    within(folder) {
      const text = readRules(root, folder);
      // Names that differ in letter case are two files here: git on Linux takes them so, too.
      const rules = text === null ? null : ignore({ ignorecase: false }).add(text);
      return rules === null ? this : ignoredIn(root, [...above, { folder: folder === '' ? '' : `${folder}/`, rules }]);
    },
    has(path, isFolder) {
      let ignored = false;
      for (const { folder, rules } of above) {
        const found = rules.test(`${path.slice(folder.length)}${isFolder ? '/' : ''}`);
        if (found.ignored) ignored = true;
        else if (found.unignored) ignored = false;
      }
      return ignored;
    },
  };
}

/** null: there is none that git would read, which reads none through a link either. */
function readRules(root: string, folder: string): string | null {
  try {
    const path = folder === '' ? '.gitignore' : `${folder}/.gitignore`;
    return readPlainFile(root, path, MOST_BYTES)?.toString('utf8') ?? null;
  } catch (error) {
    if (error instanceof Failure || systemCode(error) !== undefined) return null;
    throw error;
  }
}
