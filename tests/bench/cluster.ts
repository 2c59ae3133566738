// `npm run bench:cluster`: what several nodes cost. tickets: from asking for a run to its beginning by a worker, above in-process,
// nothing else running, and 300 empty runs at once over two workers beside BullMQ's (absent without redis-server). hop: a node
// that passes a session's frames on beside its owner. rooms: two nodes beside one under the simulated crowd.
// Goals: median 15 ms and p99 50 ms above, 1.5x BullMQ; 1.0x the owner for a key and a vote, 2 ms, 2 % of the frames; 1.8x the
// rooms. `--only hop` measures one part; `--check` exits 1 beyond a goal. Last line: JSON.
import { parseArgs } from 'node:util';
import { withoutNodes } from '../support/nodes.ts';
import { HOP_GOALS, measureHop } from './cluster/hop.ts';
import { measureRooms, ROOM_GOALS } from './cluster/rooms.ts';
import { measureTickets, TICKET_GOALS } from './cluster/tickets.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'tickets,hop,rooms' },
    runs: { type: 'string', default: '200' },
    burst: { type: 'string', default: '300' },
    people: { type: 'string', default: '200' },
    rooms: { type: 'string', default: '4' },
    seconds: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '2' },
    check: { type: 'boolean', default: false },
  },
});
if (withoutNodes()) process.exit(0);
const wanted = values.only.split(',');
const numberOf = (name: 'runs' | 'burst' | 'people' | 'rooms' | 'seconds' | 'rounds') => Number(values[name]);

const tickets = wanted.includes('tickets') ? await measureTickets(numberOf('runs'), numberOf('burst')) : null;
const hop = wanted.includes('hop') ? await measureHop(numberOf('people')) : null;
const rooms = wanted.includes('rooms')
  ? await measureRooms(numberOf('rooms'), numberOf('seconds'), numberOf('rounds'))
  : null;

let missed = 0;
/** @param most the goal is at most this, or at least */
function judge(what: string, value: number | null, goal: number, most = true): void {
  const met = value !== null && (most ? value <= goal : value >= goal);
  if (value !== null && !met) missed += 1;
  const shown = value === null ? 'absent' : value.toFixed(2);
  console.log(
    `${what}: ${shown}, goal ${most ? 'at most' : 'at least'} ${goal}${met || value === null ? '' : ' NOT MET'}`,
  );
}
if (tickets) {
  judge('ticket to beginning above in-process, median ms', tickets.medianMs, TICKET_GOALS.medianMs);
  judge('... p99 ms', tickets.p99Ms, TICKET_GOALS.p99Ms);
  judge(`${values.burst} empty runs over two workers, times BullMQ's`, tickets.overQueue, TICKET_GOALS.overQueue);
}
if (hop) {
  judge('processor of the node that passes a key on, times the owner', hop.keyRatio, HOP_GOALS.keyRatio);
  judge('... a vote', hop.voteRatio, HOP_GOALS.voteRatio);
  judge('an ack that is passed on comes later by ms', hop.laterMs, HOP_GOALS.laterMs);
  judge('share of frames that are passed on behind HAProxy', hop.passedOnShare, HOP_GOALS.passedOnShare);
}
if (rooms) judge('rooms that two nodes carry, times one', rooms.nodesOverOne, ROOM_GOALS.nodesOverOne, false);
console.log(
  JSON.stringify({ cluster: { tickets, hop, rooms, goals: { ...TICKET_GOALS, ...HOP_GOALS, ...ROOM_GOALS } } }),
);
process.exit(values.check && missed > 0 ? 1 : 0);
