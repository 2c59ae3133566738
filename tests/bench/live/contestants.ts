// The servers that are compared: each with as many readers of a text and one who types, and with voters where it has votes.
import * as encoding from 'lib0/encoding';
import WebSocket from 'ws';
import { join, type Live, live, type Member, openText, watchText } from './light-client.ts';
import { accepted, startMeasuredSession } from './measured-session.ts';
import { type Meter, type PeerProcess, startPeer } from './meter.ts';
import { rest } from './pace.ts';
import { type Typist, typistOf } from './typist.ts';

interface Closable {
  close(): void;
}
export interface Contestant {
  readonly name: string;
  readonly meter: Meter;
  /** Connects the i-th reader, up to the whole text being there. */
  read(i: number): Promise<Closable>;
  /** One key: the text's update, then the cursor, at once or after so many milliseconds. */
  press(apartMs: number): Promise<void>;
  /** Connects the i-th voter; without it there are no votes. */
  readonly enter?: (i: number) => Promise<Voter>;
  stop(): Promise<void>;
}
export interface Voter extends Closable {
  /** Resolves with the ack. */
  vote(suggestion: number, by: 1 | -1): Promise<unknown>;
  bytes(): number;
}

const SUGGESTIONS = 20;

export async function ours(people: number): Promise<Contestant & { readonly greeting: Buffer }> {
  const session = await startMeasuredSession();
  const { url } = session.server;
  const members: Member[] = [];
  for (let from = 0; from < people; from += 25)
    members.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(25, people - from) }, (_, i) => join(url, session.joinCode, from + i + 1)),
      )),
    );
  const suggestions: string[] = [];
  for (let i = 0; i < SUGGESTIONS; i++) {
    const line = await live(url, members[i]!);
    const ack = accepted(await line.send({ type: 'suggestion.add', text: `Idea ${i}` }));
    line.close();
    suggestions.push(ack.ok ? ack.about! : '');
  }
  const frames: Buffer[] = [];
  const first = await watchText(url, members[0]!, (frame) => frames.push(frame));
  first.close();
  const { text, typist } = session.driver;
  return {
    name: 'ours',
    meter: session.meter,
    greeting: Buffer.concat(frames),
    read: (i) => watchText(url, members[i]!),
    press: (apartMs) => press(typist, apartMs, (frame) => text.socket.send(frame)),
    enter: async (i) => {
      const line: Live = await live(url, members[i]!);
      return {
        vote: (suggestion, by) =>
          line
            .send({ type: by > 0 ? 'suggestion.upvote' : 'suggestion.unvote', suggestion: suggestions[suggestion]! })
            .then(accepted),
        bytes: () => line.received().bytes,
        close: line.close,
      };
    },
    stop: () => session.remove(),
  };
}

async function press(typist: Typist, apartMs: number, send: (frame: Uint8Array) => void): Promise<void> {
  const { text, cursor } = typist.key();
  send(text);
  if (apartMs > 0) await rest(apartMs);
  send(cursor);
}

const stopped = (peer: PeerProcess) => Promise.resolve(peer.stop());
const plain = (url: string) => new WebSocket(url.replace(/^http/, 'ws'), { perMessageDeflate: false });

/** `greeting`: what our own server sends a newcomer. */
export async function bareWs(greeting: Buffer): Promise<Contestant> {
  const peer = await startPeer('bare-ws.ts');
  const typist = typistOf(null);
  const driver = await opened(plain(`${peer.url}/text`));
  peer.say({ greeting: greeting.toString('base64') });
  return {
    name: 'bare ws',
    meter: peer.meter,
    read: () => openText(plain(`${peer.url}/text`), () => true),
    press: (apartMs) => press(typist, apartMs, (frame) => driver.send(frame)),
    enter: async () => {
      const socket = await opened(plain(`${peer.url}/votes`));
      const acks = new Map<number, (ack: unknown) => void>();
      let sent = 0;
      let bytes = 0;
      socket.on('message', (data: Buffer) => {
        bytes += data.length;
        if (!data.subarray(0, 7).equals(Buffer.from('{"ack":'))) return;
        acks.get((JSON.parse(data.toString()) as { ack: number }).ack)?.(null);
      });
      return {
        vote: (suggestion, by) =>
          new Promise((done) => {
            sent += 1;
            acks.set(sent, done);
            socket.send(JSON.stringify({ n: sent, suggestion: `s${suggestion}`, by }));
          }),
        bytes: () => bytes,
        close: () => socket.terminate(),
      };
    },
    stop: () => stopped(peer),
  };
}

/** Two characters: message of Engine.IO, kind of Socket.IO's packet. */
const CONNECTED = '40';

export async function plainSocketIo(): Promise<Contestant> {
  const peer = await startPeer('socket-io.ts');
  const typist = typistOf(null);
  const enter = () =>
    new Promise<WebSocket>((resolve, reject) => {
      const socket = plain(`${peer.url}/socket.io/?EIO=4&transport=websocket`);
      socket.on('error', reject);
      socket.on('message', (data: Buffer) => {
        if (data[0] === 0x32) socket.send('3');
        if (data[0] === 0x30) socket.send(CONNECTED);
        if (data.subarray(0, 2).toString() === CONNECTED) resolve(socket);
      });
    });
  const driver = await enter();
  const emit = (frame: Uint8Array) => {
    driver.send('451-["frame",{"_placeholder":true,"num":0}]');
    driver.send(frame);
  };
  return {
    name: 'Socket.IO',
    meter: peer.meter,
    read: async () => closing(await enter()),
    press: (apartMs) => press(typist, apartMs, emit),
    enter: async () => {
      const socket = await enter();
      const acks = new Map<string, (ack: unknown) => void>();
      let sent = 0;
      let bytes = 0;
      socket.on('message', (data: Buffer) => {
        bytes += data.length;
        const ack = /^43(\d+)/.exec(data.subarray(0, 12).toString())?.[1];
        if (ack !== undefined) acks.get(ack)?.(null);
      });
      return {
        vote: (suggestion, by) =>
          new Promise((done) => {
            sent += 1;
            acks.set(String(sent), done);
            socket.send(`42${sent}${JSON.stringify(['vote', { suggestion: `s${suggestion}`, by }])}`);
          }),
        bytes: () => bytes,
        close: () => socket.terminate(),
      };
    },
    stop: () => stopped(peer),
  };
}

const DOCUMENT = 'bench';
const [AUTHENTICATION, TOKEN] = [2, 0];
const ALIVE_MS = 20_000;

/** Its frames are those of y-websocket behind the document's name. */
const named = (write: (encoder: encoding.Encoder) => void) => {
  const encoder = encoding.createEncoder();
  encoding.writeVarString(encoder, DOCUMENT);
  write(encoder);
  return encoding.toUint8Array(encoder);
};

export async function hocuspocus(): Promise<Contestant> {
  const peer = await startPeer('hocuspocus.mjs');
  const typist = typistOf(null);
  const token = named((encoder) => {
    encoding.writeVarUint(encoder, AUTHENTICATION);
    encoding.writeVarUint(encoder, TOKEN);
    encoding.writeVarString(encoder, 'anybody');
  });
  const step1 = named((encoder) => encoding.writeUint8Array(encoder, Uint8Array.of(0, 0, 1, 0)));
  // Awareness of nobody.
  const nobody = named((encoder) => encoding.writeUint8Array(encoder, Uint8Array.of(1, 1, 0)));
  const read = async () => {
    const socket = plain(peer.url);
    socket.once('open', () => {
      socket.send(token);
      socket.send(step1);
    });
    // It closes a connection that said nothing for a minute.
    const alive = setInterval(() => socket.readyState === WebSocket.OPEN && socket.send(nobody), ALIVE_MS);
    socket.once('close', () => clearInterval(alive));
    const at = Buffer.byteLength(DOCUMENT) + 1;
    return openText(socket, (frame) => (frame[at] === 0 || frame[at] === 4) && frame[at + 1] === 1);
  };
  const { socket: driver } = await read();
  const wrapped = (frame: Uint8Array) => named((encoder) => encoding.writeUint8Array(encoder, frame));
  return {
    name: 'hocuspocus',
    meter: peer.meter,
    read,
    press: (apartMs) => press(typist, apartMs, (frame) => driver.send(wrapped(frame))),
    stop: () => stopped(peer),
  };
}

const closing = (socket: WebSocket): Closable => ({ close: () => socket.terminate() });

function opened(socket: WebSocket): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}
