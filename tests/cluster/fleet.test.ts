// Runs on workers: what the sandbox of one machine does, workers do for several nodes, and what dies in the middle of it,
// worker or owner, costs time, never a result that is not one. What a worker knows is no label, token or address of the database.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultCourse, loadDataset } from '#sandbox/index.ts';
import { CREATE_TOKEN, FULL, startCluster, type TestCluster, until, withoutNodes } from '../support/nodes.ts';
import { asDoubles, foundInMemory } from '../support/process-memory.ts';
import { FLEET, isAlive, startWorkerProcess, type TestWorker } from '../support/worker-process.ts';
import { type FleetSession, openFleetSession } from './fleet-session.ts';

const skipped = withoutNodes();
const ROUNDS = FULL ? 5 : 1;
/** Before a worker is searched for what it must not know. */
const RUNS = FULL ? 50 : 1;
/** The promise, where the machine is the test's own. */
const OVER_MS = 5_000;
const GONE_MS = 2_000;

const { holdout } = loadDataset({ course: defaultCourse() });
const [ROW] = holdout.rows;

let cluster: TestCluster;
let workers: TestWorker[] = [];
const open: FleetSession[] = [];
async function startWorker(): Promise<TestWorker> {
  const worker = await startWorkerProcess(cluster.nodes.map(({ url }) => url));
  workers.push(worker);
  return worker;
}
async function session(): Promise<FleetSession> {
  const made = await openFleetSession(cluster);
  open.push(made);
  return made;
}
/** Two workers, a long run on one of them, and which that is. */
async function longRun(own: FleetSession) {
  while (workers.length < 2) await startWorker();
  const before = workers.map((worker) => worker.took(own.sessionId));
  const run = await own.run(true);
  await own.until(run, 'running');
  const at = workers.findIndex((worker, i) => worker.took(own.sessionId) > before[i]!);
  const [busy, other] = [workers[at]!, workers[1 - at]!];
  const taken = other.took(own.sessionId);
  const elsewhere = () => until('another worker takes it', () => other.took(own.sessionId) > taken);
  return { run, busy, other, elsewhere };
}
async function replaced(worker: TestWorker): Promise<void> {
  await worker.end('SIGKILL');
  workers = workers.filter((one) => one !== worker);
  await startWorker();
}
/** Of workers and owners that were lost. */
const whatNodesSaid = () =>
  cluster.nodes
    .flatMap(({ log }) => log().split('\n'))
    .filter((line) => /worker_lost|time_ran_out|heartbeat|claim_failed|ticket_failed|no_worker/.test(line))
    .join('\n');
/** That have asked within the last two and a half seconds; one that was frozen for three has not. */
const askingWorkers = async () =>
  (await cluster.sql(`SELECT 1 FROM worker WHERE until > clock_timestamp() + interval '3.5 seconds'`)).length;
const endsOf = async (own: FleetSession, run: string) =>
  (
    await cluster.sql<{ type: string }>(
      `SELECT type FROM event WHERE session_id = $1 AND payload::json ->> 'run' = $2 AND type LIKE 'run.%'`,
      [own.sessionId, run],
    )
  )
    .map(({ type }) => type)
    .filter((type) => type !== 'run.started' && type !== 'run.checked');

beforeAll(async () => {
  if (skipped) return;
  cluster = await startCluster({ env: FLEET });
  await startWorker();
});
afterAll(async () => {
  for (const one of open) one.close();
  await Promise.all(workers.map((worker) => worker.end('SIGKILL')));
  await cluster?.close();
});

describe.skipIf(skipped)('a session whose runs are on a worker', () => {
  it('has all that it has on one machine, and leaves no label, token or secret there', async () => {
    const own = await session();
    let run = '';
    for (let n = 0; n < RUNS; n += 1) {
      run = await own.run();
      const { metrics } = await own.until(run, 'succeeded', 'failed');
      expect(metrics['cv.rmse']).toBeGreaterThan(0);
    }
    expect(await own.post('/predict', { row: ROW })).toMatchObject({ prediction: expect.any(Number), run });
    expect(await own.post('/pushes', { row: ROW })).toMatchObject({ run, pushes: expect.any(Array) });
    for (const table of ['data/raw/students.csv', 'data/processed/students.csv'])
      expect(await own.post('/expressions', { code: 'df.shape[0]', table })).toMatchObject({
        answer: { kind: 'text', text: expect.stringMatching(/^\d+$/) },
      });
    await until('the model is explained', async () => {
      const { state } = await own.get<{ state: string }>(`/runs/${run}/explanations`);
      return state === 'done';
    });
    await until('the code is checked', () => own.person.view().codeChecks !== undefined);
    await until('the run is checked', () => own.person.view().runs[run]?.checking === undefined);
    await own.person.send({ type: 'holdout.reveal' });
    const { runs } = await own.get<{ runs: { run: string; score: number }[] }>('/holdout');
    expect(runs.at(-1)).toMatchObject({ run, score: expect.any(Number) });

    // HAProxy in front of the nodes keeps the routes of workers to itself.
    expect((await fetch(`${cluster.url}/cluster/take`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${cluster.nodes[0]!.url}/cluster/take`, { method: 'POST' })).status).toBe(401);

    const [worker] = workers;
    const secrets = {
      'address of the database': Buffer.from(new URL(cluster.databaseUrl).host),
      'secret of the cluster': Buffer.from('a-secret-of-the-cluster'),
      'token to create': Buffer.from(CREATE_TOKEN),
      'token of a participant': Buffer.from(own.person.token),
      'hold-out labels': asDoubles(holdout.actual.slice(0, 6)),
      'hold-out labels as text': Buffer.from(holdout.actual.slice(0, 6).join(',')),
    };
    const known = { 'hold-out rows': Buffer.from(JSON.stringify(holdout.rows.slice(0, 2)).slice(1, -1)) };
    // Its children get all they have from it.
    expect(foundInMemory(worker!.pid, secrets)).toEqual([]);
    for (const pid of [worker!.pid, ...worker!.children()])
      expect(readFileSync(`/proc/${pid}/environ`, 'latin1')).not.toMatch(/DATABASE|postgres|CLUSTER|TOKEN/);
    // The same look finds what is there: rows in the worker, labels and token in the owner.
    expect(foundInMemory(worker!.pid, known)).toEqual(['hold-out rows']);
    const owner = (await cluster.ownerOf(own.sessionId)).node.child.pid!;
    expect(foundInMemory(owner, secrets)).toEqual(expect.arrayContaining(['hold-out labels', 'secret of the cluster']));
    const files = readdirSync(worker!.folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    expect(files.length).toBeGreaterThan(5);
    for (const { parentPath, name } of files) {
      const bytes = readFileSync(join(parentPath, name));
      for (const [what, secret] of Object.entries(secrets))
        expect([what, name, bytes.includes(secret)]).toEqual([what, name, false]);
    }

    await own.delete();
    await until('its run cache is gone from the worker', () =>
      readdirSync(worker!.folder, { recursive: true }).every((path) => !String(path).includes(own.sessionId)),
    );
  });
});

describe.skipIf(skipped)('in the middle of a run', () => {
  let own: FleetSession;
  beforeAll(async () => {
    own = await session();
    await own.until(own.newest()[0], 'succeeded');
  });

  it.each([['frozen', 'SIGSTOP'], ...(FULL ? ([['killed', 'SIGKILL']] as const) : [])] as const)(
    'a worker is %s: another one does it, once, and questions find its model',
    async (_, signal) => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const { run, busy, elsewhere } = await longRun(own);
        const began = performance.now();
        busy.child.kill(signal);
        await elsewhere();
        const ms = performance.now() - began;
        console.log(`${signal}: with another worker after ${Math.round(ms)} ms`);
        // The clock of a loaded machine proves nothing; at full size the machine is the test's own.
        if (FULL) expect(ms).toBeLessThanOrEqual(OVER_MS);
        const { status, error, metrics } = await own.until(run, 'succeeded', 'failed', 'interrupted');
        expect([status, error, status === 'succeeded' ? '' : whatNodesSaid()]).toEqual(['succeeded', undefined, '']);
        expect(metrics['cv.rmse']).toBeGreaterThan(0);
        if (signal === 'SIGKILL') await replaced(busy);
        else {
          busy.child.kill('SIGCONT');
          await until('the woken worker asks again', async () => (await askingWorkers()) === 2);
        }
        expect(await endsOf(own, run)).toEqual(['run.finished']);
        expect(await own.post('/predict', { row: ROW })).toMatchObject({ run });
      }
    },
  );

  it('the owner is killed: the child of the run is gone, and the run is interrupted at its next owner', async () => {
    const { run, busy } = await longRun(own);
    const children = busy.ofRuns();
    const before = await cluster.ownerOf(own.sessionId);
    const began = performance.now();
    await before.node.end('SIGKILL');
    // Only a run ends its child: the others go on waiting for theirs.
    await until('its child is gone', () => children.some((child) => !isAlive(child)));
    console.log(`the child of the run gone after ${Math.round(performance.now() - began)} ms`);
    if (FULL) expect(performance.now() - began).toBeLessThanOrEqual(GONE_MS);
    const { metrics } = await own.until(run, 'succeeded', 'failed', 'interrupted');
    expect([metrics, await endsOf(own, run)]).toEqual([{}, ['run.interrupted']]);
    await cluster.restart(before.node);
  });

  // That a run is lost with its second worker is a test of the server, too.
  it.skipIf(!FULL)(
    'two workers are killed: the run is interrupted, without a score, and the next one is not',
    async () => {
      const { run, busy, other, elsewhere } = await longRun(own);
      busy.child.kill('SIGKILL');
      await elsewhere();
      other.child.kill('SIGKILL');
      const { metrics, holdout } = await own.until(run, 'succeeded', 'failed', 'interrupted');
      expect([metrics, holdout, await endsOf(own, run)]).toEqual([{}, undefined, ['run.interrupted']]);
      workers = [];
      await startWorker();
      expect((await own.until(await own.run(), 'succeeded', 'failed')).metrics['cv.rmse']).toBeGreaterThan(0);
    },
  );
});
