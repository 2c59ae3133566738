// The text side of a session: sockets join, what the driver types goes into the queue, what was stored goes out.
// Invariant: stored before relayed; role before queries on; SyncStep1 is answered with stored text only; a revision is cut when
// typing pauses; the rows on the disk are compacted where nobody waits for it.
import type { WebSocket } from 'ws';
import type { SessionState } from '#session-core/model/state.ts';
import type { Id } from '#session-core/model/types.ts';
import { CLOSE, closeReason } from '#session-core/protocol/close-codes.ts';
import { createDocBroadcast, type DocBroadcast } from '../document/doc-broadcast.ts';
import { createDocConnection, type DocConnection } from '../document/doc-connection.ts';
import { refusedFrame, savedFrame, socketBytes, syncStep1, syncStep2, updateFrame } from '../document/doc-protocol.ts';
import type { SharedDocument } from '../document/document.ts';
import { stepsOf, type Work } from '../document/update-outline.ts';
import { AHEAD } from '../document/validate-update.ts';
import type { After, Now } from '../platform/clock.ts';
import type { Storage } from '../storage/storage.ts';
import type { Actor } from './actor.ts';
import { drives, type Refusal, type Turn } from './commit.ts';

const PAUSE_MS = 3_000;
const COMPACT_ROWS = 500;
/** Between two tries of one connection to type what may not be typed, and so much more for what the last one cost. */
const REFUSED_MS = 250;
const REFUSED_MS_PER_STEP = 0.1;
/** Asked so often in a row for what it holds, a copy cannot be helped. */
const MOST_ASKS = 5;

export interface DocumentGatewayOptions {
  readonly session: string;
  readonly docId: string;
  readonly room: SharedDocument;
  readonly storage: Storage;
  /** Number of the last stored update. */
  readonly lastRow: number;
  readonly rows: number;
  readonly now: Now;
  readonly after: After;
  readonly actor: () => Actor;
  readonly state: () => SessionState;
  came(peer: DocConnection): void;
  left(peer: DocConnection): void;
  /** Nobody has typed for three seconds. */
  paused(): void;
  failed(what: string, error: unknown): void;
}

export interface DocumentGateway {
  join(socket: WebSocket, who: { readonly participant: Id | null; readonly tab: string; readonly own: boolean }): void;
  committed(turn: Turn): void;
  rolesChanged(): void;
  /** The room was reset to what is stored: who typed must sync again. */
  wasReset(lastRow: number): void;
  close(code: number, only?: (peer: DocConnection) => boolean): void;
  stop(): void;
}

export function createDocumentGateway(options: DocumentGatewayOptions): DocumentGateway {
  const { session, room, storage, now, after, actor, state } = options;
  /** Joined or about to. */
  const peers = new Set<DocConnection>();
  let { lastRow, rows } = options;
  let answer: { readonly missing: Uint8Array; readonly bytes: Buffer } | null = null;
  let pause: (() => void) | null = null;
  let compacting = false;

  const audience: DocBroadcast = createDocBroadcast({
    docId: options.docId,
    now,
    after,
    drives: (peer) => drives(state(), peer),
    displayName: (id) => state().participants[id]?.displayName ?? '',
    textWaits: () => actor().textWaits(),
    stateVector: () => room.stateVector(),
  });

  const refuse = (peer: DocConnection, reason: string, { steps }: Work = { steps: 0 }) => {
    if (peer.own && !peer.refused) {
      peer.refused = true;
      peer.send(refusedFrame(reason));
    }
    peer.pause(REFUSED_MS + REFUSED_MS_PER_STEP * steps);
  };
  /** For clients that know the protocol's own frames alone: later edits build on the refused one, so it must come, deleted. */
  const putRight = ({ peer, added, reason }: Refusal) => {
    if (added === null) return peer.close(CLOSE.tooManyPieces, `${reason}; open a new document`);
    const mayWrite = drives(state(), peer);
    const back = mayWrite && reason === AHEAD ? null : room.takeBack(added);
    if (back) peer.send(updateFrame(back));
    if (!mayWrite || peer.asks >= MOST_ASKS) return;
    peer.asks += 1;
    peer.synced = false;
    peer.send(syncStep1(room.stateVector()));
  };

  /** What was asked last: a copy needs one answer. */
  const questions = new Map<DocConnection, Uint8Array>();
  function askedSync(peer: DocConnection, stateVector: Uint8Array): void {
    const waits = questions.has(peer);
    questions.set(peer, stateVector);
    if (waits) return;
    actor().whenStored(() => {
      const last = questions.get(peer);
      questions.delete(peer);
      if (last) answerSync(peer, last);
    });
  }

  function answerSync(peer: DocConnection, stateVector: Uint8Array): void {
    const compared = room.compare(stateVector);
    if (!compared) {
      peer.close(CLOSE.unreadable, 'unreadable state vector');
      return;
    }
    const { missing, ahead, work } = compared;
    // The same answer for many, as after a fault, is one buffer in all their sockets.
    if (answer?.missing !== missing) answer = { missing, bytes: socketBytes(syncStep2(missing)) };
    peer.charge(work.steps + stepsOf(missing));
    peer.write(answer.bytes);
    if (stateVector.length <= 1 || !peer.own || drives(state(), peer)) return;
    // It holds what never was stored: typed here without the seat, or lost with it. Deletions do not show in a state
    // vector, so who comes back is asked for what it holds.
    if (ahead) refuse(peer, 'this copy holds edits that were not taken');
    else peer.send(syncStep1(room.stateVector()));
  }

  function closeAll(code: number, only: (peer: DocConnection) => boolean = () => true): void {
    for (const peer of [...peers]) if (only(peer)) peer.close(code);
  }

  function compact(): void {
    if (compacting || rows < COMPACT_ROWS) return;
    compacting = true;
    actor().whenStored(() => {
      const upTo = lastRow;
      storage
        .docCompact(session, upTo, room.whole())
        .then(() => {
          rows = 1 + lastRow - upTo;
        })
        .catch((error: unknown) => options.failed('compaction_failed', error))
        .finally(() => {
          compacting = false;
        });
    });
  }

  return {
    join(socket, who) {
      if (state().status === 'ended') return socket.close(CLOSE.ended, closeReason(CLOSE.ended));
      if (who.participant !== null && state().participants[who.participant]?.removed !== false)
        return socket.close(CLOSE.forbidden, closeReason(CLOSE.forbidden));
      const peer = createDocConnection(socket, {
        ...who,
        now,
        after,
        handlers: {
          text: (from, update) => {
            if (!from.refused) actor().type({ peer: from, update, early: !from.synced });
          },
          sync: askedSync,
          mayWrite: (from) => drives(state(), from),
          awareness: (from, entries) => audience.cursor(from, entries),
          askAwareness: (from) => audience.showCursor(from),
          closed: (from) => {
            peers.delete(from);
            questions.delete(from);
            audience.leave(from);
            options.left(from);
          },
        },
      });
      peers.add(peer);
      options.came(peer);
      actor().whenStored(() => {
        if (peers.has(peer)) audience.join(peer, room.stateVector());
      });
    },
    committed(turn) {
      audience.relay(turn.docUpdates, turn.source);
      for (const peer of turn.typists) peer.asks = 0;
      for (const refusal of turn.refusals) {
        if (!refusal.peer.own) putRight(refusal);
        refuse(refusal.peer, refusal.reason, refusal.work);
      }
      const saved = turn.typists.size > 0 ? savedFrame(room.stateVector()) : null;
      for (const peer of turn.typists) if (saved && peer.own) peer.send(saved);
      if (turn.docUpdates.length === 0) return;
      lastRow += turn.docUpdates.length;
      rows += turn.docUpdates.length;
      pause?.();
      pause = after(PAUSE_MS, () => {
        pause = null;
        options.paused();
        compact();
      });
      if (rows > 4 * COMPACT_ROWS) compact();
    },
    rolesChanged: () => audience.rolesChanged(),
    wasReset(row) {
      lastRow = row;
      closeAll(CLOSE.reload, (peer) => drives(state(), peer));
    },
    close: closeAll,
    stop() {
      pause?.();
      room.destroy();
    },
  };
}
