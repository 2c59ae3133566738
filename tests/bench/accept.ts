// `npm run bench:accept`: accept pressed to the patched text on all editors and the run started, N participants here.
// Beside it the floor: a bare `ws` server sending the same bytes to as many clients, in turns with ours.
// Goal: 150 ms at 200 participants (median); `--check` exits 1 above 1.3x of it. Last line: JSON.
import { parseArgs } from 'node:util';
import * as decoding from 'lib0/decoding';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { tapPatch } from '../simulation/param-patch.ts';
import { facilitate, joinAs, type Person, post } from '../simulation/participant.ts';
import { TAPS } from '../simulation/suggestions.ts';
import { startServer } from '../support/server-process.ts';
import { startPeer } from './live/meter.ts';

const GOAL_MS = 150;
const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '12' },
    check: { type: 'boolean', default: false },
  },
});
const size = Number(values.people);
const rounds = Number(values.rounds);

interface Watcher {
  /** Resolves at the next update frame, with its bytes. */
  next(): Promise<Uint8Array>;
  close(): void;
}

/** A text connection that only looks for update frames, as light as a load generator must be. */
function watchText(url: string, person: Person): Promise<Watcher> {
  const address = `${url.replace(/^http/, 'ws')}/doc/${person.sessionId}?tab=${person.tab}`;
  const socket = new WebSocket(address, {
    headers: { authorization: `Bearer ${person.token}` },
    perMessageDeflate: false,
  });
  return watcherOf(socket, (frame) => frame[0] === 0 && frame[1] === 2);
}

function watcherOf(socket: WebSocket, wanted: (frame: Uint8Array) => boolean): Promise<Watcher> {
  const waiting: ((frame: Uint8Array) => void)[] = [];
  socket.on('message', (data: Buffer) => {
    if (wanted(data)) for (const tell of waiting.splice(0)) tell(data);
  });
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('open', () => {
      // An honest reader says what it has: nothing.
      resolve({ next: () => new Promise((tell) => waiting.push(tell)), close: () => socket.terminate() });
    });
  });
}

const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;
const worst = (list: readonly number[]) => Math.max(...list);

const server = await startServer();
const floor = await startPeer('bare-ws.ts');
const floorUrl = `${floor.url.replace(/^http/, 'ws')}/text`;

const made = await post<{ sessionId: string; joinCode: string; facilitatorSecret: string }>(
  `${server.url}/api/sessions`,
  { title: 'Bench' },
);
const driver = await facilitate(server.url, made.sessionId, made.facilitatorSecret);
await driver.send({ type: 'session.configure', previews: 'off' });
await driver.send({ type: 'driver.take' });
const people: Person[] = [];
for (let from = 0; from < size; from += 25) {
  const names = Array.from({ length: Math.min(25, size - from) }, (_, index) => `Guest ${from + index}`);
  people.push(...(await Promise.all(names.map((name) => joinAs(server.url, made.joinCode, name)))));
}
const editors = await Promise.all([driver, ...people].map((person) => watchText(server.url, person)));
const bare = await Promise.all(
  editors.map(() => watcherOf(new WebSocket(floorUrl, { perMessageDeflate: false }), () => true)),
);
const teller = new WebSocket(floorUrl);
await new Promise((open) => teller.once('open', open));
const finished = (person: Person) =>
  person.until(
    (view) => Object.values(view.runs).every((run) => run.status !== 'queued' && run.status !== 'running'),
    60_000,
  );
await finished(driver);

const text: number[] = [];
const started: number[] = [];
const both: number[] = [];
const floors: number[] = [];
const taps = TAPS.filter((each) => each.key.startsWith('columns.') && each.value === 'true').slice(0, rounds);
for (const [round, tap] of taps.entries()) {
  const patch = await tapPatch(server.url, driver, tap);
  if (!patch) throw new Error(`the template already says ${tap.key}: ${tap.value}`);
  // Everyone once: nobody may suggest faster than the entry allows.
  const ack = await people[round % people.length]!.send({ type: 'suggestion.add', text: tap.text, patch });
  if (!ack.ok) throw new Error(ack.rejection.message);
  const known = new Set(Object.keys(driver.view().runs));
  await driver.until((view) => Object.values(view.suggestions).some((each) => each.text === tap.text));
  const suggestion = Object.values(driver.view().suggestions).find((each) => each.text === tap.text)!;

  const arrivals = editors.map((editor) => editor.next());
  const begin = performance.now();
  const accepting = driver.send({ type: 'suggestion.accept', suggestion: suggestion.id });
  const running = Promise.all(
    [driver, ...people].map((person) =>
      person.until((view) => Object.entries(view.runs).some(([id, run]) => !known.has(id) && run.status !== 'queued')),
    ),
  ).then(() => performance.now() - begin);
  const frames = await Promise.all(arrivals);
  const textAt = performance.now() - begin;
  const runAt = await running;
  const answer = await accepting;
  if (!answer.ok) throw new Error(answer.rejection.message);
  if (!carries(frames[0]!)) throw new Error('the frame that came holds no text update');
  text.push(textAt);
  started.push(runAt);
  both.push(Math.max(textAt, runAt));

  const bareArrivals = bare.map((each) => each.next());
  const bareBegin = performance.now();
  teller.send(frames[0]!);
  await Promise.all(bareArrivals);
  floors.push(performance.now() - bareBegin);
  await finished(driver);
}

const row = (name: string, list: readonly number[]) =>
  console.log(
    `${name.padEnd(44)} median ${median(list).toFixed(1).padStart(7)} ms   worst ${worst(list).toFixed(1).padStart(7)} ms`,
  );
console.log(`${size} participants, ${both.length} accepts in turns with the floor`);
row('accept -> patched text on every editor', text);
row('accept -> run started on every screen', started);
row('accept -> both', both);
row('floor: bare ws, same bytes to as many', floors);
const ratio = median(text) / median(floors);
console.log(`text is at ${ratio.toFixed(2)}x of the floor; goal ${GOAL_MS} ms for both`);
console.log(
  JSON.stringify({
    accept: { people: size, ms: median(both), textMs: median(text), floorMs: median(floors), ratio, goalMs: GOAL_MS },
  }),
);

for (const each of [...editors, ...bare]) each.close();
teller.terminate();
for (const person of [driver, ...people]) person.close();
floor.stop();
await server.remove();
process.exit(values.check && median(both) > GOAL_MS * 1.3 ? 1 : 0);

function carries(frame: Uint8Array): boolean {
  const decoder = decoding.createDecoder(frame);
  decoding.readVarUint(decoder);
  decoding.readVarUint(decoder);
  return Y.decodeUpdate(decoding.readVarUint8Array(decoder)).structs.length > 0;
}
