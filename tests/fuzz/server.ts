// `npm run fuzz -- --minutes 10`: damaged frames at both sockets, commands, HTTP requests, dvc.yaml and CSV tables, at a real
// server with a session in it. No uncaught error, no internal error, no answer with 500; the event loop late by at most
// 100 ms at the 99th percentile. Exits 1 otherwise. How late a process beside it is that does nothing says whether the
// machine had other work. The seed is printed; `--seed <n>` repeats what is sent, though not when. Last line: JSON.
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { connect, facilitate, joinAs, post } from '../simulation/participant.ts';
import { seeded } from '../support/seeded.ts';
import { startServer } from '../support/server-process.ts';
import { fuzzTable, fuzzWorkspace } from './server/files.ts';
import { fuzzHttp } from './server/http.ts';
import { fuzzCommands, fuzzText, type Target } from './server/sockets.ts';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string' } },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
const endAt = Date.now() + Number(values.minutes) * 60_000;
const MOST_LAG_MS = 100;
/** Lines of the log that are our own fault. */
const FAULT =
  /"event":"(uncaught|session_fault|request_failed|command_failed|connect_failed|page_failed|page_rejection|text_upgrade_failed|reload_failed|[a-z]+_watch_failed|run_failed|explain_failed|check_failed|previews_failed|restore_failed|cache_failed)"|by our own fault|^\s+at .*\.ts:\d+/m;

console.log(`seed ${seed}, ${values.minutes} minutes`);
const server = await startServer({
  patienceMs: 600_000,
  env: { LOG_LEVEL: 'info', JOINS_PER_ADDRESS: '9000', CREATE_TOKEN: 'fuzz-create-token' },
});
const made = await post<{ sessionId: string; joinCode: string; facilitatorSecret: string }>(
  `${server.url}/api/sessions`,
  { title: 'Fuzz' },
);
const host = await facilitate(server.url, made.sessionId, made.facilitatorSecret);
const people = [await joinAs(server.url, made.joinCode, 'Honest'), await joinAs(server.url, made.joinCode, 'Fuzz One')];
const honest = people[0]!;
// The tab that the text fuzz drives in.
const driver = await connect(server.url, { ...host, participantId: host.participant });
await driver.send({ type: 'driver.take' });
const target: Target = {
  url: server.url,
  sessionId: made.sessionId,
  tokens: people.slice(1).map(({ token }) => token),
  hostToken: host.token,
};

// How late a process is that has nothing to do: what of the lag is the machine's.
const idle = spawn(process.execPath, [
  '-e',
  "const l=require('node:perf_hooks').monitorEventLoopDelay({resolution:20});l.enable();process.stdin.resume();process.stdin.on('end',()=>{console.log(Math.max(0,l.percentile(99)/1e6-20));process.exit(0)});setInterval(()=>{},1000)",
]);
let idleSaid = '';
idle.stdout.setEncoding('utf8').on('data', (text: string) => {
  idleSaid += text;
});

const counts: Record<string, number> = {};
const statuses: Record<string, number> = {};
const faults: string[] = [];
const fault = (what: string) => {
  if (faults.length < 20) console.log(`FAULT ${what}`);
  faults.push(what);
};
async function repeat(name: string, salt: number, act: (random: ReturnType<typeof seeded>) => unknown, pauseMs = 0) {
  for (let n = 0; Date.now() < endAt && faults.length < 20; n += 1) {
    const random = seeded(seed + salt * 1_000_003 + n * 7919);
    try {
      await act(random);
    } catch (error) {
      fault(`${name} ${n}: ${error instanceof Error ? error.stack : String(error)}`);
    }
    counts[name] = n + 1;
    await new Promise((next) => setTimeout(next, pauseMs));
  }
}
/** What is sent in a turn, and whether an honest person is answered meanwhile. */
async function stayHonest(): Promise<void> {
  const began = performance.now();
  const ack = await honest.send({ type: honest.you()?.hand ? 'hand.lower' : 'hand.raise' });
  if (!ack.ok && !['session_ended', 'rate_limited'].includes(ack.rejection.code))
    fault(`an honest command was refused: ${ack.rejection.code}`);
  const ms = performance.now() - began;
  if (ms > 5_000) fault(`an honest command took ${ms.toFixed(0)} ms`);
}
async function editPipeline(random: ReturnType<typeof seeded>): Promise<void> {
  const fromLine = 1 + random.below(20);
  const added = [
    random.one(['  x: {', 'stages:', '    deps: [', '- &a *a', '\tcmd: x', '    params: [seed, __proto__]']),
  ];
  const patch = {
    revision: 1 + random.below(host.view().revision),
    files: [{ path: random.one(['dvc.yaml', 'params.yaml']), hunks: [{ fromLine, removed: [], added }] }],
  };
  await people[1]!.send({ type: 'preview.request', patch });
}

const metricsText = async () => (await fetch(`${server.url}/metrics`)).text();
await metricsText(); // the lag begins anew here
await Promise.all([
  repeat('commands', 1, (random) => fuzzCommands(random, target), 20),
  repeat('text', 2, (random) => fuzzText(random, target), 20),
  repeat('http', 3, async (random) => {
    const { name, status } = await fuzzHttp(random, target);
    statuses[String(status)] = (statuses[String(status)] ?? 0) + 1;
    if (status === 500) fault(`${name} answered 500`);
  }),
  repeat('dvc.yaml', 4, fuzzWorkspace, 5),
  repeat('csv', 5, fuzzTable, 20),
  repeat('previews', 6, editPipeline, 2_500),
  repeat('honest', 7, stayHonest, 500),
]);

const lag = Number(/^crowd_event_loop_lag_seconds (\S+)/m.exec(await metricsText())?.[1]) * 1_000;
idle.stdin.end();
await new Promise((done) => idle.once('exit', done));
const idleLag = Number(idleSaid);
for (const line of server.output().split('\n')) if (FAULT.test(line)) fault(line.slice(0, 600));
if (!(lag <= MOST_LAG_MS)) fault(`the event loop was late by ${lag.toFixed(0)} ms at the 99th percentile`);
for (const person of [...people, host, driver]) person.close();
const code = await server.stop();
if (code !== 0) fault(`the server ended with ${code}`);
await server.remove();
console.log(
  JSON.stringify({
    seed,
    minutes: Number(values.minutes),
    counts,
    statuses,
    lagMs: Math.round(lag),
    idleLagMs: Math.round(idleLag),
    faults: faults.length,
  }),
);
process.exit(faults.length === 0 ? 0 : 1);
