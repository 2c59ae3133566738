// A worker and its lines, over real connections to an owner that the test plays: what it takes beside what nobody waits for, when
// it forgets a session, and what it says where its pool has no answer.
import http, { type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { FairQueue, NoModel, type Pool, PredictUnavailable, RowsRefused } from '#sandbox/index.ts';
import type { Waiting } from '#sandbox/pool/fair-queue.ts';
import { type FromWorker, LONGEST_MESSAGE, type PackedCall } from '#sandbox/protocol/fleet.ts';
import { encodeFrame } from '#sandbox/protocol/frames.ts';
import { createAssignment } from '#sandbox/worker/assignment.ts';
import { AwayOwners } from '#sandbox/worker/away-owners.ts';
import { PartCache } from '#sandbox/worker/part-cache.ts';
import type { SessionFolders } from '#sandbox/worker/session-folders.ts';
import { poolSizeOf } from '#sandbox/worker/settings.ts';
import { startWorker, type WorkerOptions } from '#sandbox/worker/worker.ts';
import { createManualPool } from '../support/manual-pool.ts';
import { freePort } from '../support/server-process.ts';

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const folders: SessionFolders = {
  of: () => '/nowhere',
  once: async () => '/nowhere',
  held: () => [],
  forget: async () => {},
  unused: () => [],
  close: () => {},
};

/** An owner that gives a ticket whenever the worker asks, and takes its lines when the test wants it. */
async function owner() {
  const asking: ServerResponse[] = [];
  const asked: { readonly build: string; readonly full: boolean; readonly away: readonly string[] }[] = [];
  const coming: { readonly ticket: string; readonly socket: Duplex }[] = [];
  const server = http.createServer(async (request, response) => {
    asked.push(JSON.parse(Buffer.concat(await request.toArray()).toString()));
    asking.push(response);
  });
  server.on('upgrade', ({ url = '' }, socket) => coming.push({ ticket: url.split('/').at(-1)!, socket }));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sockets: Duplex[] = [];
  ends.push(() => {
    for (const socket of [...sockets, ...coming.map((one) => one.socket)]) socket.destroy();
    server.closeAllConnections();
    server.close();
  });
  return {
    url,
    asked,
    /** @param at where its owner is reached */
    async give(id: string, session = 's', at = url) {
      await expect.poll(() => asking.length).toBeGreaterThan(0);
      asking.shift()!.end(JSON.stringify({ ticket: { id, session, url: at }, gone: [] }));
    },
    async giveNothing() {
      await expect.poll(() => asking.length).toBeGreaterThan(0);
      asking.shift()!.end(JSON.stringify({ ticket: null, gone: [] }));
    },
    /** The worker that comes with this ticket. */
    async comes(ticket: string): Promise<Duplex> {
      await expect.poll(() => coming.some((one) => one.ticket === ticket)).toBe(true);
      return coming.find((one) => one.ticket === ticket)!.socket;
    },
    accept(socket: Duplex, call: PackedCall) {
      sockets.push(socket);
      socket.on('error', () => undefined); // the worker may end it
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: crowd-run\r\nConnection: Upgrade\r\n\r\n');
      const send = (header: object) => void socket.write(Buffer.concat(encodeFrame(header)));
      const beat = setInterval(() => send({ type: 'beat' }), 300);
      socket.once('close', () => clearInterval(beat));
      socket.resume();
      send({ type: 'call', call, parts: [] });
    },
    refuse: (socket: Duplex, status = '404 Not Found') =>
      void socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`),
  };
}
function working(url: string, pool: Pool, places: number, more: Partial<WorkerOptions> = {}): void {
  const worker = startWorker({
    nodes: [url],
    secret: 'x'.repeat(16),
    build: 'b',
    pool,
    places,
    folders,
    log: () => {},
    ...more,
  });
  ends.push(() => worker.stop());
}
const JOB = { runId: 'r', sessionId: 's', kind: 'main', files: {}, data: {} } as const;
const RUN: PackedCall = { type: 'run', job: JOB };
const EXPLAIN: PackedCall = { type: 'explain', job: { ...JOB, key: 'k' } };
/** One that never ends. */
const endless: Pool['explain'] = () => ({ done: new Promise(() => {}), cancel: () => {} });

describe('a worker', () => {
  it('with one place takes a run beside an explanation', async () => {
    const pool = createManualPool();
    const own = await owner();
    working(own.url, { ...pool, explain: endless }, 1);
    await own.give('1');
    own.accept(await own.comes('1'), EXPLAIN);
    await own.give('2');
    own.accept(await own.comes('2'), RUN);
    await expect.poll(() => pool.jobs).toHaveLength(1);
    pool.jobs[0]?.finish();
  });

  it('that is full goes on saying that it is there', async () => {
    const pool = createManualPool();
    const own = await owner();
    working(own.url, pool, 1);
    await own.give('1');
    own.accept(await own.comes('1'), RUN);
    await expect.poll(() => own.asked.length, { timeout: 10_000 }).toBe(2);
    expect(own.asked).toMatchObject([
      { build: 'b', full: false },
      { build: 'b', full: true },
    ]);
    pool.jobs[0]?.finish();
  });

  it('forgets nothing of a session whose line is being opened, and all of it when there is none', async () => {
    const pool = createManualPool();
    const own = await owner();
    working(own.url, pool, 3);
    await own.give('1');
    const first = await own.comes('1');
    own.accept(first, RUN);
    await expect.poll(() => pool.jobs).toHaveLength(1);
    await own.give('2');
    const second = await own.comes('2');
    first.destroy();
    await expect.poll(() => pool.jobs[0]?.over()).toBe(true);
    own.accept(second, RUN);
    await expect.poll(() => pool.jobs).toHaveLength(2);
    expect(pool.forgotten).toEqual([]);
    await own.give('3');
    const third = await own.comes('3');
    second.destroy();
    await expect.poll(() => pool.jobs[1]?.over()).toBe(true);
    expect(pool.forgotten).toEqual([]);
    own.refuse(third);
    await expect.poll(() => pool.forgotten).toEqual(['s']);
  });

  it('that still forgets a session lives for the owner that has given it another run of it', async () => {
    const pool = createManualPool();
    const forgotten = Promise.withResolvers<void>();
    const own = await owner();
    working(own.url, { ...pool, forget: () => forgotten.promise }, 2);
    await own.give('1');
    const first = await own.comes('1');
    own.accept(first, RUN);
    await expect.poll(() => pool.jobs).toHaveLength(1);
    first.destroy();
    await expect.poll(() => pool.jobs[0]?.over()).toBe(true);
    await own.give('2');
    const second = await own.comes('2');
    let heard = 0;
    second.on('data', (bytes: Buffer) => (heard += bytes.length));
    own.accept(second, RUN);
    await expect.poll(() => heard).toBeGreaterThan(0);
    expect(pool.jobs).toHaveLength(1);
    forgotten.resolve();
    await expect.poll(() => pool.jobs).toHaveLength(2);
    pool.jobs[1]?.finish();
  });

  it('leaves the tickets of an owner that it cannot reach to others, for longer each time, until it reaches it', async () => {
    const pool = createManualPool();
    const own = await owner();
    const [gone, lines] = [`http://127.0.0.1:${await freePort()}`, [] as string[]];
    let later = 0;
    const log = (event: string, facts: object = {}) => void lines.push(`${event} ${JSON.stringify(facts)}`);
    working(own.url, pool, 2, { log, now: () => later });
    const away = () => own.asked.at(-1)?.away;
    for (const pauseMs of [5_000, 10_000]) {
      await own.give('1', 's', gone);
      await expect.poll(() => lines.splice(0)).toEqual([expect.stringMatching(`^owner_unreachable.*${gone}`)]);
      // The question before was asked when nothing was known of it.
      await own.giveNothing();
      await expect.poll(away).toEqual([gone]);
      later += pauseMs - 1;
      const asked = own.asked.length;
      await own.giveNothing();
      await expect.poll(() => own.asked.length).toBe(asked + 1);
      expect(away()).toEqual([gone]);
      later += 1;
      await own.giveNothing();
      await expect.poll(away).toEqual([]);
    }
    const owners = new AwayOwners(() => later);
    owners.failed('a');
    owners.failed('a');
    owners.reached('a');
    owners.failed('a');
    later += 5_000;
    expect(owners.names()).toEqual([]);
  });

  it('says in one line that an owner is of another build, and leaves its tickets to others', async () => {
    const own = await owner();
    const lines: string[] = [];
    working(own.url, createManualPool(), 2, { log: (_, facts) => void lines.push(String(facts?.['message'])) });
    await own.give('1');
    own.refuse(await own.comes('1'), '409 Conflict');
    await expect.poll(() => lines).toHaveLength(1);
    await own.giveNothing();
    await expect.poll(() => own.asked.at(-1)?.away).toEqual([own.url]);
    expect(lines).toEqual(['the node is of another build: update nodes and workers to the same one']);
  });

  it('has a pool in which all that it takes begins at once', () => {
    const queue = new FairQueue<Waiting>(poolSizeOf(2));
    for (const sessionId of ['a', 'b']) queue.add({ sessionId, kind: 'preview' });
    expect([queue.start(), queue.start()]).toMatchObject([{ sessionId: 'a' }, { sessionId: 'b' }]);
  });
});

describe('what its pool has no answer for', () => {
  it.each([
    ['rows', new RowsRefused('x'.repeat(5_000))],
    ['no-model', new NoModel('none')],
    ['unavailable', new PredictUnavailable('busy')],
  ] as const)('is %s to the owner, in no more than it reads', async (why, error) => {
    const sent: FromWorker[] = [];
    const assignment = createAssignment({
      sessionId: 's',
      pool: { ...createManualPool(), predict: () => Promise.reject(error) },
      folders,
      parts: new PartCache().forLine(),
      line: { send: (message) => void sent.push(message as FromWorker), close: () => {} },
      finished: () => {},
      failed: (failure) => expect.fail(String(failure)),
    });
    assignment.receive({ type: 'ask', id: 1, question: { type: 'predict', rows: [] }, parts: [] }, Buffer.alloc(0));
    await expect.poll(() => sent).toHaveLength(1);
    expect(sent[0]).toEqual({ type: 'refused', id: 1, why, message: error.message.slice(0, LONGEST_MESSAGE) });
  });

  it('is clipped where the crowd has thrown a long text at an explanation', async () => {
    const sent: FromWorker[] = [];
    const fault = { code: 'refused', message: 'x'.repeat(5_000) } as const;
    const value = { rows: 0, of: 0, error: 0, nRepeats: 5, importance: [], dependence: {}, share: 1, fault };
    const assignment = createAssignment({
      sessionId: 's',
      pool: { ...createManualPool(), explain: () => ({ done: Promise.resolve(value), cancel: () => {} }) },
      folders,
      parts: new PartCache().forLine(),
      line: { send: (message) => void sent.push(message as FromWorker), close: () => {} },
      finished: () => {},
      failed: (failure) => expect.fail(String(failure)),
    });
    assignment.receive({ type: 'call', call: EXPLAIN, parts: [] }, Buffer.alloc(0));
    await expect.poll(() => sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ type: 'done', value: { fault: { message: 'x'.repeat(LONGEST_MESSAGE) } } });
  });
});
