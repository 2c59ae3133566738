// `npm run demo`: a workshop with simulated participants on this machine, 60 by default, until Ctrl-C.
// `--check --seconds 20` ends by itself and exits with 1 if too little happened. Also `--people`, `--seed`, `--port`.
import { parseArgs } from 'node:util';
import { startServer } from '../support/server-process.ts';
import { joinCrowd } from './crowd.ts';
import { drive } from './driver.ts';
import { facilitate, post } from './participant.ts';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '60' },
    seconds: { type: 'string', default: '0' },
    seed: { type: 'string', default: '7' },
    port: { type: 'string', default: '3100' },
    check: { type: 'boolean', default: false },
  },
});
const size = Number(values.people);
const seconds = Number(values.seconds);

interface Created {
  readonly sessionId: string;
  readonly joinCode: string;
  readonly facilitatorSecret: string;
  readonly hostUrl: string;
  readonly joinUrl: string;
  readonly projectorUrl: string;
}

const server = await startServer({ port: Number(values.port) });
const made = await post<Created>(`${server.url}/api/sessions`, {
  title: 'Rehearsal: predict a grade',
  reusableLink: true,
});
const facilitator = await facilitate(server.url, made.sessionId, made.facilitatorSecret);
const crowd = await joinCrowd(server.url, made.joinCode, { size, seed: Number(values.seed) });
const driver = await drive(server.url, { facilitator, person: crowd.people[0]!, tally: crowd.tally, everyMs: 9_000 });

console.log(`A session with ${size} simulated people (seed ${values.seed}) is running. Open:
  projector    ${made.projectorUrl}
  participant  ${made.joinUrl}
  facilitator  ${made.hostUrl}   (secret: not for the projector)
  driver       ${new URL(made.projectorUrl).origin}/s/${made.sessionId}/drive
${seconds > 0 ? `It ends after ${seconds} s.` : 'Ctrl-C ends it.'}`);

const end = async () => {
  driver.stop();
  crowd.stop();
  facilitator.close();
  await server.remove();
};

if (seconds > 0) {
  await new Promise((done) => setTimeout(done, seconds * 1_000));
  const view = facilitator.view();
  const health = (await (await fetch(`${server.url}/healthz`)).json()) as { sockets: number };
  const suggestions = Object.values(view.suggestions);
  const accepted = suggestions.filter((each) => each.accepted?.how === 'patch').length;
  const runs = Object.values(view.runs).filter((run) => run.kind === 'main' && run.status === 'succeeded');
  const votes = suggestions.reduce((sum, each) => sum + each.votes, 0);
  const scores = runs.map((run) => run.metrics[view.task.metric]?.toFixed(3)).join(' -> ');
  console.log(
    `after ${seconds} s: ${health.sockets} sockets, ${suggestions.length} suggestions, ${votes} votes, ${accepted} accepted patches, ` +
      `${runs.length} runs (${view.task.metric} ${scores}), ${crowd.tally.acks} acks, refused ${JSON.stringify(crowd.tally.refused)}`,
  );
  const alive = health.sockets >= size && suggestions.length >= 10 && accepted >= 1 && runs.length >= 2;
  await end();
  if (values.check && !alive) {
    console.error(`Too little happened: wanted ${size} sockets, 10 suggestions, 1 accepted patch, 2 runs.`);
    process.exit(1);
  }
} else {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void end().then(() => process.exit(0)));
}
