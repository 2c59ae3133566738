// The files of the workspace in the folder: those of the base, and new ones that could be part of a suggestion.
// Invariants: what is written by a stage, hidden, ignored by git, a library, or reached through a link is no part of it. A file that is there and cannot
// be read is neither a text nor missing, and nothing is written over or deleted but a text that is still the expected one.
import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathsOut } from '#pipeline-core/workspace/pipeline.ts';
import { readWorkspace } from '#sandbox/workspace/workspace.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import type { Files } from '#session-core/text/patch.ts';
import { plainCode } from '#session-core/util/code-text.ts';
import { Failure, systemCode } from '../program/failure.ts';
import { type Base, givenMark } from './base.ts';
import { type Ignored, ignoredIn } from './ignored.ts';
import { nameFault, readPlainFile, removePlainFile, writePlainFile } from './safe-files.ts';

/** A file that is left out, and why. */
export interface LeftOut {
  readonly path: string;
  readonly why: string;
}
export interface Local {
  readonly files: Files;
  readonly leftOut: readonly LeftOut[];
}

/** What may be new: editors and tools leave files with other endings, or with none. */
const TEXT = /\.(?:ts|yaml|yml|json|md|txt)$/;
/** At the top: libraries, tables, what stages write. */
const NOT_OURS = new Set(['data', 'dist', 'libraries', 'models', 'notebooks', 'references', 'reports']);
/** In any folder: what npm installs, and what begins a virtual environment of Python, whatever that is called. */
const LIBRARIES = 'node_modules';
const ENVIRONMENT = 'pyvenv.cfg';
const MOST_ENTRIES = 5_000;

/** Paths of files here that are part of the workspace, or could be. Those of the base may have other names as well. */
export function listWorkspace(root: string, base: Base): string[] {
  const beside = new Set(base.beside);
  const found: string[] = [];
  let looked = 0;
  const walk = (folder: string, above: Ignored): void => {
    const entries = entriesOf(join(root, folder));
    if (folder !== '' && entries.some(({ name }) => name === ENVIRONMENT)) return;
    const ignored = entries.some(({ name }) => name === '.gitignore') ? above.within(folder) : above;
    for (const entry of entries) {
      if (++looked > MOST_ENTRIES)
        throw new Failure(
          'too_many_files',
          `${root} has more than ${MOST_ENTRIES} files.`,
          'Keep other things in a folder whose name begins with a dot.',
        );
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.name.startsWith('.') || entry.name === LIBRARIES || (folder === '' && NOT_OURS.has(entry.name)))
        continue;
      if (entry.isDirectory()) {
        if (!ignored.has(path, true)) walk(path, ignored);
      } else if (entry.isFile() && TEXT.test(path) && !beside.has(path)) {
        // What is part of the session already is no less so because git ignores it, which is git's own rule.
        if (Object.hasOwn(base.files, path) || !ignored.has(path, false)) found.push(path);
      }
    }
  };
  walk('', ignoredIn(root));
  const outs = outsAt(root);
  return found.filter((path) => Object.hasOwn(base.files, path) || !outs.has(path)).sort();
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    // It went away meanwhile.
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

const read = new Map<string, ReadonlySet<string>>();

/** What the stages write; none where dvc.yaml cannot be read, which the session itself will say. */
function outsAt(root: string): ReadonlySet<string> {
  const [pipeline, params] = ['dvc.yaml', 'params.yaml'].map(
    (name) => readPlainFile(root, name)?.toString('utf8') ?? '',
  );
  const key = `${root}\0${pipeline}\0${params}`;
  const known = read.get(key);
  if (known !== undefined) return known;
  let outs: ReadonlySet<string>;
  try {
    const workspace = readWorkspace({ 'dvc.yaml': pipeline!, 'params.yaml': params! }, []);
    outs = new Set(workspace.stages.flatMap(pathsOut));
  } catch {
    outs = new Set();
  }
  read.clear();
  read.set(key, outs);
  return outs;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A file as the session would hold it: lines end with \n. Or why it cannot. null: there is none. */
export function readText(root: string, path: string): { readonly text: string } | { readonly why: string } | null {
  const fault = nameFault(path);
  if (fault !== null) return { why: fault };
  let bytes: Buffer | null;
  try {
    bytes = readPlainFile(root, path, LIMITS.documentBytes);
  } catch (error) {
    if (error instanceof Failure) return { why: error.message };
    const code = systemCode(error);
    if (code === undefined) throw error;
    // It went away meanwhile.
    return code === 'ENOENT' ? null : { why: `it cannot be read (${code})` };
  }
  if (bytes === null) return null;
  const text = decoded(bytes);
  return text === null ? { why: 'it is not text in UTF-8' } : { text };
}

/** Whether the file is as the session gave it beside its workspace. */
export function isAsGiven(root: string, { given = {} }: Pick<Base, 'given'>, path: string): boolean {
  if (!Object.hasOwn(given, path)) return false;
  const found = readText(root, path);
  return found !== null && 'text' in found && givenMark(found.text) === given[path];
}

/** Writes a text, or deletes the file, where it is still the expected one, which is looked at just before. null: no file. */
export function replaceText(root: string, path: string, text: string | null, expected: string | null): boolean {
  if (!isStill(root, path, expected)) return false;
  if (text === null) removePlainFile(root, path);
  else writePlainFile(root, path, text);
  return true;
}

export function isStill(root: string, path: string, expected: string | null): boolean {
  const found = readText(root, path);
  return found === null ? expected === null : 'text' in found && found.text === expected;
}

/** As the session would hold it, without the mark that some editors begin a file with. null: it is no text. */
export function decoded(bytes: Uint8Array): string | null {
  // UTF-16 of plain letters is valid UTF-8, with a NUL after each.
  if (bytes.includes(0)) return null;
  try {
    return plainCode(utf8.decode(bytes));
  } catch {
    return null;
  }
}

/** Everything as it is now. A file that is left out counts as unchanged: it was not deleted. */
export function readLocal(root: string, base: Base): Local {
  const files: Record<string, string> = {};
  const leftOut: LeftOut[] = [];
  const here = listWorkspace(root, base);
  for (const path of [...new Set([...Object.keys(base.files), ...here])].sort()) {
    const found = readText(root, path);
    if (found === null) continue;
    if ('text' in found) files[path] = found.text;
    else {
      if (Object.hasOwn(base.files, path)) files[path] = base.files[path]!;
      // A name of the session that this folder may not hold was never written.
      if (nameFault(path) === null || here.includes(path)) leftOut.push({ path, why: found.why });
    }
  }
  return { files, leftOut };
}
