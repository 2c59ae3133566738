// A message above a limit: refused before it is sent, with a sentence that names the limit, and never sent again.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type * as Y from 'yjs';
import { connect, type Listener } from '#app/_session/connection.ts';
import { openText, type TextSession } from '#app/_session/text/doc-provider.ts';
import { awarenessFrame, readFrame } from '#server/document/doc-protocol.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import { CLOSE, isFinalClose } from '#session-core/protocol/close-codes.ts';
import { MOST_AWARENESS, SIZES } from '#session-core/protocol/sizes.ts';
import { call, startTestServer, type TestServer } from '#tests/support/test-server.ts';

const kept = vi.hoisted(() => ({ edits: [] as { reason: string }[], url: '', cookie: '' }));
vi.mock('#app/_session/text/unsaved-edits.ts', () => ({
  keepUnsavedEdits: (_: string, edits: { reason: string }) => void kept.edits.push(edits),
}));
// The page's own connection, with the cookie and the origin that a browser adds.
vi.mock('socket.io-client', async (original) => {
  const real = await original<typeof import('socket.io-client')>();
  const extraHeaders = () => ({ cookie: kept.cookie, origin: kept.url });
  const io = (at: unknown, options?: object) =>
    typeof at === 'string'
      ? real.io(at, options)
      : real.io(kept.url, { ...(at as object), forceNew: true, extraHeaders: extraHeaders() });
  return { ...real, io };
});

let server: TestServer;
let session: Awaited<ReturnType<TestServer['create']>>;
let token: string;
beforeAll(async () => {
  server = await startTestServer();
  session = await server.create();
  const { json, headers } = await server.ask(`/api/sessions/${session.sessionId}/facilitator`, {
    method: 'POST',
    body: { secret: session.facilitatorSecret },
  });
  token = json.token;
  kept.url = server.url;
  kept.cookie = (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ');
});
afterAll(() => server.close());
beforeEach(() => {
  kept.edits.length = 0;
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('removeEventListener', () => {});
});
afterEach(() => vi.unstubAllGlobals());

/** @param losses when the connection was lost after it had been made */
function listener(losses: number[]): Listener<unknown, unknown> {
  let made = false;
  return {
    snapshot: () => {},
    patch: () => true,
    you: () => true,
    progress: () => {},
    connection: ({ downSince }) => {
      if (downSince === null) made = true;
      else if (made) losses.push(downSince);
    },
    final: () => {},
    held: () => null,
    shown: () => ({ view: null, you: null }),
  };
}
const patchOf = (added: readonly string[]) => ({
  type: 'suggestion.add' as const,
  text: 'more rows',
  patch: { revision: 1, files: [{ path: 'README.md', hunks: [{ fromLine: 1, removed: [], added: [...added] }] }] },
});
const ROW =
  'GP;F;18;U;GT3;A;4;4;at_home;teacher;course;mother;2;2;0;yes;no;no;no;yes;yes;no;no;4;3;4;1;1;3;4;0;11;11;"x"';

describe('a command', () => {
  it.each([
    ['649 pasted rows', Array<string>(649).fill(ROW), /a patch may have 64000 bytes.* this one has \d+/],
    ['too many lines', Array<string>(2_001).fill('x'), /one change of README\.md may have 2000 lines/],
    ['a long line', ['x'.repeat(2_001)], /a line may have 2000 characters, and one of README\.md has 2001/],
  ])('of %s is refused by the page, which stays connected', async (_, added, sentence) => {
    const losses: number[] = [];
    const page = connect({ sessionId: session.sessionId, tab: 'a', viewer: false }, listener(losses));
    const ack = await page.send(patchOf(added));
    expect(ack.ok ? '' : ack.rejection.message).toMatch(sentence);
    expect(await page.send({ type: 'hand.raise' })).toMatchObject({ ok: true });
    expect(losses).toEqual([]);
    page.close();
  });

  it('that a program sends is answered with the same sentence, not with a closed connection', async () => {
    const program = await call(server.url, { sessionId: session.sessionId, token });
    const ack = await program.command(patchOf(Array<string>(649).fill(ROW)));
    expect(ack).toMatchObject({ ok: false, rejection: { code: 'over_limit', of: 'bytes', most: SIZES.command } });
    expect(await program.command({ type: 'hand.lower' })).toMatchObject({ ok: true });
    program.socket.close();
  });
});

describe('an edit of the text', () => {
  let page: TextSession;
  let sockets = 0;
  const files = () => page.state().doc.getMap<Y.Text>('files');
  const paste = (length: number) => files().get('README.md')?.insert(0, 'x'.repeat(length));

  beforeEach(async () => {
    const boss = await call(server.url, { sessionId: session.sessionId, token, tab: 'wide' });
    await boss.command({ type: 'driver.take' });
    boss.socket.close();
    sockets = 0;
    class Cookied extends WebSocket {
      constructor(url: string) {
        super(url, { headers: { cookie: kept.cookie, origin: kept.url } });
        sockets += 1;
      }
    }
    vi.stubGlobal('WebSocket', Cookied);
    page = openText(`${server.url.replace('http', 'ws')}/doc`, session.sessionId, 'wide');
    await expect.poll(() => page.state().drives && page.state().connected).toBe(true);
  });
  afterEach(() => page.close());

  it.each([
    ['230 kB, which the server refuses', 230_000],
    ['300 kB, which is not sent', 300_000],
    ['2 MB', 2_000_000],
  ])('of %s comes back with the reason, and typing goes on', async (_, length) => {
    paste(length);
    await expect.poll(() => page.state().generation).toBe(2);
    expect(kept.edits.map(({ reason }) => reason)).toEqual([
      `the workspace may have ${LIMITS.documentBytes / 1000} kB, and with them it would have more`,
    ]);
    await expect.poll(() => page.state().drives && page.state().connected).toBe(true);
    files().get('README.md')?.insert(0, `after ${length} `);
    await expect.poll(() => page.state().saved).toBe(true);
    expect(files().get('README.md')?.toString()).toMatch(new RegExp(`^after ${length} `));
    expect(sockets).toBe(2);
  });
});

describe('a program on the text socket', () => {
  const open = async () => {
    const headers = { authorization: `Bearer ${token}` };
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/doc/${session.sessionId}?tab=program`, {
      headers,
    });
    await new Promise((resolve) => socket.once('open', resolve));
    return socket;
  };

  it('that sends more than a frame may hold is closed with a code after which providers do not come back', async () => {
    const socket = await open();
    const code = new Promise((resolve) => socket.once('close', resolve));
    socket.send(new Uint8Array(SIZES.textFrame + 1));
    expect(await code).toBe(CLOSE.tooLarge);
    expect(isFinalClose(CLOSE.tooLarge)).toBe(true);
  });

  it('cannot make readers follow a clock that cannot count on', () => {
    const frame = (clientId: number, clock: number) => awarenessFrame([{ clientId, clock, state: { cursor: null } }]);
    const { clientId, clock } = MOST_AWARENESS;
    expect(readFrame(frame(clientId, clock))).toMatchObject({ entries: [{ clientId, clock }] });
    expect(readFrame(frame(clientId, clock + 1))).toMatchObject({ entries: [] });
    expect(readFrame(frame(1, Number.MAX_SAFE_INTEGER))).toMatchObject({ entries: [] });
    expect(readFrame(frame(clientId + 1, 1))).toMatchObject({ entries: [] });
  });
});
