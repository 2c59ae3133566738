// The live text of a session over y-websocket, for the one who drives.
// Invariant: what the server says about the role comes with the text itself, in order: after it, nothing is sent any more.
import * as decoding from 'lib0/decoding';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { isFinalClose } from '#session-core/protocol/close-codes.ts';
import { FRAME } from '#session-core/protocol/messages.ts';
import { closeReason } from '#session-core/protocol/messages-for-programs.ts';
import type { Member } from '../folder/membership.ts';

/** Why this copy of the text is at its end; `reloaded`: another one can be opened. */
export type TextEnd =
  | { readonly kind: 'role' }
  | { readonly kind: 'refused' | 'closed'; readonly reason: string }
  | { readonly kind: 'reloaded' };

export interface SharedText {
  readonly doc: Y.Doc;
  /** The server's text has arrived, and this connection may write. */
  isReady(): boolean;
  end(): TextEnd | null;
  /** Whether the server has stored everything that these Yjs clients typed. */
  hasStored(clients: ReadonlySet<number>): boolean;
  close(): void;
}

export function openSharedText({ server, sessionId, token }: Member, tab: string): SharedText {
  class Authorized extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, { headers: { authorization: `Bearer ${token}` } });
    }
  }
  const doc = new Y.Doc();
  let [synced, drives] = [false, false];
  let docId: string | null = null;
  let end: TextEnd | null = null;
  let stored = new Map<number, number>();
  const provider = new WebsocketProvider(`${server.replace(/^http/, 'ws')}/doc`, sessionId, doc, {
    params: { tab, v: '1', empty: '1' },
    disableBc: true,
    resyncInterval: -1,
    maxBackoffTime: 1_500,
    WebSocketPolyfill: Authorized as unknown as typeof globalThis.WebSocket,
    shouldReconnect: ({ code }) => end === null && !isFinalClose(code),
  });
  const finish = (why: TextEnd) => {
    end ??= why;
    // At once: an edit that is made after it must not leave.
    provider.disconnect();
  };
  /** The provider's documented place for frames of one's own. */
  const handle = (type: number, read: (frame: decoding.Decoder) => void) => {
    (provider.messageHandlers as ((encoder: unknown, decoder: decoding.Decoder) => void)[])[type] = (_, frame) =>
      read(frame);
  };
  handle(FRAME.role, (frame) => {
    const said = JSON.parse(decoding.readVarString(frame)) as { readonly drives: boolean };
    if (drives && !said.drives) return finish({ kind: 'role' });
    drives = said.drives;
  });
  handle(FRAME.refused, (frame) => finish({ kind: 'refused', reason: decoding.readVarString(frame) }));
  handle(FRAME.docId, (frame) => {
    const id = decoding.readVarString(frame);
    if (docId !== null && docId !== id) return finish({ kind: 'reloaded' });
    docId = id;
  });
  handle(FRAME.saved, (frame) => {
    stored = Y.decodeStateVector(decoding.readVarUint8Array(frame));
  });
  // Known, so that the provider does not report it; what is not stored is not in `stored` either.
  handle(FRAME.notStored, () => {});
  provider.on('sync', (now: boolean) => {
    // Now it holds something, and asks for the rest when it comes back.
    if (now) provider.params = { tab, v: '1' };
    synced ||= now;
  });
  provider.on('closed', ({ code }: { readonly code: number }) => finish({ kind: 'closed', reason: closeReason(code) }));
  return {
    doc,
    isReady: () => synced && drives,
    end: () => end,
    hasStored: (clients) => [...clients].every((client) => (stored.get(client) ?? 0) >= Y.getState(doc.store, client)),
    close() {
      provider.destroy();
      // Its cursors have a timer that would keep the program alive.
      doc.destroy();
    },
  };
}
