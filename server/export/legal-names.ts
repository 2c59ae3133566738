// Names for the exported repository. A session refuses every other name, so only what was stored before it did is renamed.
// Invariant: no text is lost, and a file that is renamed has the same new name in every revision.
import { createHash } from 'node:crypto';
import { fileNamesFault } from '#pipeline-core/workspace/file-names.ts';

type Files = Readonly<Record<string, string>>;

const FOLDER = 'renamed';

/** @param ours paths that are beside the workspace: a file of it that would take the place of one is renamed */
export function withLegalNames(files: Files, ours: readonly string[] = []): Files {
  const paths = Object.keys(files);
  const taken = new Set(ours);
  const isLegal = (path: string, before: readonly string[]) =>
    !taken.has(path) && fileNamesFault([...ours, ...before, path], [...ours, ...before]) === null;
  if (!paths.some((path) => taken.has(path)) && fileNamesFault([...ours, ...paths], ours) === null) return files;
  const named = new Map<string, string>();
  for (const path of paths.sort()) {
    const legal = isLegal(path, [...named.keys()]) ? path : renamed(path);
    named.set(legal, files[path]!);
  }
  return Object.fromEntries(named);
}

function renamed(path: string): string {
  const plain = path.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, 30);
  return `${FOLDER}/${createHash('sha256').update(path).digest('hex').slice(0, 8)}-${plain}.txt`;
}
