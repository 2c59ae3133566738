// Adding, renaming and deleting files of the shared text, as edits of the driver: the server checks them as it checks
// typing. Invariant: a name that the server would refuse is refused here first, with the same sentence.
import * as Y from 'yjs';
import { t } from '#app/_strings/strings.ts';
import { fileNamesFault } from '#pipeline-core/workspace/file-names.ts';
import { LIMITS } from '#session-core/model/limits.ts';

const filesOf = (doc: Y.Doc) => doc.getMap<Y.Text>('files');

/** Why `path` cannot be the name of another file; null: it can. `full`: there are as many files as there may be; `taken`: it is one. */
export function nameProblem(
  paths: readonly string[],
  path: string,
): { readonly reason: string } | 'full' | 'taken' | null {
  if (paths.length >= LIMITS.documentFiles) return 'full';
  if (paths.includes(path)) return 'taken';
  const fault = fileNamesFault([...paths, path], paths);
  return fault === null ? null : { reason: t.fileNameReason(fault) };
}

export function addFile(doc: Y.Doc, path: string, text = ''): void {
  filesOf(doc).set(path, new Y.Text(text));
}

/** One edit: nobody sees both names, or none. */
export function renameFile(doc: Y.Doc, from: string, to: string): void {
  const text = filesOf(doc).get(from)?.toString();
  if (text === undefined) return;
  doc.transact(() => {
    filesOf(doc).delete(from);
    addFile(doc, to, text);
  });
}

/** Returns what brings it back; nothing where the name has been taken since. */
export function removeFile(doc: Y.Doc, path: string): () => void {
  const text = filesOf(doc).get(path)?.toString() ?? '';
  filesOf(doc).delete(path);
  return () => {
    if (!filesOf(doc).has(path)) addFile(doc, path, text);
  };
}

export interface Found {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

const MOST_FOUND = 200;

/** Lines that contain `wanted`, upper and lower case alike; at most 200. */
export function findInFiles(doc: Y.Doc, paths: readonly string[], wanted: string): readonly Found[] {
  const lower = wanted.toLowerCase();
  if (lower === '') return [];
  return paths
    .flatMap((path) =>
      (filesOf(doc).get(path)?.toString() ?? '').split('\n').flatMap((text, index) => {
        const at = text.toLowerCase().indexOf(lower);
        return at < 0 ? [] : [{ path, line: index + 1, column: at + 1, text: text.trim() }];
      }),
    )
    .slice(0, MOST_FOUND);
}
