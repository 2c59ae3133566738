// `npm run bench:live -- --n 50,1000`: what keys, joins, votes, readers and doing nothing cost our server, beside a bare `ws`
// server that sends the same bytes, @hocuspocus/server and plain Socket.IO, in turns. The peers store nothing.
// Figures are processor time of the server's process, and ratios to bare `ws`; `--check` exits 1 above 1.15x of a goal.
// Last line: JSON.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bareWs, type Contestant, hocuspocus, ours, plainSocketIo, type Voter } from './live/contestants.ts';
import { atPace, costOf, idleOf, median, rest } from './live/pace.ts';

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '50,1000' },
    rounds: { type: 'string', default: '3' },
    check: { type: 'boolean', default: false },
  },
});
const ROUNDS = Number(values.rounds);
const TOLERANCE = 1.15;
/** Keys a second, and milliseconds from the text to its cursor. */
const TYPING = [
  [10, 0],
  [10, 8],
  [40, 0],
] as const;
const PEERS = new URL('./live/peers/', import.meta.url).pathname;

interface Figure {
  readonly people: number;
  readonly what: string;
  readonly unit: string;
  /** By contestant. */
  readonly values: Readonly<Record<string, number>>;
  /** Ours over bare `ws`; null where there is nothing to compare with. */
  readonly ratio: number | null;
  readonly goal?: number;
  readonly met?: boolean;
}
const figures: Figure[] = [];

/** `goal`: of the ratio, or of our value where there is no ratio. */
function note(people: number, what: string, unit: string, by: Readonly<Record<string, number>>, goal?: number): void {
  const floor = by['bare ws'];
  const ratio = floor === undefined || unit.startsWith('KB') ? null : by['ours']! / floor;
  const value = ratio ?? by['ours']!;
  figures.push({ people, what, unit, values: by, ratio, ...(goal === undefined ? {} : { goal, met: value <= goal }) });
  const all = Object.entries(by).map(([name, each]) => `${name} ${each.toFixed(2)}`);
  const shown = ratio === null ? '' : `  ${ratio.toFixed(2)}x of bare ws`;
  const wanted = goal === undefined ? '' : `, goal ${goal} ${value <= goal ? 'met' : 'NOT MET'}`;
  console.log(`${String(people).padStart(5)} ${`${what}, ${unit}`.padEnd(32)} ${all.join('  ')}${shown}${wanted}`);
}

/** `rounds` times in turns; the medians by contestant. */
async function inTurns(
  all: readonly Contestant[],
  rounds: number,
  measure: (one: Contestant) => Promise<number>,
): Promise<Record<string, number>> {
  const found = new Map<string, number[]>();
  for (let round = 0; round < rounds; round++)
    for (const one of all) found.set(one.name, [...(found.get(one.name) ?? []), await measure(one)]);
  return Object.fromEntries([...found].map(([name, list]) => [name, median(list)]));
}

async function inGroups<T>(count: number, make: (i: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let from = 0; from < count; from += 50)
    made.push(...(await Promise.all(Array.from({ length: Math.min(50, count - from) }, (_, i) => make(from + i)))));
  return made;
}

const keyGoal = (people: number, perSecond: number): number | undefined =>
  perSecond === 40 ? (people >= 300 ? 0.6 : undefined) : people >= 1000 ? 0.75 : people <= 100 ? 1.2 : undefined;

async function compare(people: number): Promise<void> {
  const mine = await ours(people);
  const all: Contestant[] = [mine, await bareWs(mine.greeting), await hocuspocus(), await plainSocketIo()];
  const memory = async (one: Contestant) => (await one.meter.memory()) / 1000;
  const grown = async (open: (one: Contestant) => Promise<unknown>, among: readonly Contestant[]) =>
    inTurns(among, 1, async (one) => {
      const before = await memory(one);
      await open(one);
      await rest(500);
      return ((await memory(one)) - before) / people;
    });

  // What a server needs once, however many there are, it has after the first; and it is not seen among a few.
  const weighs = people >= 300;
  const readers = new Map<string, { close(): void }[]>();
  const read = async (one: Contestant) => void readers.set(one.name, await inGroups(people, one.read));
  for (const one of all) await read(one);
  const memoryOfReaders: Record<string, number> = {};
  if (weighs) {
    const more: { close(): void }[] = [];
    Object.assign(memoryOfReaders, await grown(async (one) => more.push(...(await inGroups(people, one.read))), all));
    note(people, 'a reader', 'KB', memoryOfReaders, 30);
    for (const reader of more) reader.close();
    await rest(3_000);
  }

  const pause = (one: Contestant) => idleOf(one.meter, 2_000);
  for (const [perSecond, apartMs] of TYPING) {
    const times = perSecond * 3;
    const costs = await inTurns(all, ROUNDS, async (one) => {
      const idle = await pause(one);
      return (await costOf(one.meter, idle, times, () => atPace(times, perSecond, () => one.press(apartMs)))).totalMs;
    });
    note(
      people,
      `a key at ${perSecond}/s${apartMs > 0 ? ', cursor apart' : ''}`,
      'ms',
      costs,
      keyGoal(people, perSecond),
    );
  }

  const joins = await inTurns(all, ROUNDS, async (one) => {
    for (const reader of readers.get(one.name)!) reader.close();
    await rest(1_000);
    const quiet = { totalMs: 0, mainMs: 0 };
    return (await costOf(one.meter, quiet, people, () => read(one))).totalMs;
  });
  note(people, 'a reader joins', 'ms', joins, 1.3);

  const voting = all.filter(({ enter }) => enter);
  const voters = new Map<string, Voter[]>();
  const attend = async (one: Contestant) => void voters.set(one.name, await inGroups(people, one.enter!));
  for (const one of voting) await attend(one);
  if (weighs) {
    const more: Voter[] = [];
    const lines = await grown(async (one) => more.push(...(await inGroups(people, one.enter!))), voting);
    const both = Object.entries(lines).map(([name, kb]) => [name, kb + memoryOfReaders[name]!]);
    note(people, 'somebody with both sockets', 'KB', Object.fromEntries(both), 70);
    for (const line of more) line.close();
    await rest(3_000);
  }
  const sums = await inTurns(all, 1, async (one) => (await idleOf(one.meter, 10_000)).totalMs / 10);
  note(people, 'nothing happens', '% of a core', sums);

  const rates: number[] = [];
  const votes = await inTurns(voting, ROUNDS, async (one) => {
    const here = voters.get(one.name)!;
    const idle = await pause(one);
    const times = 200;
    const cost = await costOf(one.meter, idle, times, async () => {
      const [before, began] = [here.at(-1)!.bytes(), performance.now()];
      await atPace(times, 50, (i) => here[voterOf(people, i)]!.vote(i % 20, nextVote(one, people, i)));
      const rate = (here.at(-1)!.bytes() - before) / (performance.now() - began);
      if (one === mine) rates.push(rate);
    });
    return cost.totalMs;
  });
  note(people, 'a vote at 50/s', 'ms', votes, people >= 1000 ? 1.6 : undefined);
  note(people, 'a client at 50 votes/s', 'kB/s', { ours: median(rates) }, 1.2);
  for (const one of all) await one.stop();
}

/** All but the last in turns, who only listens. */
const voterOf = (people: number, i: number) => (i * 17) % (people - 1);

const cast = new Set<string>();
/** Who has voted takes the vote back. */
function nextVote(one: Contestant, people: number, i: number): 1 | -1 {
  const key = `${one.name} ${people} ${voterOf(people, i)} ${i % 20}`;
  if (cast.delete(key)) return -1;
  cast.add(key);
  return 1;
}

if (!existsSync(`${PEERS}node_modules`)) {
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: PEERS, stdio: 'inherit' });
  if (status !== 0) throw new Error(`The peers could not be installed in ${PEERS}.`);
}
for (const n of values.n.split(',')) await compare(Number(n));
const missed = figures.filter(({ met }) => met === false);
console.log(
  missed.length === 0
    ? 'all goals met'
    : `${missed.length} of ${figures.filter(({ goal }) => goal).length} goals not met`,
);
console.log(JSON.stringify({ live: figures }));
const over = missed.some(({ ratio, values: by, goal }) => (ratio ?? by['ours']!) > goal! * TOLERANCE);
process.exit(values.check && over ? 1 : 0);
