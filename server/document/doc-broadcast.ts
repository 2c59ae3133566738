// Everybody who has the text open: one broadcast list, the driver's cursor, and a sign of life for quiet sockets.
// Invariant: only the driver's cursor is relayed, under the name, role and colour the server gives it; text and cursor of one
// tick leave in one socket write.
import type { Id } from '#session-core/model/types.ts';
import type { After, Now } from '../platform/clock.ts';
import type { DocConnection } from './doc-connection.ts';
import {
  type AwarenessEntry,
  awarenessFrame,
  docIdFrame,
  roleFrame,
  socketBytes,
  syncStep1,
  updateFrame,
} from './doc-protocol.ts';

const CURSOR_MS = 33;
const CHECK_MS = 5_000;
const COLOURS = ['#c2410c', '#0369a1', '#4d7c0f', '#a21caf', '#0f766e', '#b91c1c', '#6d28d9', '#a16207'];

export interface BroadcastOptions {
  readonly docId: string;
  readonly now: Now;
  readonly after: After;
  /** By the committed state. */
  drives(peer: DocConnection): boolean;
  displayName(participant: Id): string;
  /** Text is on its way to the disk: the cursor waits for it, since it points into it. */
  textWaits(): boolean;
  /** Of the document as it is. */
  stateVector(): Uint8Array;
}

export interface DocBroadcast {
  join(peer: DocConnection, stateVector: Uint8Array): void;
  leave(peer: DocConnection): void;
  /** Stored updates, to all but `source`, together with the cursor. */
  relay(updates: readonly Uint8Array[], source: DocConnection | null): void;
  cursor(peer: DocConnection, entries: readonly AwarenessEntry[]): void;
  /** Sends the driver's cursor as it stands. */
  showCursor(peer: DocConnection): void;
  /** Tells those whose role is another than they were told, and takes away the old driver's cursor. */
  rolesChanged(): void;
}

export function createDocBroadcast(options: BroadcastOptions): DocBroadcast {
  const { now, after, drives } = options;
  const peers = new Set<DocConnection>();
  const told = new Map<DocConnection, boolean>();
  const claimed = new Set<number>();
  /** The last clock sent for a Yjs client: what leaves is always newer, whatever its own clock says. */
  const clocks = new Map<number, number>();
  let shown: { readonly peer: DocConnection; readonly entry: AwarenessEntry } | null = null;
  let fresh: AwarenessEntry[] = [];
  let cursorAt = 0;
  let due: (() => void) | null = null;
  let checking: (() => void) | null = null;

  const broadcast = (bytes: Buffer, source: DocConnection | null) => {
    for (const peer of peers) if (peer !== source) peer.write(bytes);
  };
  const nextClock = (clientId: number, clock: number) => {
    const next = Math.max((clocks.get(clientId) ?? -1) + 1, clock);
    clocks.set(clientId, next);
    return next;
  };
  const takeCursor = (): Buffer | null => {
    due?.();
    due = null;
    if (fresh.length === 0) return null;
    const bytes = socketBytes(awarenessFrame(fresh));
    fresh = [];
    cursorAt = now();
    return bytes;
  };
  const flushCursor = () => {
    due = null;
    if (options.textWaits()) return;
    const bytes = takeCursor();
    if (bytes) broadcast(bytes, null);
  };
  const plan = () => {
    if (due) return;
    const wait = CURSOR_MS - (now() - cursorAt);
    if (wait <= 0) flushCursor();
    else due = after(Math.min(wait, CURSOR_MS), flushCursor);
  };
  const dropCursor = () => {
    if (!shown) return;
    const { clientId, clock } = shown.entry;
    shown = null;
    fresh = [{ clientId, clock: nextClock(clientId, clock + 1), state: null }];
    plan();
  };
  const check = () => {
    for (const peer of peers) if (peer.check().quiet) peer.send(awarenessFrame(shown ? [shown.entry] : []));
    checking = after(CHECK_MS, check);
  };

  return {
    join(peer, stateVector) {
      peers.add(peer);
      checking ??= after(CHECK_MS, check);
      const mayWrite = drives(peer);
      told.set(peer, mayWrite);
      peer.send(
        ...(peer.own ? [docIdFrame(options.docId), roleFrame(mayWrite)] : []),
        // Only who may write is asked for what the server lacks.
        ...(mayWrite ? [syncStep1(stateVector)] : []),
        ...(shown ? [awarenessFrame([shown.entry])] : []),
      );
    },
    leave(peer) {
      peers.delete(peer);
      told.delete(peer);
      if (peer.clientId !== null) claimed.delete(peer.clientId);
      if (shown?.peer === peer) dropCursor();
      if (peers.size === 0) {
        checking?.();
        checking = null;
      }
    },
    relay(updates, source) {
      if (updates.length === 0) return;
      const cursor = takeCursor();
      const frames = updates.map((update) => socketBytes(updateFrame(update)));
      const bytes = Buffer.concat(cursor ? [...frames, cursor] : frames);
      for (const peer of peers) if (peer !== source) peer.write(bytes);
      if (source && cursor) source.write(cursor);
    },
    cursor(peer, entries) {
      if (!drives(peer)) return;
      const named = entries.find((entry) => entry.state !== null)?.clientId ?? null;
      if (peer.clientId === null && named !== null && !claimed.has(named)) {
        peer.clientId = named;
        claimed.add(named);
      }
      const entry = entries.findLast((one) => one.clientId === peer.clientId);
      if (!entry || peer.participant === null) return;
      if (entry.state === null) return dropCursor();
      if (shown && shown.peer !== peer) dropCursor();
      const user = {
        id: peer.participant,
        name: options.displayName(peer.participant),
        role: 'driver',
        color: COLOURS[Number.parseInt(peer.participant.slice(1), 16) % COLOURS.length] ?? COLOURS[0],
      };
      const clock = nextClock(entry.clientId, entry.clock);
      shown = { peer, entry: { clientId: entry.clientId, clock, state: { ...entry.state, user } } };
      fresh = [...fresh.filter((one) => one.clientId !== entry.clientId), shown.entry];
      plan();
    },
    showCursor: (peer) => peer.send(awarenessFrame(shown ? [shown.entry] : [])),
    rolesChanged() {
      if (shown && !drives(shown.peer)) dropCursor();
      for (const peer of peers) {
        const mayWrite = drives(peer);
        if (told.get(peer) === mayWrite) continue;
        told.set(peer, mayWrite);
        // It was never asked for what it holds, and may hold nothing else: what is ahead now is a fault.
        if (mayWrite) peer.synced = peer.own;
        if (peer.own) peer.send(roleFrame(mayWrite));
        // One that cannot be told of refusals may hold, deleted, what it typed without the seat: its next key builds on it.
        else if (mayWrite) peer.send(syncStep1(options.stateVector()));
      }
    },
  };
}
