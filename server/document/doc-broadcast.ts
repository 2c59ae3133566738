// Sends to everybody who has the text open: stored updates, the driver's cursor, roles, and a keep-alive for quiet sockets.
// Invariant: only the driver's cursor is relayed, under the name, role and color the server gives it; text and cursor of one
// tick leave in one socket write.
import type { Id } from '#session-core/model/types.ts';
import type { After, Now } from '../platform/clock.ts';
import { socketBytes } from '../platform/socket-frame.ts';
import type { DocConnection } from './doc-connection.ts';
import { type AwarenessEntry, awarenessFrame, docIdFrame, roleFrame, syncStep1, updateFrame } from './doc-protocol.ts';

const CURSOR_MS = 33;
/**
 * While somebody types, a cursor that comes apart from its text waits for the next text, at most so long: the place it marks
 * moves with the text meanwhile, and each message costs a write to everybody.
 */
const CURSOR_WAITS_MS = 150;
const TYPING_MS = 250;
const CHECK_MS = 2_500;
const COLORS = ['#c2410c', '#0369a1', '#4d7c0f', '#a21caf', '#0f766e', '#b91c1c', '#6d28d9', '#a16207'];

export interface DocBroadcastOptions {
  readonly docId: string;
  readonly now: Now;
  readonly after: After;
  displayName(participant: Id): string;
  /** Text is on its way to the disk: the cursor waits for it, since it points into it. */
  hasUnstoredText(): boolean;
  /** Of the document as it is. */
  stateVector(): Uint8Array;
}

interface Cursor {
  readonly connection: DocConnection;
  readonly entry: AwarenessEntry;
}

export interface DocBroadcast {
  join(connection: DocConnection): void;
  leave(connection: DocConnection): void;
  /** Stored updates, to all but `source`, together with the cursor. */
  relay(updates: readonly Uint8Array[], source: DocConnection | null): void;
  moveCursor(connection: DocConnection, entries: readonly AwarenessEntry[]): void;
  /** Sends the driver's current cursor. */
  sendCursor(connection: DocConnection): void;
  /** `mayType` of these changed: sends them their role, and removes the former driver's cursor. */
  rolesChanged(changed: readonly DocConnection[]): void;
}

export function createDocBroadcast(options: DocBroadcastOptions): DocBroadcast {
  const { now, after } = options;
  const connections = new Set<DocConnection>();
  const claimedClientIds = new Set<number>();
  /** The last clock sent for a Yjs client: what is sent is always newer, whatever its own clock says. */
  const clocks = new Map<number, number>();
  let cursor: Cursor | null = null;
  let unsent: AwarenessEntry[] = [];
  let cursorSentAt = Number.NEGATIVE_INFINITY;
  let textSentAt = Number.NEGATIVE_INFINITY;
  let cancelSend: (() => void) | null = null;
  let cancelCheck: (() => void) | null = null;

  const nextClock = (clientId: number, clock: number) => {
    const next = Math.max((clocks.get(clientId) ?? -1) + 1, clock);
    clocks.set(clientId, next);
    return next;
  };
  const currentCursor = () => awarenessFrame(cursor ? [cursor.entry] : []);
  /** What a reader is sent first, encoded once for all who come while the cursor is at one place. */
  const hellos = new Map<boolean, Buffer>();
  let cursorOfHellos: Cursor | null = null;
  const helloOf = ({ own }: DocConnection): Buffer => {
    if (cursorOfHellos !== cursor) hellos.clear();
    cursorOfHellos = cursor;
    const known = hellos.get(own);
    if (known) return known;
    const frames = [
      ...(own ? [docIdFrame(options.docId), roleFrame(false)] : []),
      ...(cursor ? [currentCursor()] : []),
    ];
    const bytes = Buffer.concat(frames.map((frame) => socketBytes(frame)));
    hellos.set(own, bytes);
    return bytes;
  };
  const takeUnsent = (): Buffer | null => {
    cancelSend?.();
    cancelSend = null;
    if (unsent.length === 0) return null;
    const bytes = socketBytes(awarenessFrame(unsent));
    unsent = [];
    cursorSentAt = now();
    return bytes;
  };
  const sendUnsent = () => {
    cancelSend = null;
    if (options.hasUnstoredText()) return;
    const bytes = takeUnsent();
    if (bytes) for (const connection of connections) connection.write(bytes);
  };
  const scheduleSend = () => {
    if (cancelSend) return;
    const types = now() - textSentAt < TYPING_MS;
    const wait = types ? CURSOR_WAITS_MS : Math.min(CURSOR_MS, CURSOR_MS - (now() - cursorSentAt));
    if (wait <= 0) sendUnsent();
    else cancelSend = after(wait, sendUnsent);
  };
  const removeCursor = () => {
    if (!cursor) return;
    const { clientId, clock } = cursor.entry;
    cursor = null;
    unsent = [{ clientId, clock: nextClock(clientId, clock + 1), state: null }];
    scheduleSend();
  };
  const check = () => {
    for (const connection of connections) if (connection.check().quiet) connection.send(currentCursor());
    cancelCheck = after(CHECK_MS, check);
  };

  return {
    join(connection) {
      connections.add(connection);
      cancelCheck ??= after(CHECK_MS, check);
      if (!connection.mayType) return connection.write(helloOf(connection));
      connection.send(
        ...(connection.own ? [docIdFrame(options.docId), roleFrame(true)] : []),
        // Only who may type is asked for what the server lacks.
        syncStep1(options.stateVector()),
        ...(cursor ? [currentCursor()] : []),
      );
    },
    leave(connection) {
      connections.delete(connection);
      if (connection.clientId !== null) claimedClientIds.delete(connection.clientId);
      if (cursor?.connection === connection) removeCursor();
      if (connections.size === 0) {
        cancelCheck?.();
        cancelCheck = null;
      }
    },
    relay(updates, source) {
      if (updates.length === 0) return;
      textSentAt = now();
      const moved = takeUnsent();
      const frames = updates.map((update) => socketBytes(updateFrame(update)));
      const bytes = Buffer.concat(moved ? [...frames, moved] : frames);
      for (const connection of connections) if (connection !== source) connection.write(bytes);
      if (source && moved) source.write(moved);
    },
    moveCursor(connection, entries) {
      if (!connection.mayType) return;
      const named = entries.find((entry) => entry.state !== null)?.clientId ?? null;
      if (connection.clientId === null && named !== null && !claimedClientIds.has(named)) {
        connection.clientId = named;
        claimedClientIds.add(named);
      }
      const entry = entries.findLast((one) => one.clientId === connection.clientId);
      if (!entry || connection.participant === null) return;
      if (entry.state === null) return removeCursor();
      if (cursor && cursor.connection !== connection) removeCursor();
      const user = {
        id: connection.participant,
        name: options.displayName(connection.participant),
        role: 'driver',
        color: COLORS[Number.parseInt(connection.participant.slice(1), 16) % COLORS.length] ?? COLORS[0],
      };
      const clock = nextClock(entry.clientId, entry.clock);
      cursor = { connection, entry: { clientId: entry.clientId, clock, state: { ...entry.state, user } } };
      unsent = [...unsent.filter((one) => one.clientId !== entry.clientId), cursor.entry];
      scheduleSend();
    },
    sendCursor: (connection) => connection.send(currentCursor()),
    rolesChanged(changed) {
      if (cursor && !cursor.connection.mayType) removeCursor();
      for (const connection of changed) {
        // Who has not joined yet gets the role when joining.
        if (!connections.has(connection)) continue;
        const { mayType, own } = connection;
        // It was never asked for what it holds, and may hold nothing else: an update that is ahead is an error now.
        if (mayType) connection.synced = own;
        if (own) connection.send(roleFrame(mayType));
        // A client that knows no `refused` frame may hold, deleted, what it typed before: its next key builds on it.
        else if (mayType) connection.send(syncStep1(options.stateVector()));
      }
    },
  };
}
