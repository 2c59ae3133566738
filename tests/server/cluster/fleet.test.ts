// What a node takes from workers over real connections, and what not: wrong secrets, frames that are none, results that cannot
// be, scores of its own making. Workers that go, and tickets for which nobody comes.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildOf, type Job, NoModel, RunLost } from '#sandbox/index.ts';
import { encodeFrame } from '#sandbox/protocol/frames.ts';
import { type FleetNode, SECRET, startFleetNode, upgraded } from '../../support/fleet-node.ts';
import { reportWith } from '../../support/manual-pool.ts';
import { ask } from '../../support/test-server.ts';

let node: FleetNode;
beforeEach(async () => {
  node = await startFleetNode();
});
afterEach(() => node.close());

const job = (more: Partial<Job> = {}): Job => ({
  runId: 'r1',
  sessionId: 's',
  kind: 'main',
  files: { 'src/predict.ts': 'export const predict = 1;' },
  data: { 'data/raw/t.csv': 'x,y\n1,2\n3,4\n' },
  cacheDir: '/a/path/of/the/owner',
  task: { target: 'y', measure: 'rmse', classes: [], forbidden: ['y'], markers: [], actual: [2, 4] },
  holdout: { rows: [{ x: 5.5 }, { x: 6.5 }], actual: [7.25, 8.5] },
  ...more,
});
const start = (more: Partial<Job> = {}) => {
  const progress: object[] = [];
  return { ...node.pool.runJob(job(more), (one) => progress.push(one)), progress };
};
/** As JSON has it. */
const made = (more: object = {}) => ({ type: 'report', report: { ...reportWith({ 'cv.rmse': 2 }), ...more } });
const ANSWERS = { holdoutPredictions: { predicted: [7.25, 9.5] } };

describe('a run', () => {
  it('goes to a worker without hold-out labels and paths, and is scored here, whatever the worker says', async () => {
    const run = start();
    const worker = await node.next();
    await expect.poll(() => worker.messages).toHaveLength(1);
    const sent = worker.bytes().toString();
    expect(sent).toContain('{"x":5.5},{"x":6.5}');
    for (const secret of ['7.25', '8.5', '/a/path']) expect(sent).not.toContain(secret);
    worker.send({ type: 'progress', progress: { type: 'started' } });
    worker.send(made({ ...ANSWERS, holdout: 0 }));
    expect(await run.report).toMatchObject({ status: 'succeeded', holdout: Math.sqrt(0.5), ...ANSWERS });
    expect([await run.checked, run.progress]).toEqual([[], [{ type: 'started' }]]);
  });

  it('sends a table once to a worker that has it', async () => {
    const run = start({ kind: 'preview' });
    const first = await node.next();
    await expect.poll(() => first.messages).toHaveLength(1);
    const held = first.messages[0]!.parts.map(({ sha256 }) => sha256);
    expect(held.length).toBeGreaterThan(1);
    first.send(made());
    await run.report;
    await first.closed;
    start({ kind: 'preview' });
    const second = await node.come(await node.take(), { 'x-crowd-holds': held.join(',') });
    await expect.poll(() => second.messages).toHaveLength(1);
    expect(second.messages[0]?.parts).toEqual([]);
    expect(second.bytes().toString()).not.toContain('x,y');
  });

  it('whose worker is gone is done by another one, and is lost with that', async () => {
    const run = start();
    (await node.next()).socket.destroy();
    const second = await node.next();
    await expect.poll(() => second.messages).toHaveLength(1);
    second.socket.destroy();
    await expect(run.report).rejects.toBeInstanceOf(RunLost);
    await expect(run.checked).rejects.toBeInstanceOf(RunLost);
    expect(node.waiting()).toEqual([]);
  });

  it('has its ticket written again where nobody came with it, and the late one is refused', async () => {
    const run = start();
    const late = await node.take();
    await expect.poll(() => node.pass(1_000) ?? node.waiting(), { interval: 300 }).toHaveLength(1);
    await expect(node.come(late)).rejects.toThrow('404');
    (await node.next()).send(made());
    expect((await run.report).status).toBe('succeeded');
  });

  it('is cancelled with its ticket or its line; so are all of a session that is forgotten', async () => {
    const waiting = start();
    await expect.poll(() => node.waiting()).toHaveLength(1);
    waiting.cancel();
    expect((await waiting.report).status).toBe('cancelled');
    await expect.poll(() => node.waiting()).toEqual([]);
    const under = start();
    const worker = await node.next();
    under.cancel();
    await worker.closed;
    expect((await under.report).status).toBe('cancelled');
    const checked = start({ kind: 'preview' });
    const other = await node.next();
    other.send(made({ checking: true }));
    await checked.report;
    await node.pool.forget('s');
    await other.closed;
    expect(await checked.checked).toBeNull();
  });

  it('whose checks were given up still answers for its model, also when they come after all', async () => {
    const run = start();
    const worker = await node.next();
    worker.send(made({ checking: true, ...ANSWERS }));
    await run.report;
    run.cancel();
    expect(await run.checked).toBeNull();
    worker.send({ type: 'checked', findings: [] });
    const asked = node.pool.predict('s', [{ x: 1 }, { x: 2 }]);
    await expect.poll(() => worker.messages).toHaveLength(2);
    worker.send({ type: 'answer', id: 0, value: { runId: 'r1', predicted: [1, 2.5] } });
    expect(await asked).toEqual({ runId: 'r1', predicted: [1, 2.5] });
  });

  it('is one of a main run and two previews of its session that have tickets; the rest knows how many are ahead', async () => {
    const runs = [start(), start(), ...Array.from({ length: 3 }, () => start({ kind: 'preview' }))];
    await expect.poll(() => node.waiting().map(({ rank }) => rank)).toEqual(['main', 'preview', 'preview']);
    expect(runs[1]?.progress.at(-1)).toMatchObject({ type: 'queued', ahead: expect.any(Number) });
    expect(node.pool.stats()).toMatchObject({ running: 0, queued: 5 });
    (await node.next()).send(made());
    await runs[0]!.report;
    await expect.poll(() => node.waiting().filter(({ rank }) => rank === 'main')).toHaveLength(1);
  });
});

const huge = Buffer.alloc(8);
huge.writeUInt32LE(2 ** 31, 0);
const files = Buffer.alloc(8);
files.writeUInt32LE(1, 4);
const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
const PREDICTIONS = { row: [0, 1], fold: [0, 1], actual: [2, 4], predicted: [2] };

describe('a worker that sends', () => {
  it.each<[string, object | Uint8Array]>([
    ['no JSON', Buffer.concat([Buffer.from([3, 0, 0, 0, 0, 0, 0, 0]), Buffer.from('{{{')])],
    ['a message of gigabytes', huge],
    ['files', files],
    ['a message that is none', { type: 'owned' }],
    ['an answer to nothing', { type: 'answer', id: 7, value: null }],
    ['a report without its parts', { type: 'report', report: { status: 'succeeded' } }],
    ['a number beyond all numbers', Buffer.concat(encodeFrame(made())).subarray(0, 0)],
    ['65 metrics', made({ metrics: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`m${i}`, i])) })],
    ['predictions of different lengths', made({ predictions: PREDICTIONS })],
    ['hold-out predictions of other rows', made({ holdoutPredictions: { predicted: [1, 2, 3] } })],
    ['a log without end', made({ log: Array.from({ length: 600 }, () => ({ stage: 'a', at: 0, text: '' })) })],
    ['a page that is too large', made({ plots: [plot('x'.repeat(600_000))] })],
    ['a nest', { type: 'done', value: nested(40) }],
    ['checks before the report', { type: 'checked', findings: [] }],
    ['the end of a run that nobody cancelled', made({ status: 'cancelled' })],
    ['checks of a run that failed', made({ status: 'failed', checking: true })],
  ])('%s is cut off, and the run is done by another one', async (what, sent) => {
    const run = start();
    const hostile = await node.next();
    if (what === 'a number beyond all numbers') hostile.sendBytes(infinite());
    else if (sent instanceof Uint8Array) hostile.sendBytes(sent);
    else hostile.send(sent);
    await hostile.closed;
    (await node.next()).send(made(ANSWERS));
    expect(await run.report).toMatchObject({ holdout: Math.sqrt(0.5) });
  });

  it('progress without end is cut off', async () => {
    const run = start();
    const hostile = await node.next();
    const lines = Array.from({ length: 100 }, () => ({ stage: 'a', at: 0, text: 'x'.repeat(1_000) }));
    const flood = setInterval(() => hostile.send({ type: 'progress', progress: { type: 'log', lines } }), 1);
    await hostile.closed;
    clearInterval(flood);
    (await node.next()).send(made());
    expect((await run.report).status).toBe('succeeded');
  });

  it('a second report, or an answer that does not fit, has no effect but its end', async () => {
    const run = start();
    const worker = await node.next();
    worker.send(made({ checking: true }));
    worker.send(made({ metrics: { 'cv.rmse': 0 } }));
    expect((await run.report).metrics).toEqual({ 'cv.rmse': 2 });
    await worker.closed;
    // Its checks may be made by another one.
    await expect(run.checked).rejects.toBeInstanceOf(RunLost);
    await expect(node.pool.predict('s', [{ x: 1 }])).rejects.toBeInstanceOf(NoModel);
  });
});

function plot(title: string) {
  return { path: 'p.csv', title, x: 'a', y: 'b', xLabel: 'a', yLabel: 'b', columns: [], rows: [] };
}
function infinite(): Buffer {
  const json = Buffer.from(JSON.stringify(made({ ms: 12345 })).replace('12345', '1e999'));
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32LE(json.length, 0);
  return Buffer.concat([lengths, json]);
}

describe('whoever asks', () => {
  const own = { worker: 'a'.repeat(16), build: buildOf(), places: 2 };
  const body = { ...own, full: false, spare: true, holds: ['gone-1', 's'], gaps: [], away: [] as string[] };
  const take = (sent: unknown, token?: string) =>
    ask(node.port, '/cluster/take', { method: 'POST', body: sent, ...(token ? { token } : {}) });

  it('without the secret gets nothing: no ticket, no line', async () => {
    start();
    for (const token of [undefined, `${SECRET}x`, 'x']) expect((await take(body, token)).status).toBe(401);
    const ticket = await node.take();
    for (const authorization of ['', 'Bearer x', `Basic ${SECRET}`])
      await expect(node.come(ticket, { authorization })).rejects.toThrow('401');
    (await node.come(ticket)).send(made());
  });

  it('with the secret, but nonsense, is refused', async () => {
    for (const sent of [
      '{',
      {},
      { ...body, holds: ['../x'] },
      { ...body, more: 1 },
      { ...body, away: [1] },
      'x'.repeat(70_000),
    ])
      expect((await take(sent, SECRET)).status).toBe(400);
    expect((await ask(node.port, '/cluster/take', { token: SECRET })).status).toBe(405);
    await expect(upgraded(`${node.url}/cluster/runs/99`)).rejects.toThrow('404');
    await expect(upgraded(`${node.url}/cluster/runs/1`, { upgrade: 'websocket' })).rejects.toThrow('400');
    await expect(upgraded(`${node.url}/cluster/runs/1`, { 'x-crowd-holds': 'zz' })).rejects.toThrow('400');
  });

  it('is refused where it is of another build, with or without a ticket', async () => {
    const run = start();
    for (const more of [{}, { asks: 'for something new' }])
      expect((await take({ ...body, ...more, build: 'another' }, SECRET)).status).toBe(409);
    const ticket = await node.take();
    await expect(node.come(ticket, { 'x-crowd-build': 'another' })).rejects.toThrow('409');
    (await node.come(ticket)).send(made());
    expect((await run.report).status).toBe('succeeded');
  });

  it('while it is full is seen, and gets nothing', async () => {
    start();
    await expect.poll(() => node.waiting()).toHaveLength(1);
    expect((await take({ ...body, full: true }, SECRET)).json).toEqual({ ticket: null, gone: ['gone-1'] });
    expect((await take(body, SECRET)).json).toMatchObject({ ticket: { session: 's' } });
  });

  it('and goes before its answer leaves the ticket to the next one', async () => {
    const left = new AbortController();
    const headers = { authorization: `Bearer ${SECRET}` };
    const options = { method: 'POST', headers, body: JSON.stringify(body), signal: left.signal };
    const asked = fetch(`${node.url}/cluster/take`, options).catch(() => 'left');
    await new Promise((done) => setTimeout(done, 50));
    left.abort();
    expect(await asked).toBe('left');
    // Until the node has noticed: what it gives to one that is gone before that is written again later.
    await new Promise((done) => setTimeout(done, 100));
    start();
    expect((await take(body, SECRET)).json).toMatchObject({ ticket: { session: 's' } });
  });

  it('gets a ticket as soon as there is one, and hears which sessions are deleted', async () => {
    const asked = take(body, SECRET);
    await new Promise((done) => setTimeout(done, 50));
    start();
    expect((await asked).json).toMatchObject({ ticket: { session: 's', url: node.url }, gone: ['gone-1'] });
    expect((await take(body, SECRET)).json).toEqual({ ticket: null, gone: ['gone-1'] });
  });
});
