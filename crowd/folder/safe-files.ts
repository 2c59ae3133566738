// Files in the folder of a clone, written and read without leaving it.
// Invariant: names come from a server that may be hostile. Nothing is written outside the folder, through a symbolic link,
// into .git, into .crowd, or into a file that some program obeys without being asked.
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileNameFault, fileNameReason } from '#pipeline-core/workspace/file-names.ts';
import { Failure } from '../program/failure.ts';

/** The folder of this program inside a clone. */
export const OWN = '.crowd';

/** Files that begin with a dot are written by name only: git, npm, DVC and CI read them, no editor or shell runs them. */
const DOT_FILES = new Set([
  '.dockerignore',
  '.dvc/.gitignore',
  '.dvc/config',
  '.dvcignore',
  '.editorconfig',
  // Git runs it where somebody chose this folder for its hooks.
  '.githooks/pre-commit',
  '.gitattributes',
  '.gitignore',
  '.node-version',
  '.npmrc',
  '.nvmrc',
  '.pre-commit-config.yaml',
]);
const PART = /^[A-Za-z0-9_](?:[A-Za-z0-9_.@+-]*[A-Za-z0-9_@+-])?$/;
/** git takes a folder with a HEAD for a repository, and starts what its `config` says when a prompt asks for the branch. */
const OF_GIT = /^(?:head|hooks)$/i;
/** Windows looks for programs in the current folder first. */
const PROGRAM =
  /\.(?:com|exe|bat|cmd|vbs?|vbe|jse|wsf|wsh|ps1|scr|pif|cpl|lnk|url|hta|reg|inf|dll|sh|command|desktop)$/i;
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
const LONGEST = 200;

/** Why a file of a workspace cannot have this name here; null: it can. */
export function nameFault(path: string): string | null {
  const fault = fileNameFault(path);
  return fault === null ? null : fileNameReason(fault);
}

/** Whether a file beside the workspace, such as a library or the table, may be written by this name. */
export function isNameBeside(path: string): boolean {
  if (path.length > LONGEST) return false;
  if (DOT_FILES.has(path)) return true;
  const [first = '', ...rest] = path.split('/');
  const plain = (part: string) => PART.test(part) && !DEVICE.test(part) && !OF_GIT.test(part) && !PROGRAM.test(part);
  if (rest.length === 0) return plain(first);
  return (plain(first) && first.toLowerCase() !== 'node_modules') || first === '.github' ? rest.every(plain) : false;
}

const statOf = (path: string): Stats | undefined => lstatSync(path, { throwIfNoEntry: false });

/** The file's place in `root`, after each folder on the way was looked at. `make`: creates those that are missing. */
function placeOf(root: string, path: string, make: boolean): string | null {
  const parts = path.split('/');
  let at = root;
  for (const part of parts.slice(0, -1)) {
    at = join(at, part);
    const stat = statOf(at);
    if (stat === undefined) {
      if (!make) return null;
      mkdirSync(at);
    } else if (!stat.isDirectory())
      throw new Failure(
        'unsafe_folder',
        `${at} ${stat.isSymbolicLink() ? 'is a symbolic link' : 'is not a folder'}, so ${path} is not written through it.`,
        'Put a folder in its place.',
      );
  }
  return join(root, path);
}

/** @param most so many bytes at most: a larger file is not read. null: there is none. A link, a folder or anything else that is not a plain file is a Failure. */
export function readPlainFile(root: string, path: string, most = Number.POSITIVE_INFINITY): Buffer | null {
  const place = placeOf(root, path, false);
  const stat = place === null ? undefined : statOf(place);
  if (place === null || stat === undefined) return null;
  demandFile(stat, place);
  if (stat.size > most)
    throw new Failure('too_large', `it has ${stat.size} bytes, and a whole workspace may have ${most}`);
  return readFileSync(place);
}

function demandFile(stat: Stats, place: string): void {
  if (stat.isFile()) return;
  const what = stat.isSymbolicLink() ? 'a symbolic link' : 'not a file';
  throw new Failure('unsafe_file', `${place} is ${what}: it is neither read nor written.`, 'Put a file in its place.');
}

let written = 0;

/** In one step: a reader sees the old text or the new one. The name must have been checked. */
export function writePlainFile(root: string, path: string, text: string | Uint8Array): void {
  const place = placeOf(root, path, true)!;
  const stat = statOf(place);
  if (stat !== undefined) demandFile(stat, place);
  const aside = join(root, OWN, `writing-${process.pid}-${written++}`);
  try {
    writeFileSync(aside, text, { flag: 'wx' });
    if (stat !== undefined) chmodSync(aside, stat.mode & 0o777);
    renameSync(aside, place);
  } catch (error) {
    rmSync(aside, { force: true });
    throw error;
  }
}

/** And the folders that are empty then. */
export function removePlainFile(root: string, path: string): void {
  const place = placeOf(root, path, false);
  const stat = place === null ? undefined : statOf(place);
  if (place === null || stat === undefined) return;
  demandFile(stat, place);
  unlinkSync(place);
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    try {
      rmdirSync(join(root, folder));
    } catch {
      // Something else is in it.
      return;
    }
  }
}
