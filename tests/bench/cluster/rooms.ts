// How many rooms of 60 two nodes carry beside one: the same rooms, with the simulated crowd of `npm run demo`, on one node and on
// two behind HAProxy, in turns. A node is full when its event loop is: what counts is the processor time of the servers, which a
// busy machine does not change, with the 95th percentile of acks beside it.
import { type Crowd, joinCrowd } from '../../simulation/crowd.ts';
import { facilitate, type Person } from '../../simulation/participant.ts';
import { startCluster } from '../../support/nodes.ts';
import { MEASURED, meterOf } from '../live/meter.ts';
import { median, rest } from '../live/pace.ts';

const PEOPLE = 60;
const SETTLE_MS = 8_000;
const ASK_MS = 400;
export const ROOM_GOALS = { nodesOverOne: 1.8 };

export interface RoomNumbers {
  /** Rooms that two nodes carry over those of one, by processor time of the event loops. */
  readonly nodesOverOne: number;
  /** The same by that of the whole processes. */
  readonly nodesOverOneInAll: number;
  readonly p95OneMs: number;
  readonly p95TwoMs: number;
  /** Of the busier of the two nodes over their mean. */
  readonly unevenness: number;
}
interface Load {
  /** Of each node, processor milliseconds a second. */
  readonly mainMs: readonly number[];
  readonly totalMs: readonly number[];
  readonly p95Ms: number;
}

async function loadOf(nodes: number, rooms: number, seconds: number): Promise<Load> {
  const cluster = await startCluster({ nodes, flagsOf: () => MEASURED });
  const crowds: Crowd[] = [];
  const askers: Person[] = [];
  try {
    for (let n = 0; n < rooms; n += 1) {
      const { sessionId, joinCode, facilitatorSecret } = await cluster.create();
      const host = await facilitate(cluster.url, sessionId, facilitatorSecret);
      await host.send({ type: 'session.configure', previews: 'off' });
      askers.push(host);
      crowds.push(await joinCrowd(cluster.url, joinCode, { size: PEOPLE, seed: n + 1 }));
    }
    await rest(SETTLE_MS);
    const meters = cluster.nodes.map(({ child }) => meterOf(child));
    const readings = () => Promise.all(meters.map((meter) => meter.cpu()));
    const acks: number[] = [];
    let going = true;
    const asking = askers.map(async (person) => {
      for (let wordFilter = false; going; wordFilter = !wordFilter) {
        const asked = performance.now();
        await person.send({ type: 'session.configure', wordFilter });
        acks.push(performance.now() - asked);
        await rest(ASK_MS);
      }
    });
    const [before, began] = [await readings(), performance.now()];
    await rest(seconds * 1000);
    const after = await readings();
    const took = (performance.now() - began) / 1000;
    going = false;
    await Promise.all(asking);
    const sorted = acks.sort((a, b) => a - b);
    return {
      mainMs: after.map(({ mainMs }, i) => (mainMs - before[i]!.mainMs) / took),
      totalMs: after.map(({ totalMs }, i) => (totalMs - before[i]!.totalMs) / took),
      p95Ms: sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN,
    };
  } finally {
    for (const crowd of crowds) crowd.stop();
    for (const person of askers) person.close();
    await cluster.close();
  }
}

const sum = (list: readonly number[]) => list.reduce((total, n) => total + n, 0);

export async function measureRooms(rooms: number, seconds: number, rounds: number): Promise<RoomNumbers> {
  const loads: { one: Load; two: Load }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const one = await loadOf(1, rooms, seconds);
    const two = await loadOf(2, rooms, seconds);
    loads.push({ one, two });
    const shown = ({ mainMs }: Load) => mainMs.map((ms) => (ms / 10).toFixed(1)).join(' + ');
    console.log(
      `${rooms} rooms of ${PEOPLE}: event loops ${shown(one)} % of a core on one node, ${shown(two)} % on two; acks p95 ${one.p95Ms.toFixed(1)} ms, ${two.p95Ms.toFixed(1)} ms`,
    );
  }
  const of = (value: (load: { one: Load; two: Load }) => number) => median(loads.map(value));
  return {
    // A room costs so much on one node, so much on two: of the latter there are two to fill.
    nodesOverOne: of(({ one, two }) => (2 * sum(one.mainMs)) / sum(two.mainMs)),
    nodesOverOneInAll: of(({ one, two }) => (2 * sum(one.totalMs)) / sum(two.totalMs)),
    p95OneMs: of(({ one }) => one.p95Ms),
    p95TwoMs: of(({ two }) => two.p95Ms),
    unevenness: of(({ two }) => (2 * Math.max(...two.mainMs)) / sum(two.mainMs)),
  };
}
