// kill -9 at random moments, five times (fifty with `npm run test:faults`), while two people vote and one types: nothing
// acknowledged is lost, no vote counts twice, no text is doubled, and everybody reconnects.

import * as decoding from 'lib0/decoding';
import { io, type Socket } from 'socket.io-client';
import { expect, it } from 'vitest';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { applyPatch, FRAME } from '#session-core/protocol/messages.ts';
import { unpackPatch } from '#session-core/protocol/patch-wire.ts';
import type { PublicView } from '#session-core/view/view-types.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { needsOneProcess } from '../support/story-process.ts';

const ROUNDS = process.env['FAULTS'] === 'full' ? 50 : 5;
const FILE = 'README.md';
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

interface Entry {
  readonly sessionId: string;
  readonly participantId: string;
  readonly token: string;
}

/** Sends each command with the same id until it is answered, as the outbox of a page does. */
class Voter {
  readonly socket: Socket;
  /** As acknowledged: suggestion -> have I voted for it. */
  readonly acknowledged = new Map<string, boolean>();
  view: PublicView | null = null;
  #seq = 0;
  #n = 0;

  constructor(url: string, entry: Entry) {
    this.socket = io(url, {
      path: '/socket',
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 50,
      reconnectionDelayMax: 200,
      auth: { sessionId: entry.sessionId, token: entry.token },
    });
    this.socket.on('snapshot', ({ view, seq }) => {
      this.view = view;
      this.#seq = seq;
    });
    this.socket.on('patch', (packed) => {
      const patch = unpackPatch(packed);
      if (this.view && patch.from === this.#seq) {
        this.view = applyPatch(this.view, patch);
        this.#seq = patch.seq;
      } else if (patch.seq > this.#seq) this.socket.emit('resync', { seq: this.#seq });
    });
  }

  async say(
    command: Readonly<Record<string, unknown>>,
  ): Promise<{ ok: boolean; about?: string; rejection?: { code: string } }> {
    const message = { id: `kill-test-${this.#n++}`, ...command };
    for (;;) {
      if (!this.socket.connected) await pause(20);
      else {
        const ack = await this.socket
          .timeout(1_000)
          .emitWithAck('command', message)
          .catch(() => null);
        if (ack?.ok === false && ['rate_limited', 'busy', 'storage_unavailable'].includes(ack.rejection.code))
          await pause(250);
        else if (ack) return ack;
      }
    }
  }

  async voteOnAndOff(suggestion: string, going: () => boolean): Promise<void> {
    let voted = false;
    while (going()) {
      const ack = await this.say({ type: voted ? 'suggestion.unvote' : 'suggestion.upvote', suggestion });
      if (!ack.ok) throw new Error(`a vote was refused: ${ack.rejection?.code}`);
      voted = !voted;
      this.acknowledged.set(suggestion, voted);
      await pause(180);
    }
  }
}

function openText(url: string, entry: Entry) {
  class Authorized extends WebSocket {
    constructor(address: string, protocols?: string | string[]) {
      super(address, protocols, { headers: { Authorization: `Bearer ${entry.token}` } });
    }
  }
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/doc`, entry.sessionId, doc, {
    WebSocketPolyfill: Authorized as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    params: { v: '1' },
    maxBackoffTime: 200,
  });
  let saved = 0;
  const refused: string[] = [];
  const handlers = provider.messageHandlers as unknown as ((encoder: unknown, decoder: decoding.Decoder) => void)[];
  handlers[FRAME.saved] = (_, decoder) => {
    saved = Y.decodeStateVector(decoding.readVarUint8Array(decoder)).get(doc.clientID) ?? 0;
  };
  handlers[FRAME.refused] = (_, decoder) => {
    refused.push(decoding.readVarString(decoder));
  };
  for (const quiet of [FRAME.role, FRAME.docId]) handlers[quiet] = () => undefined;
  const text = () => doc.getMap<Y.Text>('files').get(FILE)?.toString() ?? '';
  return { doc, provider, text, saved: () => saved, refused };
}

it.skipIf(needsOneProcess('it kills the one process; tests/cluster/owner-ends.test.ts kills the owner of several'))(
  `kill -9, ${ROUNDS} times: nothing acknowledged is lost, no text is doubled`,
  async () => {
    let server: ServerProcess = await startServer();
    const { url, port, dataDir } = server;
    const post = async (path: string, body: object) =>
      (
        await fetch(url + path, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: url },
          body: JSON.stringify(body),
        })
      ).json();
    const session = await post('/api/sessions', {});
    const facilitator = {
      sessionId: session.sessionId,
      ...(await post(`/api/sessions/${session.sessionId}/facilitator`, { secret: session.facilitatorSecret })),
    };
    const people: Entry[] = [
      await post('/api/join', { code: session.joinCode }),
      await post('/api/join', { code: session.joinCode }),
    ];

    const driver = new Voter(url, facilitator);
    const voters = people.map((entry) => new Voter(url, entry));
    const suggestions: string[] = [];
    for (const voter of voters)
      suggestions.push(
        (await voter.say({ type: 'suggestion.add', text: `Suggestion ${suggestions.length}` })).about ?? '',
      );
    expect((await driver.say({ type: 'driver.take' })).ok).toBe(true);
    const typist = openText(url, facilitator);
    await expect.poll(() => typist.text().length, { timeout: 10_000 }).toBeGreaterThan(0);

    let going = true;
    // Each votes on and off for the other's suggestion.
    const voting = voters.map((voter, i) => voter.voteOnAndOff(suggestions[1 - i] ?? '', () => going));
    const marks: { readonly mark: string; readonly clock: number }[] = [];
    const typing = (async () => {
      const start = typist.text().length;
      for (let n = 0; going; n++) {
        const mark = `<${n}>`;
        const into = typist.doc.getMap<Y.Text>('files').get(FILE) as Y.Text;
        into.insert(start + marks.reduce((sum, one) => sum + one.mark.length, 0), mark);
        marks.push({ mark, clock: Y.decodeStateVector(Y.encodeStateVector(typist.doc)).get(typist.doc.clientID) ?? 0 });
        await pause(40);
      }
    })();

    const back: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await pause(300 + Math.random() * 900);
      const savedBefore = typist.saved();
      await server.kill();
      const began = performance.now();
      server = await startServer({ port, dataDir });
      await expect
        .poll(() => voters.every(({ socket }) => socket.connected) && typist.provider.wsconnected, { timeout: 10_000 })
        .toBe(true);
      back.push(Math.round(performance.now() - began));
      expect(typist.saved()).toBeGreaterThanOrEqual(savedBefore);
    }
    await pause(500);
    going = false;
    await Promise.all([...voting, typing]);
    expect(typist.refused).toEqual([]);
    const lastClock = marks.at(-1)?.clock ?? 0;
    await expect.poll(() => typist.saved(), { timeout: 10_000 }).toBeGreaterThanOrEqual(lastClock);

    // A last kill: what a fresh process reads from the disk is what was acknowledged.
    await server.kill();
    server = await startServer({ port, dataDir });
    const { files } = (await (await fetch(`${url}/api/sessions/${session.sessionId}/files`)).json()) as {
      files: Record<string, string>;
    };
    const kept = files[FILE] ?? '';
    expect(kept.match(/<\d+>/g)).toEqual(marks.map(({ mark }) => mark));
    expect(kept).toBe(typist.text());
    await expect.poll(() => voters.every(({ socket }) => socket.connected), { timeout: 10_000 }).toBe(true);
    for (const [i, voter] of voters.entries()) {
      const suggestion = suggestions[1 - i] ?? '';
      const expected = 1 + (voter.acknowledged.get(suggestion) ? 1 : 0);
      await expect
        .poll(() => voters.map(({ view }) => view?.suggestions[suggestion]?.votes))
        .toEqual([expected, expected]);
    }
    expect(marks.length).toBeGreaterThan(100);
    console.log(`${ROUNDS} kills: everybody back after ${back.join(', ')} ms; ${marks.length} marks typed`);

    for (const one of [driver, ...voters]) one.socket.close();
    typist.provider.destroy();
    await server.remove();
  },
  ROUNDS * 30_000,
);
