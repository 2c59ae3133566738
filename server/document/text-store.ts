// Texts by their hash: the tree of a workspace, the texts of a tree, and which texts the storage holds already.
// Invariant: a hash is the sha256 (hex) of the text's UTF-8 bytes; a text is stored in the transaction of the first event that
// names it, so what is not stored yet lives in the commit batch of that event and not here.
import { createHash } from 'node:crypto';
import type { Tree } from '#session-core/model/types.ts';
import type { Storage } from '../storage/storage.ts';
import type { Texts } from './document.ts';

export const hashOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const CACHED_TEXTS = 400;

export interface TextStore {
  /** Hashed once per object of texts, which nobody may change. */
  treeOf(texts: Texts): Tree;
  /** `unstored`: hash -> text of what the caller has but not stored yet. Throws Error where a text is nowhere. */
  textsOf(tree: Tree, unstored?: ReadonlyMap<string, string>): Promise<Texts>;
  isStored(hash: string): boolean;
  /** These texts (hash -> text) are on the disk from now on. */
  noteStored(blobs: Readonly<Record<string, string>>): void;
}

export function createTextStore(storage: Storage, session: string): TextStore {
  /** Least recently used first. */
  const cache = new Map<string, string>();
  const stored = new Set<string>();
  const trees = new WeakMap<Texts, Tree>();

  const remember = (hash: string, text: string) => {
    cache.delete(hash);
    cache.set(hash, text);
    if (cache.size > CACHED_TEXTS) cache.delete(cache.keys().next().value!);
  };
  const textOf = async (hash: string, unstored?: ReadonlyMap<string, string>): Promise<string> => {
    const cached = unstored?.get(hash) ?? cache.get(hash);
    const text = cached ?? (await storage.blob(session, hash));
    if (text === null) throw new Error(`text ${hash} of session ${session} is not stored`);
    if (cached === undefined) stored.add(hash);
    remember(hash, text);
    return text;
  };

  return {
    treeOf(texts) {
      const known = trees.get(texts);
      if (known) return known;
      const tree = Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, hashOf(text)]));
      trees.set(texts, tree);
      return tree;
    },
    async textsOf(tree, unstored) {
      const entries = await Promise.all(
        Object.entries(tree).map(async ([path, hash]) => [path, await textOf(hash, unstored)] as const),
      );
      return Object.fromEntries(entries);
    },
    isStored: (hash) => stored.has(hash),
    noteStored(blobs) {
      for (const [hash, text] of Object.entries(blobs)) {
        stored.add(hash);
        remember(hash, text);
      }
    },
  };
}
