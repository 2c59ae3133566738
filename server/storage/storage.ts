// The interface of the storage: per session an event log, the document's updates, texts by hash, the course that was
// uploaded for it, and a cached state.
// Invariant: one `append` is one transaction, durable when its promise resolves. Memory, SQLite and Postgres behave
// alike.
import type { SessionEvent } from '#session-core/model/events.ts';
import type { StorageFault } from '#session-core/view/view-types.ts';

export interface SessionRow {
  readonly id: string;
  /** New whenever a log is replaced: clients that hold another one take a snapshot. */
  readonly logId: string;
  /** New whenever the document is replaced: clients that hold another one destroy theirs. */
  readonly docId: string;
  readonly joinCode: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly ended: boolean;
  /** When somebody was there last, to about an hour. */
  readonly lastUsedAt: number;
  /** Since when it is known to be deleted soon, because nobody used it; null: it is kept. */
  readonly expiredAt: number | null;
}
export type Use = Pick<SessionRow, 'lastUsedAt' | 'expiredAt'>;

export interface Append {
  readonly session: string;
  /** seq of the log's last event before this append; 0 for an empty log. */
  readonly expectedSeq: number;
  /** Their seqs follow `expectedSeq` without a gap. */
  readonly events: readonly SessionEvent[];
  /** Yjs updates (V1) in the order they were made. */
  readonly docUpdates?: readonly Uint8Array[];
  /** sha256 (hex) -> text. Those that are stored already are left as they are. */
  readonly blobs?: Readonly<Record<string, string>>;
  /** The session ended with these events. */
  readonly ended?: boolean;
  /** The join code changed with these events. */
  readonly joinCode?: string;
}

export interface StoredDocument {
  /** In order; applying all of them in one transaction gives the document. */
  readonly updates: readonly Uint8Array[];
  /** Number of the last one: what `docCompact` names. */
  readonly last: number;
}

/** What replaces a document, under a new id. */
export interface NewDocument {
  readonly docId: string;
  /** Number of the last update of the document before, which it was made of. */
  readonly last: number;
  readonly update: Uint8Array;
}

export interface StateCache {
  readonly seq: number;
  /** Changes with the code that made it: a cache of another version is ignored. */
  readonly version: string;
  readonly json: string;
}

export interface Storage {
  /** Stores all of it in one transaction. Throws ConflictError where id or join code is taken. */
  create(row: SessionRow, first: Append, uploadedCourse?: Uint8Array): Promise<void>;
  /** Throws ConflictError where the log has moved on, StorageUnavailable where nothing could be written. */
  append(append: Append): Promise<void>;
  /** Newest first. */
  sessions(): Promise<readonly SessionRow[]>;
  find(session: string): Promise<SessionRow | null>;
  findByJoinCode(joinCode: string): Promise<SessionRow | null>;
  /** Those last used before this time, and those known to be deleted soon. */
  unused(before: number): Promise<readonly SessionRow[]>;
  read(session: string, afterSeq: number): Promise<readonly SessionEvent[]>;
  docLoad(session: string): Promise<StoredDocument>;
  /** Replaces all updates up to and with number `upTo` by one that holds the same. */
  docCompact(session: string, upTo: number, update: Uint8Array): Promise<void>;
  /** Replaces all updates and the document's id. Throws ConflictError where an update came meanwhile. */
  docReplace(session: string, document: NewDocument): Promise<void>;
  blob(session: string, hash: string): Promise<string | null>;
  /** As `create` got it; null: the session has none. */
  uploadedCourse(session: string): Promise<Uint8Array | null>;
  /** For a session that was created without it; where it has one, or is gone, nothing happens. */
  addUploadedCourse(session: string, course: Uint8Array): Promise<void>;
  /** A cache: losing it changes nothing. */
  putCache(session: string, cache: StateCache): Promise<void>;
  getCache(session: string, version: string): Promise<StateCache | null>;
  /** @param seen stores only where it is still so. Resolves to whether it was stored. */
  markUse(session: string, use: Use, seen?: Use): Promise<boolean>;
  /** The latest time that is known here: of the newest event, or noted. Milliseconds since 1970, 0 where there is none. */
  clock(): Promise<number>;
  noteClock(at: number): Promise<void>;
  /** Writes something that changes nothing: throws what a write would throw. */
  probe(): Promise<void>;
  /** Deletes everything of the session; SQLite also from free pages and journals (Postgres: docs/operations.md). */
  remove(session: string): Promise<boolean>;
  close(): Promise<void>;
}

/** The log has other events than expected, or the id is taken: reload, then decide again. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
}

/** Another node owns the session: nothing that this one still wants to store is stored. */
export class NotOwner extends ConflictError {
  constructor(session: string) {
    super(`session ${session} is owned by another node`);
  }
}

/** Nothing was stored; the same call may succeed later (disk full, an I/O error). */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable';
  readonly kind: StorageFault;
  constructor(message: string, kind: StorageFault = 'failing') {
    super(message);
    this.kind = kind;
  }
}

/** The disk does not hold what was written. The message names the file and the fix. */
export class StorageDamaged extends Error {
  override readonly name = 'StorageDamaged';
}

/** Throws ConflictError unless the events' seqs follow `head` without a gap and `head` is what the caller expects. */
export function checkFollows(head: number, append: Append): void {
  if (head !== append.expectedSeq)
    throw new ConflictError(`session ${append.session} is at ${head}, not at ${append.expectedSeq}`);
  append.events.forEach((event, i) => {
    if (event.seq !== append.expectedSeq + 1 + i)
      throw new ConflictError(
        `event ${event.seq} of session ${append.session} does not follow ${append.expectedSeq + i}`,
      );
  });
}

export const isUnused = (row: SessionRow, before: number): boolean => row.lastUsedAt < before || row.expiredAt !== null;
export const isSameUse = (row: Use, seen: Use): boolean =>
  row.lastUsedAt === seen.lastUsedAt && row.expiredAt === seen.expiredAt;

/** The session's row after the append. */
export const rowAfter = (row: SessionRow, { ended = false, joinCode = row.joinCode }: Append): SessionRow =>
  ended || joinCode !== row.joinCode ? { ...row, ended: row.ended || ended, joinCode } : row;
