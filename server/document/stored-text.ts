// The stored updates of a document: how many there are, and when they become one, where nobody waits for it.
// Invariant: an update of its own holds what those it replaces held; a document is replaced under a new id only, once nobody
// holds the one before.
import type { Storage } from '../storage/storage.ts';
import { createSharedDocument, type SharedDocument } from './document.ts';

const COMPACT_ROWS = 500;
/** Pieces from which on a text is worth a new document: loading so many takes 30 ms. */
const WORTH_RENEWING = 5_000;

export interface StoredText {
  /** Number of the newest stored update that is known. */
  last(): number;
  /** So many updates more. */
  added(updates: number): void;
  /** The document was loaded again. */
  reset(last: number): void;
  /** Typing has paused. */
  compact(): void;
  /**
   * Drops what was deleted and how the text came to be, by a new document. Once nothing is stored any more, and nobody has
   * been connected for long.
   */
  renew(docId: string): Promise<void>;
}

export function createStoredText(options: {
  readonly session: string;
  readonly document: SharedDocument;
  readonly storage: Storage;
  /** Number of the last stored update. */
  readonly lastRow: number;
  readonly rows: number;
  /** After everything that arrived before is stored. */
  whenStored(call: () => void): void;
  failed(what: string, error: unknown): void;
}): StoredText {
  const { session, document, storage, failed } = options;
  let { lastRow, rows } = options;
  let compacting = false;

  function compact(): void {
    if (compacting || rows < COMPACT_ROWS) return;
    compacting = true;
    options.whenStored(() => {
      const upTo = lastRow;
      storage
        .docCompact(session, upTo, document.fullUpdate())
        .then(() => {
          rows = 1 + lastRow - upTo;
        })
        .catch((error: unknown) => failed('compaction_failed', error))
        .finally(() => {
          compacting = false;
        });
    });
  }

  return {
    last: () => lastRow,
    added(updates) {
      lastRow += updates;
      rows += updates;
      if (rows > 4 * COMPACT_ROWS) compact();
    },
    reset(last) {
      lastRow = last;
    },
    compact,
    async renew(docId) {
      if (document.structs() < WORTH_RENEWING) return;
      const fresh = createSharedDocument([]);
      fresh.replaceTexts(document.texts());
      const renewed = { docId, last: lastRow, update: fresh.fullUpdate() };
      fresh.destroy();
      await storage.docReplace(session, renewed).catch((error: unknown) => failed('text_renewal_failed', error));
    },
  };
}
