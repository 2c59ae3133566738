// The shared text in a browser: the session's Y.Doc over the y-websocket protocol, with roles, `saved` and rebuilding.
// Invariants: while the connection is down the document stays and takes every edit. A document that the server will not
// take (driver role lost, another docId) is replaced by a new one once that has the server's text; what was typed here
// and is not on the server is kept as unsaved edits, with the reason, so that text never doubles and nothing is lost.
import * as decoding from 'lib0/decoding';
import type { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { closeText } from '#app/_strings/rejection-text.ts';
import { t } from '#app/_strings/strings.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import { CLOSE, closeName, isFinalClose } from '#session-core/protocol/close-codes.ts';
import { FRAME, TOKEN_PROTOCOL } from '#session-core/protocol/messages.ts';
import { SIZES } from '#session-core/protocol/sizes.ts';
import { watchNetwork } from '../network.ts';
import { tabToken } from '../tokens.ts';
import { boundedSocket } from './bounded-socket.ts';
import { typedLines } from './typed-lines.ts';
import { keepUnsavedEdits } from './unsaved-edits.ts';

/** A new `generation` means that the document was replaced: bind to the new one. */
export interface TextState {
  readonly generation: number;
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  /** The server's text has arrived; stays true while the connection is down. */
  readonly loaded: boolean;
  /** Connected, and both sides have each other's edits. */
  readonly connected: boolean;
  /** For some seconds there has been no connection. */
  readonly unreachable: boolean;
  /** This tab's connection may write, according to the last message of the server. */
  readonly drives: boolean;
  /** Everything typed here is stored by the server. */
  readonly saved: boolean;
  /** Characters typed here that the server has not stored. */
  readonly unsaved: number;
  /** The server could not store the last edits, a full disk for instance. */
  readonly storageFailed: boolean;
  readonly paths: readonly string[];
  /** Set when the server closed the connection for good: removed, ended, too many tabs. */
  readonly closed: number | null;
}

export interface TextSession {
  readonly state: () => TextState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly close: () => void;
}

interface Copy {
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
  docId: string | null;
  /** How much of what was typed into this copy is stored, as a Yjs clock. */
  stored: number;
}

/** An edit that is not acknowledged for so long means a dead connection; the provider alone would wait 30 seconds. */
const ANSWER_MS = 5_000;
/** The same if the browser reports no network. */
const ANSWER_OFFLINE_MS = 1_000;
/** The driver role is lost after 10 seconds: a driver tries more often than a watcher. */
const BACKOFF_MS = { driver: 1_500, watcher: 10_000 };
/** The close code of a WebSocket whose message was larger than the other end takes. */
const MESSAGE_TOO_BIG = 1009;
const tooLarge = () => t.editor.unsavedBecause.tooLarge(LIMITS.documentBytes);
/** Longer than a reconnect takes. */
const UNREACHABLE_MS = 6_000;
const NOTHING = [0, 0, 1, 0] as const;
/** Between two counts of the unsaved characters. */
const COUNT_MS = 200;

/** @param address ws:// or wss:// address of `/doc`, without the session */
export function openText(address: string, sessionId: string, tab: string): TextSession {
  const token = tabToken(sessionId);
  const listeners = new Set<() => void>();
  let shown: Copy;
  /** The document that replaces `shown` once it has the server's text. */
  let coming: { readonly copy: Copy; readonly reason: string } | null = null;
  let state: TextState;
  let answerTimer: ReturnType<typeof setTimeout> | undefined;
  let reachTimer: ReturnType<typeof setTimeout> | undefined;
  let countTimer: ReturnType<typeof setTimeout> | undefined;

  const emit = (change: Partial<TextState>) => {
    state = { ...state, ...change, ...(change.connected ? { unreachable: false } : {}) };
    if (change.connected !== undefined) watchReach();
    for (const listener of listeners) listener();
  };
  function watchReach(): void {
    if (state.connected || state.closed !== null) {
      clearTimeout(reachTimer);
      reachTimer = undefined;
    } else reachTimer ??= setTimeout(() => emit({ unreachable: true }), UNREACHABLE_MS);
  }
  const newest = () => coming?.copy ?? shown;

  const open = (): Copy => {
    const doc = new Y.Doc();
    const files = doc.getMap<Y.Text>('files');
    const provider = new WebsocketProvider(address, sessionId, doc, {
      // The first time, while it holds nothing, the server sends the text without being asked.
      params: { tab, v: '1', empty: '1' },
      // A page cannot give its WebSocket other headers.
      protocols: token === null ? [] : [`${TOKEN_PROTOCOL}${token}`],
      disableBc: true,
      resyncInterval: -1,
      maxBackoffTime: BACKOFF_MS.watcher,
      WebSocketPolyfill: boundedSocket({
        most: SIZES.textFrame,
        tooLarge: () => newest() === mine && replace(tooLarge()),
        isUnneeded: (data) => 'empty' in provider.params && asksOfNothing(data),
      }),
      shouldReconnect: ({ code }) => !isFinalClose(code) && code !== MESSAGE_TOO_BIG,
    });
    const mine: Copy = { doc, provider, docId: null, stored: 0 };
    // Only the driver's cursor is relayed: a reader has nothing to say, when it connects or four times a minute after that.
    provider.awareness.setLocalState(null);
    const isNewest = () => newest() === mine;
    handleFrame(provider, FRAME.docId, (frame) => {
      const docId = decoding.readVarString(frame);
      if (mine.docId !== null && mine.docId !== docId) replace(t.editor.unsavedBecause.replaced);
      else mine.docId = docId;
    });
    handleFrame(provider, FRAME.role, (frame) => {
      const { drives } = JSON.parse(decoding.readVarString(frame)) as { drives: boolean };
      provider.maxBackoffTime = drives ? BACKOFF_MS.driver : BACKOFF_MS.watcher;
      if (!drives && provider.awareness.getLocalState() !== null) provider.awareness.setLocalState(null);
      if (isNewest()) emit({ drives });
    });
    handleFrame(provider, FRAME.refused, (frame) => {
      if (isNewest()) replace(decoding.readVarString(frame));
    });
    handleFrame(provider, FRAME.saved, (frame) => {
      const clocks = Y.decodeStateVector(decoding.readVarUint8Array(frame));
      mine.stored = clocks.get(doc.clientID) ?? 0;
      if (shown !== mine) return;
      const unsaved = typedClock(mine) - mine.stored;
      emit({ saved: unsaved <= 0, unsaved: Math.max(0, unsaved), storageFailed: false });
      waitForAnswer();
    });
    handleFrame(provider, FRAME.notStored, () => {
      if (!isNewest()) return;
      emit({ storageFailed: true });
      waitForAnswer();
    });
    provider.on('sync', (synced: boolean) => {
      if (synced) provider.params = { tab, v: '1' };
      if (!isNewest()) return;
      if (coming && synced) return succeed();
      emit({ connected: synced, loaded: state.loaded || synced, paths: pathsOf(shown) });
      waitForAnswer();
    });
    provider.on('closed', ({ code }: { code: number }) => {
      if (!isNewest()) return;
      // Only this copy is at an end: it would send the same edit again.
      if (code === CLOSE.tooLarge || code === MESSAGE_TOO_BIG) replace(tooLarge());
      else end(code);
    });
    files.observe(() => shown === mine && emit({ paths: pathsOf(mine) }));
    doc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (shown !== mine || origin === provider) return;
      if (state.saved) {
        emit({ saved: false, unsaved: typedClock(mine) - mine.stored });
        waitForAnswer();
      } else countSoon();
    });
    return mine;
  };

  /** Reopens a connection that does not answer; it counts as lost until then. */
  function waitForAnswer(): void {
    clearTimeout(answerTimer);
    if (state.saved || !state.connected) return;
    answerTimer = setTimeout(reconnect, navigator.onLine === false ? ANSWER_OFFLINE_MS : ANSWER_MS);
  }
  function reconnect(): void {
    if (state.closed !== null) return;
    newest().provider.disconnect();
    newest().provider.connect();
  }
  function countSoon(): void {
    countTimer ??= setTimeout(() => {
      countTimer = undefined;
      const unsaved = Math.max(0, typedClock(shown) - shown.stored);
      if (!state.saved && unsaved !== state.unsaved) emit({ unsaved });
    }, COUNT_MS);
  }

  /** What was typed into this copy and cannot be sent any more; `stored`: how much of it the server has. */
  const keepUnsaved = ({ doc }: Copy, stored: number, reason: string): void => {
    if (!state.saved) keepUnsavedEdits(sessionId, { reason, files: typedLines(doc, stored) });
  };

  /** `shown` stays visible, and its edits count, until its replacement has the server's text. */
  function replace(reason: string): void {
    const before = newest();
    coming = null;
    before.provider.destroy();
    if (before !== shown) before.doc.destroy();
    emit({ connected: false });
    coming = { copy: open(), reason };
  }
  function succeed(): void {
    if (!coming) return;
    const { copy, reason } = coming;
    const old = shown;
    // Lines of the old copy that arrived before the refusal are not missing.
    const arrived = Y.decodeStateVector(Y.encodeStateVector(copy.doc)).get(old.doc.clientID) ?? 0;
    keepUnsaved(old, arrived, reason);
    coming = null;
    shown = copy;
    emit({ ...stateOf(copy), generation: state.generation + 1, connected: true, loaded: true });
    old.doc.destroy();
  }
  function end(code: number): void {
    clearTimeout(answerTimer);
    keepUnsaved(shown, shown.stored, endOfSentence(closeText(closeName(code))) || t.editor.unsavedBecause.closed);
    emit({ closed: code, connected: false, drives: false });
  }

  const stateOf = (copy: Copy) => ({
    doc: copy.doc,
    awareness: copy.provider.awareness,
    saved: true,
    unsaved: 0,
    storageFailed: false,
    paths: pathsOf(copy),
  });

  const stopWatching = watchNetwork({
    lost: reconnect,
    back(first) {
      const { wsconnected, ws } = newest().provider;
      // The socket may have died silently while there was no network.
      if (first ? !(wsconnected && state.saved) : ws === null) reconnect();
    },
  });

  shown = open();
  state = {
    ...stateOf(shown),
    generation: 1,
    loaded: false,
    connected: false,
    unreachable: false,
    drives: false,
    closed: null,
  };
  watchReach();
  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      if (state.closed === null) keepUnsaved(shown, shown.stored, t.editor.unsavedBecause.left);
      stopWatching();
      clearTimeout(reachTimer);
      listeners.clear();
      clearTimeout(answerTimer);
      clearTimeout(countTimer);
      for (const { provider, doc } of new Set([shown, newest()])) {
        provider.destroy();
        doc.destroy();
      }
    },
  };
}

function handleFrame(provider: WebsocketProvider, type: number, read: (frame: decoding.Decoder) => void) {
  // The provider documents its array of message handlers as extension point; ours never reply.
  (provider.messageHandlers as ((encoder: unknown, decoder: decoding.Decoder) => void)[])[type] = (_, decoder) =>
    read(decoder);
}

/** The provider's first message, SyncStep1, of a copy that holds nothing. */
const asksOfNothing = (data: unknown): boolean =>
  data instanceof Uint8Array && data.length === NOTHING.length && NOTHING.every((byte, i) => data[i] === byte);

const endOfSentence = (reason: string): string => {
  const [first = ''] = reason.replace(/\.$/, '').split('. ');
  return first.charAt(0).toLowerCase() + first.slice(1);
};

const typedClock = ({ doc }: Copy): number => Y.getState(doc.store, doc.clientID);

// dvc.yaml and params.yaml first: the pipeline before its stages.
function pathsOf({ doc }: Copy): readonly string[] {
  return [...doc.getMap<Y.Text>('files').keys()].sort(byFolder);
}
function byFolder(a: string, b: string): number {
  const depth = a.split('/').length - b.split('/').length;
  return depth !== 0 ? depth : a < b ? -1 : a > b ? 1 : 0;
}
