// Clients as light as a load generator needs, speaking the wire directly: they count what comes and answer pings, but hold
// neither view nor document. A thousand of them must not need more processor than the server that is measured.
import { randomBytes } from 'node:crypto';
import WebSocket from 'ws';
import type { ClientCommand } from '#session-core/model/client-commands.ts';
import type { Ack } from '#session-core/protocol/messages.ts';
import { post } from '../../simulation/participant.ts';

export interface Entry {
  readonly sessionId: string;
  readonly participantId: string;
  readonly token: string;
}
export interface Member extends Entry {
  readonly tab: string;
  readonly address: string;
  /** Of the server's own, where the connection goes elsewhere. */
  readonly host?: string;
}

export interface Live {
  send(command: ClientCommand): Promise<Ack>;
  /** Bytes and messages that came so far, pings aside. */
  received(): { readonly bytes: number; readonly messages: number };
  close(): void;
}

const wsOf = (url: string) => url.replace(/^http/, 'ws');
/** Everybody has an address of their own, as behind a proxy: a hall behind one router would meet the limits of one. */
export const addressOf = (i: number) => `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`;
const headersOf = ({ token, address, host }: Member) => ({
  authorization: `Bearer ${token}`,
  'x-forwarded-for': address,
  ...(host === undefined ? {} : { host }),
});

export async function join(url: string, code: string, i: number): Promise<Member> {
  const address = addressOf(i);
  const response = await fetch(`${url}/api/join`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, 'x-forwarded-for': address },
    body: JSON.stringify({ code, displayName: `Guest ${i}` }),
  });
  if (!response.ok) throw new Error(`joining answered ${response.status}: ${await response.text()}`);
  return { ...((await response.json()) as Entry), tab: randomBytes(6).toString('hex'), address };
}

export async function facilitate(url: string, sessionId: string, secret: string): Promise<Member> {
  const entry = await post<Omit<Entry, 'sessionId'>>(`${url}/api/sessions/${sessionId}/facilitator`, { secret });
  return { sessionId, ...entry, tab: randomBytes(6).toString('hex'), address: addressOf(0) };
}

/** Socket.IO over a WebSocket, without its client. Resolves with the snapshot there. */
export function live(url: string, member: Member): Promise<Live> {
  const socket = new WebSocket(`${wsOf(url)}/socket/?session=${member.sessionId}&EIO=4&transport=websocket`, {
    headers: headersOf(member),
    perMessageDeflate: false,
  });
  const acks = new Map<number, (ack: Ack) => void>();
  let sent = 0;
  const count = { bytes: 0, messages: 0 };
  return new Promise((resolve, reject) => {
    const client: Live = {
      send: (command) =>
        new Promise((done) => {
          sent += 1;
          acks.set(sent, done);
          const message = { id: randomBytes(9).toString('hex'), ...command };
          socket.send(`42${sent}${JSON.stringify(['command', message])}`);
        }),
      received: () => ({ ...count }),
      close: () => socket.terminate(),
    };
    let buffered = '';
    socket.on('error', reject);
    socket.on('message', (data: Buffer) => {
      const [first, second] = data;
      if (first === 0x32) return socket.send('3'); // ping
      if (first === 0x30)
        return socket.send(
          `40${JSON.stringify({ sessionId: member.sessionId, token: member.token, tab: member.tab, packed: true })}`,
        );
      count.bytes += data.length;
      count.messages += 1;
      if (second === 0x33) {
        const [, n, body] = /^43(\d+)(.*)$/s.exec(data.toString())!;
        acks.get(Number(n))?.((JSON.parse(body!) as [Ack])[0]);
        acks.delete(Number(n));
      } else if (second === 0x34) reject(new Error(`not admitted: ${data}`));
      else if (buffered === '' && isSnapshot(data)) {
        buffered = 'ready';
        resolve(client);
      }
    });
  });
}

// Packed snapshots come as an event with a binary part.
const isSnapshot = (data: Buffer) => data.subarray(0, 40).toString().includes('"snapshot"');

export interface TextSocket {
  readonly socket: WebSocket;
  close(): void;
}

/** A text connection as a page opens it, whose first question the server answers unasked; then it only counts. Resolves when the text is there. */
export function watchText(
  url: string,
  member: Member,
  onFrame: (frame: Buffer) => void = () => {},
): Promise<TextSocket> {
  const socket = new WebSocket(`${wsOf(url)}/doc/${member.sessionId}?tab=${member.tab}&v=1&empty=1`, {
    headers: headersOf(member),
    perMessageDeflate: false,
  });
  return openText(socket, (frame) => {
    onFrame(frame);
    return frame[0] === 0 && frame[1] === 1;
  });
}

/** Resolves at the first frame that `isReady` knows. */
export function openText(socket: WebSocket, isReady: (frame: Buffer) => boolean): Promise<TextSocket> {
  return new Promise((resolve, reject) => {
    let ready = false;
    socket.on('error', reject);
    socket.on('close', (code, reason) => reject(new Error(`closed with ${code} ${reason}`)));
    socket.on('message', (frame: Buffer) => {
      const now = isReady(frame);
      if (ready || !now) return;
      ready = true;
      resolve({ socket, close: () => socket.terminate() });
    });
  });
}
