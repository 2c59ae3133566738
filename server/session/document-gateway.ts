// The text side of a session: text sockets join, what the driver types goes into the queue, what was stored goes out.
// Invariant: stored before relayed; SyncStep1 is answered with stored text only; a revision is cut when typing pauses.
import type { WebSocket } from 'ws';
import type { SessionState } from '#session-core/model/state.ts';
import type { Id } from '#session-core/model/types.ts';
import { CLOSE } from '#session-core/protocol/close-codes.ts';
import { closeReason } from '#session-core/protocol/messages-for-programs.ts';
import { createDocBroadcast } from '../document/doc-broadcast.ts';
import {
  type ConnectionHandlers,
  createDocConnection,
  type DocConnection,
  type TextClient,
} from '../document/doc-connection.ts';
import {
  notStoredFrame,
  refusedFrame,
  savedFrame,
  syncStep1,
  syncStep2,
  updateFrame,
} from '../document/doc-protocol.ts';
import type { SharedDocument } from '../document/document.ts';
import { createStoredText, type StoredText } from '../document/stored-text.ts';
import { stepsOf, type Work } from '../document/update-outline.ts';
import type { After, Now } from '../platform/clock.ts';
import { socketBytes } from '../platform/socket-frame.ts';
import type { Storage } from '../storage/storage.ts';
import type { Actor } from './actor.ts';
import { type Commit, mayType, type RefusedUpdate } from './commits/commit.ts';
import { createDriverLoss } from './driver-loss.ts';

const TYPING_PAUSE_MS = 3_000;
/** A connection whose edit was refused is read again after so long, and longer by what the edit cost. */
const REFUSED_MS = 250;
const REFUSED_MS_PER_STEP = 0.1;
/** After so many requests in a row for what it holds, a copy cannot be repaired. */
const MOST_RESYNCS = 5;
/** Between a failed save and asking the driver again for what was not saved. */
const SAVE_AGAIN_MS = 2_000;

export interface DocumentGatewayOptions {
  readonly session: string;
  readonly docId: string;
  readonly document: SharedDocument;
  readonly storage: Storage;
  /** Number of the last stored update. */
  readonly lastRow: number;
  readonly rows: number;
  readonly now: Now;
  readonly after: After;
  readonly actor: () => Actor;
  readonly state: () => SessionState;
  connected(connection: DocConnection): void;
  disconnected(connection: DocConnection): void;
  typingPaused(): void;
  /** `code`: why it was not taken. */
  editRefused(participant: Id | null, code: string): void;
  failed(what: string, error: unknown): void;
}

export interface DocumentGateway {
  join(socket: WebSocket, who: TextClient): void;
  /** Relays the text, answers those who typed, then sends new roles. */
  committed(commit: Commit): void;
  answerRefusals(refusals: readonly RefusedUpdate[]): void;
  /** Nothing could be stored, the document is as stored: who typed is informed, and asked for it again. */
  documentReset(lastRow: number): void;
  /** Number of the newest stored update that it knows. */
  lastRow(): number;
  close(code: number, only?: (connection: DocConnection) => boolean): void;
  readonly renew: StoredText['renew'];
  stop(): void;
}

export function createDocumentGateway(options: DocumentGatewayOptions): DocumentGateway {
  const { document, now, after, actor, state } = options;
  /** Joined or about to. */
  const connections = new Set<DocConnection>();
  /** Their newest state vector: several requests that wait need one answer. */
  const syncRequests = new Map<DocConnection, Uint8Array>();
  const stored = createStoredText({ ...options, whenStored: (call) => actor().whenStored(call) });
  let syncAnswer: { readonly missing: Uint8Array; readonly bytes: Buffer } | null = null;
  let cancelPause: (() => void) | null = null;
  let cancelSaveAgain: (() => void) | null = null;
  /** Whose typing could not be stored, until they are asked for it again. */
  const unsaved = new Set<DocConnection>();
  const driverLoss = createDriverLoss();
  /** They got the text as they came: what they ask for first, as every client does, they have already. */
  const greeted = new WeakSet<DocConnection>();

  const broadcast = createDocBroadcast({
    docId: options.docId,
    now,
    after,
    displayName: (id) => state().participants[id]?.displayName ?? '',
    hasUnstoredText: () => actor().hasUnstoredText(),
    stateVector: () => document.stateVector(),
  });

  const refuse = (connection: DocConnection, reason: string, { steps }: Work = { steps: 0 }) => {
    if (connection.own && !connection.refused) {
      connection.refused = true;
      connection.send(refusedFrame(reason));
    }
    connection.pause(REFUSED_MS + REFUSED_MS_PER_STEP * steps);
  };

  /**
   * For clients that know only the protocol's own frames: their later edits build on the refused one, so it must arrive,
   * already deleted.
   */
  const repair = ({ connection, added, code, reason }: RefusedUpdate) => {
    if (added === null) return connection.close(CLOSE.tooManyPieces, `${reason}; open a new document`);
    const reverted = connection.mayType && code === 'ahead' ? null : document.revert(added);
    if (reverted) connection.send(updateFrame(reverted));
    if (!connection.mayType || connection.resyncs >= MOST_RESYNCS) return;
    connection.resyncs += 1;
    connection.synced = false;
    connection.send(syncStep1(document.stateVector()));
  };

  /** Each is answered, also where the rest of its batch could not be stored: its client would go on showing the edit. */
  function answerRefusals(refusals: readonly RefusedUpdate[]): void {
    for (const refusal of refusals) {
      const { connection, code, reason, work } = refusal;
      options.editRefused(connection.participant, code);
      if (!connection.own) repair(refusal);
      refuse(connection, code === 'not-driver' ? driverLoss.reason(state(), connection.participant) : reason, work);
    }
  }

  function requestSync(connection: DocConnection, stateVector: Uint8Array): void {
    if (greeted.delete(connection) && stateVector.length <= 1) return;
    const isWaiting = syncRequests.has(connection);
    syncRequests.set(connection, stateVector);
    if (isWaiting) return;
    actor().whenStored(() => {
      const newest = syncRequests.get(connection);
      syncRequests.delete(connection);
      if (newest) answerSync(connection, newest);
    });
  }

  /** The same for many, as after a restart, is one buffer in all their sockets. */
  function sendText(connection: DocConnection, missing: Uint8Array, steps = 0): void {
    if (syncAnswer?.missing !== missing) syncAnswer = { missing, bytes: socketBytes(syncStep2(missing)) };
    connection.charge(steps + stepsOf(missing));
    connection.write(syncAnswer.bytes);
  }

  function answerSync(connection: DocConnection, stateVector: Uint8Array): void {
    const compared = document.compare(stateVector);
    if (!compared) {
      connection.close(CLOSE.unreadable, 'unreadable state vector');
      return;
    }
    const { missing, ahead, foreign, work } = compared;
    // A program that was away for long: both texts would be in its copy.
    if (foreign && !connection.own && !connection.mayType) {
      connection.close(CLOSE.replaced);
      return;
    }
    sendText(connection, missing, work.steps);
    if (stateVector.length <= 1 || !connection.own || connection.mayType) return;
    // It holds what was never stored: typed without the driver role, or just before it was lost. Deletions do not show in
    // a state vector, so a returning client is asked for what it holds.
    if (ahead) {
      options.editRefused(connection.participant, 'ahead');
      refuse(connection, driverLoss.reason(state(), connection.participant));
    } else connection.send(syncStep1(document.stateVector()));
  }

  function close(code: number, only: (connection: DocConnection) => boolean = () => true): void {
    for (const connection of [...connections]) if (only(connection)) connection.close(code);
  }

  function noteStored(updates: number): void {
    if (updates === 0) return;
    stored.added(updates);
    cancelPause?.();
    cancelPause = after(TYPING_PAUSE_MS, () => {
      cancelPause = null;
      options.typingPaused();
      stored.compact();
    });
  }

  /** Those whose right to type is another one by the committed state. */
  function updateRoles(): readonly DocConnection[] {
    const changed = [...connections].filter((connection) => connection.mayType !== mayType(state(), connection));
    for (const connection of changed) connection.mayType = !connection.mayType;
    return changed;
  }

  /**
   * Their clients send everything that is not stored, old and new, in one answer. Also those who have stopped driving
   * meanwhile: it is refused then, or they would go on showing what nobody else has.
   */
  function saveAgain(): void {
    cancelSaveAgain = null;
    for (const connection of unsaved)
      if (connections.has(connection)) connection.send(syncStep1(document.stateVector()));
    unsaved.clear();
  }

  const handlers: ConnectionHandlers = {
    text: (from, update) => {
      if (!from.refused) actor().type({ connection: from, update, early: !from.synced });
    },
    sync: requestSync,
    awareness: (from, entries) => broadcast.moveCursor(from, entries),
    askAwareness: (from) => broadcast.sendCursor(from),
    closed: (from) => {
      connections.delete(from);
      syncRequests.delete(from);
      broadcast.leave(from);
      options.disconnected(from);
    },
  };

  return {
    join(socket, who) {
      if (state().status === 'ended') return socket.close(CLOSE.ended, closeReason(CLOSE.ended));
      if (who.participant !== null && state().participants[who.participant]?.removed !== false)
        return socket.close(CLOSE.forbidden, closeReason(CLOSE.forbidden));
      const connection = createDocConnection(socket, {
        ...who,
        mayType: mayType(state(), who),
        now,
        after,
        handlers,
      });
      connections.add(connection);
      options.connected(connection);
      actor().whenStored(() => {
        if (!connections.has(connection)) return;
        broadcast.join(connection);
        if (!who.empty) return;
        greeted.add(connection);
        sendText(connection, document.fullUpdate());
      });
    },
    committed({ before, after: committed, steps, docUpdates, source, typists, refusals }) {
      for (const { event } of steps) driverLoss.note(event);
      broadcast.relay(docUpdates, source);
      const changed = committed.driver === before.driver ? [] : updateRoles();
      for (const typist of typists) typist.resyncs = 0;
      answerRefusals(refusals);
      const saved = typists.size > 0 ? savedFrame(document.stateVector()) : null;
      for (const typist of typists) if (saved && typist.own) typist.send(saved);
      noteStored(docUpdates.length);
      if (committed.driver !== before.driver) broadcast.rolesChanged(changed);
    },
    answerRefusals,
    lastRow: stored.last,
    documentReset(row) {
      stored.reset(row);
      close(CLOSE.reload, (connection) => connection.mayType && !connection.own);
      for (const connection of connections) {
        if (!connection.own || !connection.mayType) continue;
        // What it types until it is asked builds on what was not stored, and comes again with the answer.
        connection.synced = false;
        unsaved.add(connection);
        connection.send(notStoredFrame());
      }
      cancelSaveAgain ??= after(SAVE_AGAIN_MS, saveAgain);
    },
    close,
    renew: stored.renew,
    stop() {
      cancelPause?.();
      cancelSaveAgain?.();
      document.destroy();
    },
  };
}
