// What it costs to pass a session's frames on: everybody is at the node that does not own the session. Processor time of that
// node over the owner's, for a key and a vote; how much later an ack comes; and, behind HAProxy as in deploy/, how many of the
// frames are passed on at all.
import { startCluster, type TestCluster, type TestNode } from '../../support/nodes.ts';
import { facilitate, join, type Live, live, type Member, watchText } from '../live/light-client.ts';
import { accepted, typeInto } from '../live/measured-session.ts';
import { MEASURED, meterOf } from '../live/meter.ts';
import { atPace, costsOf, idleOf, median, rest } from '../live/pace.ts';

const ROUNDS = 3;
const SUGGESTIONS = 10;
const KEYS = { times: 40, perSecond: 10 };
const VOTES = { times: 100, perSecond: 20 };
const ACKS = 100;
const IDLE_MS = 2_000;
export const HOP_GOALS = { keyRatio: 1, voteRatio: 1, laterMs: 2, passedOnShare: 0.02 };

export interface HopNumbers {
  /** Processor time of the node that passes on over the owner's. */
  readonly keyRatio: number;
  readonly voteRatio: number;
  /** Median of acks that were passed on, above those that were not. */
  readonly laterMs: number;
  /** Of all frames behind HAProxy. */
  readonly passedOnShare: number;
}

interface Room {
  readonly sessionId: string;
  readonly members: readonly Member[];
  readonly lines: readonly Live[];
  readonly suggestions: readonly string[];
  press(): void;
  /** Those that came, of both kinds of socket. */
  frames(): number;
  close(): void;
}

/** Everybody has a text connection and one for commands, both to `url`. */
async function openRoom(cluster: TestCluster, url: string, people: number, made = cluster.create()): Promise<Room> {
  const { sessionId, joinCode, facilitatorSecret } = await made;
  const { host } = new URL(cluster.url);
  const driver = { ...(await facilitate(cluster.url, sessionId, facilitatorSecret)), host };
  const driving = await live(url, driver);
  accepted(await driving.send({ type: 'session.configure', previews: 'off' }));
  accepted(await driving.send({ type: 'driver.take' }));
  const { text, typist } = await typeInto(url, driver);
  const members: Member[] = [];
  const lines: Live[] = [];
  let texts = 0;
  const watching: { close(): void }[] = [];
  for (let from = 0; from < people; from += 20) {
    const group = await Promise.all(
      Array.from({ length: Math.min(20, people - from) }, async (_, i) => ({
        ...(await join(cluster.url, joinCode, from + i + 1)),
        host,
      })),
    );
    members.push(...group);
    lines.push(...(await Promise.all(group.map((member) => live(url, member)))));
    watching.push(...(await Promise.all(group.map((member) => watchText(url, member, () => (texts += 1))))));
  }
  const suggestions: string[] = [];
  for (let i = 0; i < SUGGESTIONS; i += 1) {
    const ack = accepted(await lines[i]!.send({ type: 'suggestion.add', text: `Idea ${i}` }));
    suggestions.push(ack.ok ? ack.about! : '');
  }
  return {
    sessionId,
    members,
    lines,
    suggestions,
    press() {
      const { text: update, cursor } = typist.key();
      text.socket.send(update);
      text.socket.send(cursor);
    },
    frames: () => texts + lines.reduce((sum, line) => sum + line.received().messages, 0),
    close() {
      for (const one of [driving, text, ...lines, ...watching]) one.close();
    },
  };
}

const passedOn = async (nodes: readonly TestNode[]): Promise<number> => {
  const counts = await Promise.all(
    nodes.map(async ({ url }) => {
      const { cluster } = (await (await fetch(`${url}/healthz`)).json()) as { cluster: { forwarded: number } };
      return cluster.forwarded;
    }),
  );
  return counts.reduce((sum, n) => sum + n, 0);
};

export async function measureHop(people: number): Promise<HopNumbers> {
  const cluster = await startCluster({ flagsOf: () => MEASURED });
  try {
    const made = await cluster.create();
    const { node: owner } = await cluster.ownerOf(made.sessionId);
    const other = cluster.nodes.find((one) => one !== owner)!;
    const room = await openRoom(cluster, other.url, people, Promise.resolve(made));
    const meters = [owner, other].map(({ child }) => meterOf(child));
    const voted = new Set<string>();
    const vote = (line: Live, by: string, i: number) => {
      const suggestion = room.suggestions[i % SUGGESTIONS]!;
      const key = `${by} ${suggestion}`;
      const type = voted.has(key) ? 'suggestion.unvote' : 'suggestion.upvote';
      if (!voted.delete(key)) voted.add(key);
      return line.send({ type, suggestion });
    };
    const voterOf = (i: number) => SUGGESTIONS + ((i * 7) % (people - SUGGESTIONS));

    const ratios = { key: [] as number[], vote: [] as number[] };
    const costs = { key: [[], []] as number[][], vote: [[], []] as number[][] };
    await rest(IDLE_MS);
    for (let round = 0; round < ROUNDS; round += 1)
      for (const kind of ['key', 'vote'] as const) {
        const servers = await Promise.all(meters.map(async (meter) => ({ meter, idle: await idleOf(meter, IDLE_MS) })));
        const { times, perSecond } = kind === 'key' ? KEYS : VOTES;
        const act = (i: number) =>
          kind === 'key' ? room.press() : vote(room.lines[voterOf(i)]!, String(voterOf(i)), i).then(accepted);
        const found = await costsOf(servers, times, () => atPace(times, perSecond, act));
        for (const [at, { totalMs }] of found.entries()) costs[kind][at]!.push(totalMs);
        ratios[kind].push(found[1]!.totalMs / found[0]!.totalMs);
      }
    for (const kind of ['key', 'vote'] as const)
      console.log(
        `${people} people, a ${kind}: the owner ${median(costs[kind][0]!).toFixed(2)} ms of processor, the node that passes it on ${median(costs[kind][1]!).toFixed(2)} ms`,
      );

    // One at the owner, one at the other, in turns, nothing else going on: whoever asked last is not asked first again.
    const pair = await Promise.all(
      [owner, other].map(async ({ url }, i) =>
        live(url, { ...(await join(cluster.url, made.joinCode, people + 1 + i)), host: new URL(cluster.url).host }),
      ),
    );
    const acks: number[][] = [[], []];
    for (let n = 0; n < ACKS; n += 1)
      for (const at of n % 2 === 0 ? [0, 1] : [1, 0]) {
        const asked = performance.now();
        accepted(await vote(pair[at]!, `pair ${at}`, n));
        acks[at]!.push(performance.now() - asked);
        await rest(110);
      }
    const [direct, later] = [median(acks[0]!), median(acks[1]!)];
    console.log(`an ack at the owner ${direct.toFixed(1)} ms, passed on ${later.toFixed(1)} ms (medians)`);
    for (const line of pair) line.close();
    room.close();

    const passedOnShare = await shareBehindHaproxy(cluster, people);
    console.log(`behind HAProxy ${(passedOnShare * 100).toFixed(2)} % of the frames are passed on`);
    return {
      keyRatio: median(ratios.key),
      voteRatio: median(ratios.vote),
      laterMs: later - direct,
      passedOnShare,
    };
  } finally {
    await cluster.close();
  }
}

/** Four rooms of a quarter of the people each; requests count as a frame each way. */
async function shareBehindHaproxy(cluster: TestCluster, people: number): Promise<number> {
  const before = await passedOn(cluster.nodes);
  const rooms: Room[] = [];
  for (let n = 0; n < 4; n += 1) rooms.push(await openRoom(cluster, cluster.url, Math.floor(people / 4)));
  const entered = (await passedOn(cluster.nodes)) - before;
  for (let i = 0; i < 100; i += 1) {
    for (const room of rooms) room.press();
    await rest(50);
  }
  await rest(500);
  const frames = rooms.reduce((sum, room) => sum + room.frames(), 0);
  const requests = rooms.reduce((sum, room) => sum + room.members.length + 1, 0);
  const streams = rooms.reduce((sum, room) => sum + 2 * room.members.length + 2, 0);
  for (const room of rooms) room.close();
  // What is passed on beyond the joins are streams, each with as many frames as any other.
  const hopped = Math.max(0, entered - requests);
  const joins = Math.min(entered, requests);
  return (hopped * (frames / streams) + 2 * joins) / (frames + 2 * requests);
}
