// `npm run bench:act`: processor time of the server for each act (vote, suggestion, key, cursor, join) with 50, 200 and 1000
// people connected by both sockets, and what it is spent on. Without what they cost while nothing happens.
// Goals: a vote <= 0.8 ms at 50 and <= 3.5 ms at 1000, with <= 1.2 kB a second to each at 50 votes a second; a key <= 0.9 ms
// + 8 us a watcher. `--check` exits 1 above 1.15x of one. Last line: JSON.
import { parseArgs } from 'node:util';
import { join, type Live, live, type Member, type TextSocket, watchText } from './live/light-client.ts';
import { accepted, type MeasuredSession, startMeasuredSession } from './live/measured-session.ts';
import type { Cpu } from './live/meter.ts';
import { atPace, costOf, idleOf, median } from './live/pace.ts';

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '50,200,1000' },
    rounds: { type: 'string', default: '3' },
    /** Also samples where the time goes; the sampled round is not counted. */
    parts: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    kinds: { type: 'string', default: 'vote,suggestion,key,cursor' },
  },
});
const SUGGESTIONS = 20;
const VOTES_A_SECOND = 50;
const JOINS = 25;
const TOLERANCE = 1.15;

interface Guest {
  readonly member: Member;
  readonly live: Live;
  readonly text: TextSocket;
}
interface Kind {
  readonly times: number;
  readonly perSecond: number;
  act(here: Here, i: number): unknown;
}
interface Here extends MeasuredSession {
  readonly guests: readonly Guest[];
  readonly suggestions: readonly string[];
  /** Who has voted for what. */
  readonly votes: Set<string>;
  /** Those who have not suggested anything yet. */
  silent: number;
}

const KINDS: Readonly<Record<string, Kind>> = {
  vote: { times: 250, perSecond: VOTES_A_SECOND, act: vote },
  suggestion: { times: 12, perSecond: 4, act: suggest },
  key: { times: 60, perSecond: 10, act: ({ driver }) => press(driver, true) },
  cursor: { times: 60, perSecond: 10, act: ({ driver }) => press(driver, false) },
};

function vote({ guests, suggestions, votes }: Here, i: number) {
  const g = (i * 7) % guests.length;
  const suggestion = suggestions[i % suggestions.length]!;
  const key = `${g} ${suggestion}`;
  const type = votes.has(key) ? 'suggestion.unvote' : 'suggestion.upvote';
  if (!votes.delete(key)) votes.add(key);
  return guests[g]!.live.send({ type, suggestion }).then(accepted);
}

function suggest(here: Here) {
  const guest = here.guests[here.silent % here.guests.length]!;
  here.silent += 1;
  return guest.live.send({ type: 'suggestion.add', text: `Try idea number ${here.silent}` }).then(accepted);
}

function press({ text, typist }: MeasuredSession['driver'], types: boolean) {
  if (types) {
    const { text: frame, cursor } = typist.key();
    text.socket.send(frame);
    text.socket.send(cursor);
  } else text.socket.send(typist.cursor());
}

async function enter(session: MeasuredSession, i: number): Promise<Guest> {
  const { url } = session.server;
  const member = await join(url, session.joinCode, i);
  const [line, text] = await Promise.all([live(url, member), watchText(url, member)]);
  return { member, live: line, text };
}

interface Result {
  readonly people: number;
  readonly kind: string;
  readonly ms: number;
  readonly mainMs: number;
  readonly bytesPerSecond?: number;
  readonly goalMs?: number;
}

const goalOf = (kind: string, people: number): number | undefined =>
  kind === 'vote'
    ? people <= 50
      ? 0.8
      : people >= 1000
        ? 3.5
        : undefined
    : kind === 'key'
      ? 0.9 + 0.008 * people
      : undefined;

async function measure(people: number): Promise<Result[]> {
  const session = await startMeasuredSession();
  const { meter } = session;
  const guests: Guest[] = [];
  const entering = people - JOINS;
  for (let from = 0; from < entering; from += 25)
    guests.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(25, entering - from) }, (_, i) => enter(session, from + i + 1)),
      )),
    );
  const suggestions: string[] = [];
  for (let i = 0; i < SUGGESTIONS; i++) {
    const ack = accepted(await guests[i]!.live.send({ type: 'suggestion.add', text: `Idea ${i}` }));
    if (ack.ok) suggestions.push(ack.about!);
  }
  const results: Result[] = [];
  const note = (kind: string, { totalMs, mainMs }: Cpu, more: Partial<Result> = {}) => {
    const goalMs = goalOf(kind, people);
    const result = { people, kind, ms: totalMs, mainMs, ...(goalMs === undefined ? {} : { goalMs }), ...more };
    results.push(result);
    const goal = goalMs === undefined ? '' : `goal ${goalMs.toFixed(2)}`;
    const bytes = more.bytesPerSecond === undefined ? '' : `${(more.bytesPerSecond / 1000).toFixed(2)} kB/s a client`;
    console.log(
      `${String(people).padStart(5)} ${kind.padEnd(11)} ${totalMs.toFixed(2).padStart(7)} ms, main thread ${mainMs.toFixed(2).padStart(7)} ms  ${goal} ${bytes}`,
    );
  };
  const first = await idleOf(meter, 3_000);
  const joining = await costOf(meter, first, JOINS, () =>
    atPace(JOINS, 12, async (i) => void guests.push(await enter(session, entering + i + 1))),
  );
  note('join', joining);
  const idle = await idleOf(meter, 5_000);
  note('idle, 1 s', idle);
  const here: Here = { ...session, guests, suggestions, votes: new Set(), silent: SUGGESTIONS };
  for (const [name, kind] of Object.entries(KINDS)) {
    if (!values.kinds.split(',').includes(name)) continue;
    const run = () => atPace(kind.times, kind.perSecond, (i) => kind.act(here, i));
    await atPace(Math.ceil(kind.times / 4), kind.perSecond, (i) => kind.act(here, i));
    const costs: Cpu[] = [];
    const rates: number[] = [];
    // The last guest has nothing of their own to receive.
    const listener = guests.at(-1)!.live;
    for (let round = 0; round < Number(values.rounds); round++) {
      const [before, began] = [listener.received(), performance.now()];
      costs.push(await costOf(meter, idle, kind.times, run));
      rates.push((1000 * (listener.received().bytes - before.bytes)) / (performance.now() - began));
    }
    const middle = {
      totalMs: median(costs.map((cost) => cost.totalMs)),
      mainMs: median(costs.map((cost) => cost.mainMs)),
    };
    note(name, middle, name === 'vote' ? { bytesPerSecond: median(rates) } : {});
    if (values.parts) await showParts(here, kind, run);
  }
  await session.remove();
  return results;
}

async function showParts({ meter }: Here, { times }: Kind, run: () => Promise<void>): Promise<void> {
  await meter.startSampling();
  await run();
  const parts = Object.entries(await meter.parts()).sort(([, a], [, b]) => b - a);
  for (const [part, ms] of parts.slice(0, 16)) console.log(`        ${(ms / times).toFixed(3)} ms ${part}`);
}

const results: Result[] = [];
for (const n of values.n.split(',')) results.push(...(await measure(Number(n))));
const missed = results.filter(({ ms, goalMs }) => goalMs !== undefined && ms > goalMs);
for (const { people, kind, ms, goalMs } of missed)
  console.log(`not met: ${kind} at ${people} is ${(ms / goalMs!).toFixed(2)}x of its goal`);
console.log(JSON.stringify({ act: results }));
const failed =
  missed.some(({ ms, goalMs }) => ms > goalMs! * TOLERANCE) ||
  results.some(({ bytesPerSecond = 0 }) => bytesPerSecond > 1_200 * TOLERANCE);
process.exit(values.check && failed ? 1 : 0);
