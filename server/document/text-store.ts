// Texts by their hash: the tree of a workspace, the texts of a tree, and what the storage does not hold yet.
// Invariant: a hash is the sha256 (hex) of the text's UTF-8 bytes; a text is stored in the transaction of the first event that
// names it.
import { createHash } from 'node:crypto';
import type { Tree } from '#session-core/model/types.ts';
import type { Storage } from '../storage/storage.ts';
import type { Texts } from './document.ts';

export const hashOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const CACHED_TEXTS = 400;

export interface TextStore {
  /** Hashed once per object of texts, which nobody may change. */
  treeOf(texts: Texts): Tree;
  /** A text of its own, such as a report, to be stored with the next event that names its hash. */
  put(text: string): string;
  /** Throws Error where the session does not hold one of them. */
  textsOf(tree: Tree): Promise<Texts>;
  /** Hash -> text of those of the trees that are not stored. */
  unstored(trees: readonly Tree[]): Record<string, string>;
  stored(blobs: Readonly<Record<string, string>>): void;
}

export function createTextStore(storage: Storage, session: string): TextStore {
  /** Least recently used first. Texts not stored yet are kept apart, since nobody else holds them. */
  const cache = new Map<string, string>();
  const waiting = new Map<string, string>();
  const kept = new Set<string>();
  const trees = new WeakMap<Texts, Tree>();

  const remember = (hash: string, text: string) => {
    cache.delete(hash);
    cache.set(hash, text);
    if (cache.size > CACHED_TEXTS) cache.delete(cache.keys().next().value!);
  };
  const textOf = async (hash: string): Promise<string> => {
    const near = waiting.get(hash) ?? cache.get(hash);
    const text = near ?? (await storage.blob(session, hash));
    if (text === null) throw new Error(`text ${hash} of session ${session} is not stored`);
    if (near === undefined) kept.add(hash);
    remember(hash, text);
    return text;
  };

  return {
    treeOf(texts) {
      const known = trees.get(texts);
      const tree = known ?? Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, hashOf(text)]));
      trees.set(texts, tree);
      for (const [path, hash] of Object.entries(tree)) {
        if (!kept.has(hash)) waiting.set(hash, texts[path]!);
        remember(hash, texts[path]!);
      }
      // What no event named when it was new will not be named later: the live text has moved on.
      if (waiting.size > CACHED_TEXTS) for (const hash of [...waiting.keys()].slice(0, 100)) waiting.delete(hash);
      return tree;
    },
    put(text) {
      const hash = hashOf(text);
      if (!kept.has(hash)) waiting.set(hash, text);
      return hash;
    },
    async textsOf(tree) {
      const entries = await Promise.all(
        Object.entries(tree).map(async ([path, hash]) => [path, await textOf(hash)] as const),
      );
      return Object.fromEntries(entries);
    },
    unstored(trees) {
      const hashes = new Set(trees.flatMap((tree) => Object.values(tree)));
      const found = [...hashes].filter((hash) => !kept.has(hash));
      return Object.fromEntries(found.flatMap((hash) => (waiting.has(hash) ? [[hash, waiting.get(hash)!]] : [])));
    },
    stored(blobs) {
      for (const hash of Object.keys(blobs)) {
        kept.add(hash);
        waiting.delete(hash);
      }
    },
  };
}
