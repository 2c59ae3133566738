// What is promised while the process is killed and everybody comes at once, at a real server with real sockets.
// `npm run test:faults` plays it at the promised size (FAULTS=full), `npm test` at a tenth.
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { connect, facilitate, joinAs, type Person, post } from '../simulation/participant.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';

const FULL = process.env['FAULTS'] === 'full';
const PATIENCE = { timeout: 60_000 };
const START_MS = 240_000;

let server: ServerProcess;
const people: Person[] = [];
beforeAll(async () => {
  server = await start();
}, START_MS);
afterEach(() => {
  for (const person of people.splice(0)) person.close();
});
afterAll(() => server.remove());

const start = (more: object = {}) =>
  startServer({ patienceMs: START_MS, env: { JOINS_PER_ADDRESS: '9000', LOG_LEVEL: 'info' }, ...more });

async function open() {
  const made = await post<{ sessionId: string; joinCode: string; facilitatorSecret: string }>(
    `${server.url}/api/sessions`,
    {},
  );
  const host = await facilitate(server.url, made.sessionId, made.facilitatorSecret);
  people.push(host);
  return { ...made, host };
}
const again = (person: Person) =>
  connect(server.url, {
    sessionId: person.sessionId,
    participantId: person.participant,
    displayName: person.displayName,
    token: person.token,
  }).then((back) => {
    people.push(back);
    return back;
  });

/** Of this process and of all below it. */
function descendants(pid: number): number[] {
  let own = '';
  try {
    own = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  } catch (error) {
    // It ended while we looked.
    if (!['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
  const children = own.split(' ').filter(Boolean).map(Number);
  return [...children, ...children.flatMap(descendants)];
}
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

it.skipIf(process.platform !== 'linux')(
  'kill -9 during a run leaves no child, and the run is interrupted, without a score',
  async () => {
    const { joinCode, host } = await open();
    const ana = await joinAs(server.url, joinCode, 'Ana');
    people.push(ana);
    const hunks = [{ fromLine: 1, removed: [], added: ['for (;;) {}'] }];
    const patch = { revision: ana.view().revision, files: [{ path: 'src/prepare.ts', hunks }] };
    const added = await ana.send({ type: 'suggestion.add', text: 'Try this loop', patch });
    const suggestion = added.ok ? (added.about ?? '') : '';
    expect(await ana.send({ type: 'preview.request', suggestion })).toMatchObject({ ok: true });
    const isEndless = ({ kind, status }: { kind: string; status: string }) =>
      kind === 'preview' && status === 'running';
    await host.until((view) => Object.values(view.runs).some(isEndless), 60_000);
    const [run] = Object.entries(host.view().runs).find(([, each]) => isEndless(each))!;
    const children = descendants(server.pid);
    expect(children.length).toBeGreaterThan(0);
    const { port, dataDir } = server;
    await server.kill();
    await expect.poll(() => children.filter(isAlive), PATIENCE).toEqual([]);
    server = await start({ port, dataDir });
    const back = await again(host);
    await back.until((view) => view.runs[run]?.status === 'interrupted', 60_000);
    expect(back.view().runs[run]?.metrics ?? {}).toEqual({});
  },
  2 * START_MS,
);

it(
  'everybody at once, and again after kill -9: all are synced, and no acknowledged act is lost',
  async () => {
    const count = FULL ? 500 : 50;
    const { joinCode } = await open();
    const names = Array.from({ length: count }, (_, i) => `Person ${i}`);
    const all = await Promise.all(names.map((name) => joinAs(server.url, joinCode, name)));
    people.push(...all);
    const acks = await Promise.all(all.map((person) => person.send({ type: 'hand.raise' })));
    expect(acks.filter(({ ok }) => !ok)).toEqual([]);
    const { port, dataDir } = server;
    await server.kill();
    for (const person of people.splice(0)) person.close();
    server = await start({ port, dataDir });
    const back = await Promise.all(all.map(again));
    const hands = (person: Person) => person.view().hands.length;
    expect(back.map((person) => person.you()?.hand).filter((hand) => !hand)).toEqual([]);
    await expect.poll(() => back.filter((person) => hands(person) !== count).length, PATIENCE).toBe(0);
    await expect.poll(() => back.filter((person) => person.view().online < count).length, PATIENCE).toBe(0);
  },
  2 * START_MS,
);
