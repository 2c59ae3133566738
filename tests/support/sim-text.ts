// A text socket and its browser in one process, over a line with lag that may be cut; all of it on the test's clock.
// The client follows the protocol as the app's own does: rebuilt when refused, synchronised when it comes back.
import { EventEmitter } from 'node:events';
import * as decoding from 'lib0/decoding';
import type { WebSocket } from 'ws';
import * as Y from 'yjs';
import { readFrame, syncStep1, syncStep2, updateFrame } from '#server/document/doc-protocol.ts';
import type { LiveSession } from '#server/session/session-api.ts';
import type { FakeClock } from './fake-clock.ts';

export interface Line {
  readonly clock: FakeClock;
  /** Milliseconds that the next message takes. */
  readonly lag: () => number;
}

/** What the server holds of a connection; speaks to `deliver` and hears what `send` says. */
class SimSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  isPaused = false;
  private held: Uint8Array[] = [];
  private readonly onClose: (code: number) => void;
  readonly _socket: { write(bytes: Buffer): void; writableLength: number };

  constructor(write: (bytes: Buffer) => void, onClose: (code: number) => void) {
    super();
    this.onClose = onClose;
    this._socket = { write, writableLength: 0 };
  }
  hear(bytes: Uint8Array): void {
    if (this.readyState !== 1) return;
    if (this.isPaused) this.held.push(bytes);
    else this.emit('message', Buffer.from(bytes), true);
  }
  pause(): void {
    this.isPaused = true;
  }
  resume(): void {
    this.isPaused = false;
    for (const bytes of this.held.splice(0)) this.hear(bytes);
  }
  ping(): void {
    this.emit('pong');
  }
  close(code = 1005): void {
    if (this.readyState !== 1) return;
    this.readyState = 3;
    this.emit('close');
    this.onClose(code);
  }
  terminate(): void {
    this.close(1006);
  }
}

/** Payloads of unmasked frames, one after the other. */
function payloads(bytes: Buffer): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const short = bytes[at + 1]!;
    const [head, length] =
      short < 126
        ? [2, short]
        : short === 126
          ? [4, bytes.readUInt16BE(at + 2)]
          : [10, Number(bytes.readBigUInt64BE(at + 2))];
    found.push(bytes.subarray(at + head, at + head + length));
    at += head + length;
  }
  return found;
}

export interface SimText {
  doc: Y.Doc;
  readonly files: () => Y.Map<Y.Text>;
  readonly texts: () => Record<string, string>;
  readonly drives: () => boolean;
  readonly connected: () => boolean;
  readonly refusals: () => number;
  connect(session: LiveSession): void;
  /** Whatever is on the line is lost. */
  cut(): void;
}

export function createSimText(line: Line, who: { participant: string | null; tab: string; own: boolean }): SimText {
  const { clock, lag } = line;
  let socket: SimSocket | null = null;
  let session: LiveSession | null = null;
  let drives = false;
  let docId: string | null = null;
  let refusals = 0;
  let arrives = 0;

  /** In order, as a line delivers. */
  const later = (of: SimSocket, call: () => void) => {
    arrives = Math.max(arrives, clock.now() + lag());
    clock.after(arrives - clock.now(), () => {
      if (socket === of) call();
    });
  };
  const send = (bytes: Uint8Array) => {
    const to = socket;
    if (to) later(to, () => to.hear(bytes));
  };
  const begin = () => {
    const doc = new Y.Doc();
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server' && doc === sim.doc) send(updateFrame(update));
    });
    docId = null;
    return doc;
  };
  const rebuild = () => {
    const to = session;
    sim.cut();
    sim.doc = begin();
    if (to) sim.connect(to);
  };

  function hear(bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes);
    const type = decoding.readVarUint(decoder);
    if (type === 100) drives = (JSON.parse(decoding.readVarString(decoder)) as { drives: boolean }).drives;
    else if (type === 101) {
      refusals += 1;
      rebuild();
    } else if (type === 102) {
      const current = decoding.readVarString(decoder);
      if (docId !== null && docId !== current) rebuild();
      docId = current;
    } else if (type === 0) {
      const frame = readFrame(bytes);
      if (frame.kind === 'sync') send(syncStep2(Y.encodeStateAsUpdate(sim.doc, frame.stateVector)));
      if (frame.kind === 'text') Y.applyUpdate(sim.doc, frame.update, 'server');
    }
  }

  const sim: SimText = {
    doc: new Y.Doc(),
    files: () => sim.doc.getMap('files') as Y.Map<Y.Text>,
    texts: () => Object.fromEntries([...sim.files()].sort().map(([path, text]) => [path, text.toString()])),
    drives: () => drives && socket !== null,
    connected: () => socket !== null,
    refusals: () => refusals,
    connect(to) {
      sim.cut();
      session = to;
      arrives = 0;
      const mine: SimSocket = new SimSocket(
        (bytes) => {
          const parts = payloads(Buffer.from(bytes));
          later(mine, () => {
            for (const part of parts) if (socket === mine) hear(part);
          });
        },
        () => later(mine, () => sim.cut()),
      );
      socket = mine;
      to.joinText(mine as unknown as WebSocket, who);
      send(syncStep1(Y.encodeStateVector(sim.doc)));
    },
    cut() {
      const old = socket;
      socket = null;
      drives = false;
      old?.terminate();
    },
  };
  sim.doc = begin();
  return sim;
}
