// The shared text in a browser: the session's Y.Doc over the y-websocket protocol, with roles, `saved` and rebuilding.
// Invariant: a document the server will not take (seat lost, another docId) is destroyed and opened anew; what it held and
// the server does not is kept as unsent lines, so that text never doubles and nothing typed is lost without a word.
import * as decoding from 'lib0/decoding';
import type { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { FRAME } from '#session-core/protocol/messages.ts';

export interface UnsentLines {
  readonly path: string;
  readonly lines: readonly string[];
}

/** One life of the document. A new `generation` means: bind again, everything before it is destroyed. */
export interface TextState {
  readonly generation: number;
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly synced: boolean;
  readonly connected: boolean;
  /** This tab's connection may write. */
  readonly drives: boolean;
  /** Everything typed here is stored by the server. */
  readonly saved: boolean;
  readonly paths: readonly string[];
  readonly unsent: readonly UnsentLines[];
  /** Set when the server closed for good: removed, ended, too many tabs. */
  readonly closed: number | null;
}

export interface TextSession {
  readonly state: () => TextState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly dropUnsent: () => void;
  readonly close: () => void;
}

interface Life {
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
  docId: string | null;
}

/** @param address ws:// or wss:// address of `/doc`, without the session */
export function openText(address: string, sessionId: string, tab: string): TextSession {
  const listeners = new Set<() => void>();
  let kept: Map<string, string> | null = null;
  let life: Life;
  let state: TextState;

  const emit = (change: Partial<TextState>) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };

  const begin = (generation: number, unsent: readonly UnsentLines[]) => {
    const doc = new Y.Doc();
    const files = doc.getMap<Y.Text>('files');
    const provider = new WebsocketProvider(address, sessionId, doc, {
      params: { tab, v: '1' },
      disableBc: true,
      resyncInterval: -1,
      maxBackoffTime: 10_000,
    });
    const mine: Life = { doc, provider, docId: null };
    life = mine;
    const current = () => life === mine;
    const listPaths = () => [...files.keys()].sort(byFolder);
    state = {
      generation,
      doc,
      awareness: provider.awareness,
      synced: false,
      connected: false,
      drives: false,
      saved: true,
      paths: [],
      unsent,
      closed: null,
    };
    handleFrame(provider, FRAME.docId, (frame) => {
      const docId = decoding.readVarString(frame);
      if (mine.docId !== null && mine.docId !== docId) rebuild();
      else mine.docId = docId;
    });
    handleFrame(provider, FRAME.role, (frame) => {
      const role = JSON.parse(decoding.readVarString(frame)) as { drives: boolean };
      if (current()) emit({ drives: role.drives });
    });
    handleFrame(provider, FRAME.refused, () => current() && rebuild());
    handleFrame(provider, FRAME.saved, (frame) => {
      const stored = Y.decodeStateVector(decoding.readVarUint8Array(frame));
      const typed = Y.decodeStateVector(Y.encodeStateVector(doc)).get(doc.clientID) ?? 0;
      if (current()) emit({ saved: (stored.get(doc.clientID) ?? 0) >= typed });
    });
    provider.on('status', ({ status }) => {
      if (current()) emit({ connected: status === 'connected' });
    });
    provider.on('sync', (synced: boolean) => {
      if (!current()) return;
      if (synced && kept) {
        const before = kept;
        kept = null;
        emit({ synced, paths: listPaths(), unsent: [...state.unsent, ...linesMissing(before, files)] });
      } else emit({ synced, paths: listPaths() });
    });
    provider.on('closed', ({ code }: { code: number }) => current() && emit({ closed: code, connected: false }));
    files.observe(() => current() && emit({ paths: listPaths() }));
    doc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (current() && origin !== provider && state.saved) emit({ saved: false });
    });
  };

  const rebuild = () => {
    const old = life;
    const generation = state.generation + 1;
    const unsent = state.unsent;
    if (!kept && !state.saved) kept = textsOf(old.doc);
    begin(generation, unsent);
    old.provider.destroy();
    old.doc.destroy();
    emit({});
  };

  begin(1, []);
  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dropUnsent: () => emit({ unsent: [] }),
    close: () => {
      listeners.clear();
      life.provider.destroy();
      life.doc.destroy();
    },
  };
}

function handleFrame(provider: WebsocketProvider, type: number, read: (frame: decoding.Decoder) => void) {
  // The provider's array of handlers is its documented way in; ours never answer.
  (provider.messageHandlers as ((encoder: unknown, decoder: decoding.Decoder) => void)[])[type] = (_, decoder) =>
    read(decoder);
}

function textsOf(doc: Y.Doc): Map<string, string> {
  return new Map([...doc.getMap<Y.Text>('files')].map(([path, text]) => [path, text.toString()]));
}

/** Lines of `before` that the server's text does not hold, in order, by file. */
export function linesMissing(before: ReadonlyMap<string, string>, files: Y.Map<Y.Text>): UnsentLines[] {
  const found: UnsentLines[] = [];
  for (const [path, text] of before) {
    const there = new Map<string, number>();
    for (const line of (files.get(path)?.toString() ?? '').split('\n')) there.set(line, (there.get(line) ?? 0) + 1);
    const lines = text.split('\n').filter((line) => {
      const left = there.get(line) ?? 0;
      if (left > 0) there.set(line, left - 1);
      return left === 0 && line.trim() !== '';
    });
    if (lines.length > 0) found.push({ path, lines });
  }
  return found;
}

// dvc.yaml and params.yaml first: the pipeline before its stages.
function byFolder(a: string, b: string): number {
  const depth = a.split('/').length - b.split('/').length;
  return depth !== 0 ? depth : a < b ? -1 : a > b ? 1 : 0;
}
