// The files of the workspace in the folder: those of the base, and new ones that could be part of a suggestion.
// Invariant: what is ignored by git, written by a stage, hidden, or reached through a link is no part of it.
import { type Dirent, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathsOut } from '#pipeline-core/workspace/pipeline.ts';
import { readWorkspace } from '#sandbox/workspace/workspace.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import type { Files } from '#session-core/text/patch.ts';
import { plainCode } from '#session-core/util/code-text.ts';
import { Failure } from '../program/failure.ts';
import type { Base } from './base.ts';
import { nameFault, readPlainFile } from './safe-files.ts';

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
const NOT_OURS = new Set(['data', 'dist', 'libraries', 'models', 'node_modules', 'notebooks', 'references', 'reports']);
const MOST_ENTRIES = 5_000;

/** Paths of the workspace here, in order; those of the base that are missing are not among them. */
export function listWorkspace(root: string, base: Base): string[] {
  const beside = new Set(base.beside);
  const found: string[] = [];
  let looked = 0;
  const walk = (folder: string): void => {
    for (const entry of entriesOf(join(root, folder))) {
      if (++looked > MOST_ENTRIES)
        throw new Failure(
          'too_many_files',
          `${root} has more than ${MOST_ENTRIES} files.`,
          'Keep other things in a folder whose name begins with a dot.',
        );
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.name.startsWith('.') || (folder === '' && NOT_OURS.has(entry.name))) continue;
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile() && TEXT.test(path) && !beside.has(path)) found.push(path);
    }
  };
  walk('');
  const known = Object.keys(base.files).filter((path) => !found.includes(path) && existsSync(join(root, path)));
  const outs = outsAt(root);
  return [...found, ...known].filter((path) => Object.hasOwn(base.files, path) || !outs.has(path)).sort();
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    // It went away meanwhile.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
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
    throw error;
  }
  if (bytes === null) return null;
  const text = decoded(bytes);
  return text === null ? { why: 'it is not text in UTF-8' } : { text };
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

/** Everything as it is now. A file that is left out counts as unchanged. */
export function readLocal(root: string, base: Base): Local {
  const files: Record<string, string> = {};
  const leftOut: LeftOut[] = [];
  for (const path of listWorkspace(root, base)) {
    const found = readText(root, path);
    if (found === null) continue;
    if ('text' in found) files[path] = found.text;
    else leftOut.push({ path, why: found.why });
  }
  // A name of the session that this folder may not hold was never written: that is no deletion.
  for (const path of Object.keys(base.files)) {
    if (nameFault(path) === null && !leftOut.some((one) => one.path === path)) continue;
    files[path] = base.files[path]!;
  }
  return { files, leftOut };
}
