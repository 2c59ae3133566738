// `npm run soak -- --minutes 30 --people 300`: a session that lives: people suggest, vote, guess and leave, one drives, runs
// follow one another, watchers come and go. Memory of the server from minute 5 on within 10 %, open files too, no fault in
// its log, nobody refused but by the limits of one person. Exits 1 otherwise. Last line: JSON.
import { parseArgs } from 'node:util';
import { joinCrowd } from '../simulation/crowd.ts';
import { drive } from '../simulation/driver.ts';
import { facilitate, joinAs, post } from '../simulation/participant.ts';
import { startServer } from '../support/server-process.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    people: { type: 'string', default: '300' },
    seed: { type: 'string', default: '7' },
  },
});
const minutes = Number(values.minutes);
const people = Number(values.people);
const WARM_MINUTES = Math.min(5, minutes / 3);
const MOST_GROWTH = 1.1;
/** What happens to people who act at the same moment: too fast, or about what has just been accepted, merged or changed. */
const EXPECTED = ['rate_limited', 'wrong_status', 'conflict', 'lines_touched', 'over_limit', 'no_driver', 'queue_full'];

const server = await startServer({ patienceMs: 600_000, env: { LOG_LEVEL: 'warn', JOINS_PER_ADDRESS: '9000' } });
const made = await post<{ sessionId: string; joinCode: string; facilitatorSecret: string }>(
  `${server.url}/api/sessions`,
  { title: 'Soak' },
);
const facilitator = await facilitate(server.url, made.sessionId, made.facilitatorSecret);
// A tenth of the usual pace each: as many acts a minute as an audience of this size makes.
const crowd = await joinCrowd(server.url, made.joinCode, { size: people, seed: Number(values.seed), pace: 0.1 });
const driver = await drive(server.url, { facilitator, person: crowd.people[0]!, tally: crowd.tally, everyMs: 12_000 });

/** The lowest of a few: what the last collection of garbage left. */
async function usage(): Promise<{ memory: number; files: number }> {
  const looks = [];
  for (let i = 0; i < 5; i += 1) {
    const text = await (await fetch(`${server.url}/metrics`)).text();
    const value = (name: string) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1]);
    looks.push({ memory: value('process_resident_memory_bytes') / 2 ** 20, files: value('process_open_fds') });
    await new Promise((next) => setTimeout(next, 2_000));
  }
  return { memory: Math.min(...looks.map((look) => look.memory)), files: Math.min(...looks.map((look) => look.files)) };
}

const faults: string[] = [];
// An act that is not answered in ten seconds, by whoever it is.
process.on('unhandledRejection', (error) => faults.push(error instanceof Error ? error.message : String(error)));

const began = Date.now();
let base: { memory: number; files: number } | null = null;
let last = { memory: 0, files: 0 };
let most = 0;
let comers = 0;
while (Date.now() - began < minutes * 60_000) {
  // A browser that is opened, looked at and closed.
  const comer = await joinAs(server.url, made.joinCode, `Comer ${comers % 40} ${comers}`.slice(0, 20));
  comers += 1;
  last = await usage();
  comer.close();
  const minute = (Date.now() - began) / 60_000;
  if (base === null && minute >= WARM_MINUTES) base = last;
  if (base !== null) most = Math.max(most, last.memory / base.memory);
  if (comers % 6 === 1)
    console.log(
      `minute ${minute.toFixed(1)}: ${last.memory.toFixed(0)} MiB, ${last.files} open files, ${crowd.tally.acks} acks`,
    );
}
const grown = base === null ? Number.NaN : last.memory / base.memory;
if (!(grown <= MOST_GROWTH)) faults.push(`memory grew to ${grown.toFixed(2)} of minute ${WARM_MINUTES}`);
if (base !== null && last.files > base.files * MOST_GROWTH + 8)
  faults.push(`open files grew from ${base.files} to ${last.files}`);
for (const line of server.output().split('\n')) if (/"level":"error"/.test(line)) faults.push(line.slice(0, 400));
const odd = Object.keys(crowd.tally.refused).filter((code) => !EXPECTED.includes(code));
if (odd.length > 0) faults.push(`refused: ${odd.join(', ')}`);
const view = facilitator.view();
const runs = Object.values(view.runs).filter(({ status }) => status === 'succeeded').length;
if (crowd.people.some(({ socket }) => !socket.connected)) faults.push('somebody is not connected any more');
if (runs === 0) faults.push('no run succeeded');
driver.stop();
crowd.stop();
facilitator.close();
await server.remove();
for (const fault of new Set(faults)) console.log(`FAULT ${fault}`);
console.log(
  JSON.stringify({
    minutes,
    people,
    acks: crowd.tally.acks,
    refused: crowd.tally.refused,
    runs,
    baseMiB: Math.round(base?.memory ?? 0),
    endMiB: Math.round(last.memory),
    grown: Number(grown.toFixed(3)),
    most: Number(most.toFixed(3)),
    files: last.files,
    faults: faults.length,
  }),
);
process.exit(faults.length === 0 ? 0 : 1);
