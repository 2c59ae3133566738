// A page as it arrives: its view comes packed, and its text without a word of its own; after a lost connection it asks for
// what it lacks.
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type * as Y from 'yjs';
import { connect } from '#app/_session/connection.ts';
import { openText } from '#app/_session/text/doc-provider.ts';
import type { PackedSnapshot, Snapshot } from '#session-core/protocol/messages.ts';
import type { PublicView, YouView } from '#session-core/view/view-types.ts';
import { startTestServer, type TestServer } from '#tests/support/test-server.ts';

const at = vi.hoisted(() => ({ url: '', cookie: '', came: [] as unknown[] }));
vi.mock('socket.io-client', async (original) => {
  const real = await original<typeof import('socket.io-client')>();
  const io = (options: object) => {
    const extraHeaders = { origin: at.url, cookie: at.cookie };
    const socket = real.io(at.url, { ...options, forceNew: true, extraHeaders });
    socket.on('snapshot', (snapshot) => at.came.push(snapshot));
    return socket;
  };
  return { ...real, io };
});

let server: TestServer;
let session: Awaited<ReturnType<TestServer['create']>>;
/** Frames that the page sent, by socket. */
let sockets: { readonly sent: number[][]; close(): void }[] = [];
beforeAll(async () => {
  server = await startTestServer();
  session = await server.create();
  at.url = server.url;
  const { token, participantId: participant } = await server.join(session.joinCode, 'Ana');
  at.cookie = `cp_${session.sessionId}=${token}`;
  const live = await server.instance.registry.open(session.sessionId);
  for (const n of [1, 2, 3, 4, 5, 6]) {
    const text = `Idea ${n}: ${'look at the columns '.repeat(12)}`;
    await live!.send({ type: 'suggestion.add', text }, { participant, tab: 'a', commandId: `command-${n}` });
  }
});
afterAll(() => server.close());
beforeEach(() => {
  at.came.length = 0;
  sockets = [];
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('removeEventListener', () => {});
  class PageSocket extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, { origin: at.url, headers: { cookie: at.cookie } });
      const sent: number[][] = [];
      sockets.push({ sent, close: () => this.terminate() });
      const send = this.send.bind(this) as (data: unknown) => void;
      this.send = (data: unknown) => {
        sent.push([...(data as Uint8Array)]);
        send(data);
      };
    }
  }
  vi.stubGlobal('WebSocket', PageSocket);
});
afterEach(() => vi.unstubAllGlobals());

it('gets its view packed', async () => {
  const snapshots: Snapshot<PublicView, YouView>[] = [];
  const page = connect<PublicView, YouView>(
    { sessionId: session.sessionId, tab: 'a', viewer: false },
    {
      snapshot: (snapshot) => void snapshots.push(snapshot),
      patch: () => true,
      you: () => true,
      progress: () => {},
      connection: () => {},
      final: () => {},
      held: () => null,
      shown: () => ({ view: null, you: null }),
    },
  );
  await expect.poll(() => snapshots.length).toBe(1);
  page.close();
  const [came] = at.came as PackedSnapshot<YouView>[];
  expect(ArrayBuffer.isView(came!.view)).toBe(true);
  expect(came!.view.byteLength).toBeLessThan(JSON.stringify(snapshots[0]!.view).length / 2);
  expect(snapshots[0]!.view.id).toBe(session.sessionId);
  expect(snapshots[0]!.you?.displayName).toBe('Ana');
});

it('of a reader says nothing to get the text, and asks after a lost connection', async () => {
  const text = openText(`${server.url.replace('http', 'ws')}/doc`, session.sessionId, 'a');
  const files = () => text.state().doc.getMap<Y.Text>('files').size;
  await expect.poll(() => text.state().connected && files() > 0).toBe(true);
  // It goes on being silent while it reads: what it would say of itself reaches nobody.
  expect(sockets.map(({ sent }) => sent)).toEqual([[]]);
  sockets[0]!.close();
  await expect.poll(() => sockets.length).toBe(2);
  await expect.poll(() => text.state().connected).toBe(true);
  // SyncStep1 of a copy that holds something, and the answer to the server's.
  expect(sockets[1]!.sent[0]!.slice(0, 2)).toEqual([0, 0]);
  expect(sockets[1]!.sent[0]!.length).toBeGreaterThan(4);
  text.close();
});
