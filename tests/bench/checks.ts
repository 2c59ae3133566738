// `npm run bench:checks`: how long the checks of a patch take (types, format and lint), in a sandbox that has just been
// opened and later, and how much of a processor, which says the same on a machine that does other things as well; and whether they slow down what everybody waits for: Run pressed to the metric on every socket of a
// session of 200, by turns without patches and with one sent right before each run, which is more than 20 a minute.
// Goals: <= 300 ms a patch when warm; runs within 5 % of those without patches. `--check` exits 1 above 1.15x of one.
// Last line: JSON.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createPool } from '#sandbox/index.ts';
import { facilitate, joinAs, post } from '../simulation/participant.ts';
import { startServer } from '../support/server-process.ts';
import { readCheckpoint } from '../support/student-course.ts';
import { median } from './live/pace.ts';
import { press } from './run-on-sockets.ts';

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '12' },
    check: { type: 'boolean', default: false },
  },
});
const GOAL_MS = 300;
const GOAL_RATIO = 1.05;
const TOLERANCE = 1.15;
const ALL_STAGES = ['prepare', 'train', 'evaluate', 'test'];

/** Of this process and of its children that have ended, in ms; NaN where the system does not tell. */
function processorMs(): number {
  if (process.platform !== 'linux') return Number.NaN;
  const stat = readFileSync('/proc/self/stat', 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // Linux counts in hundredths of a second.
  return fields.slice(11, 15).reduce((sum, ticks) => sum + 10 * Number(ticks), 0);
}

async function msPerPatch(): Promise<{ readonly cold: number; readonly warm: number; readonly processor: number }> {
  const pool = await createPool();
  const files = readCheckpoint('1-start');
  const one = async (i: number): Promise<number> => {
    const text = `${files['src/train.ts']}const added${i} = ${i};\n`;
    const began = performance.now();
    const found = await pool.check({
      sessionId: 'bench',
      files: { ...files, 'src/train.ts': text },
      styled: ['src/train.ts'],
      language: 'en',
    });
    if (!('problems' in found.style) || found.style.problems.length === 0) throw new Error('The checks did not run.');
    return performance.now() - began;
  };
  const cold = await one(0);
  const warm: number[] = [];
  const before = processorMs();
  for (let i = 1; i <= 20; i++) warm.push(await one(i));
  const processor = (processorMs() - before) / warm.length;
  await pool.close();
  return { cold, warm: median(warm), processor };
}

async function runToMetric(size: number, rounds: number) {
  const server = await startServer();
  try {
    const made = await post<{ sessionId: string; joinCode: string; facilitatorSecret: string }>(
      `${server.url}/api/sessions`,
      {},
    );
    const driver = await facilitate(server.url, made.sessionId, made.facilitatorSecret);
    const guests = await Promise.all(
      Array.from({ length: size - 1 }, (_, i) => joinAs(server.url, made.joinCode, `Guest ${i}`)),
    );
    const people = [driver, ...guests];
    await driver.until((view) => Object.values(view.runs).some((run) => run.status === 'succeeded'));
    await driver.send({ type: 'driver.take' });
    // Their runs would be measured, too.
    await driver.send({ type: 'session.configure', previews: 'off' });
    const times: Record<'without' | 'with', number[]> = { without: [], with: [] };
    for (let round = 0; round < 2 * rounds; round++) {
      const kind = round % 2 === 0 ? 'without' : 'with';
      const guest = guests[round % guests.length]!;
      const added = [`export const made${round} = ${round};`, ''];
      const before =
        kind === 'without'
          ? () => Promise.resolve()
          : async () => {
              const files = [{ path: `src/made-${round}.ts`, hunks: [{ fromLine: 1, removed: [], added }] }];
              const ack = await guest.send({
                type: 'suggestion.add',
                text: `Patch ${round}`,
                patch: { revision: 1, files },
              });
              if (!ack.ok) throw new Error(ack.rejection.message);
            };
      times[kind].push(await press(driver, people, { force: ALL_STAGES, before }));
    }
    const checked = Object.values(driver.view().suggestions).filter(({ checks }) => checks?.types.state === 'passed');
    for (const person of people) person.close();
    return { without: median(times.without), with: median(times.with), checked: checked.length };
  } finally {
    await server.remove();
  }
}

const rounds = Number(values.rounds);
const patch = await msPerPatch();
console.log(
  `a patch: ${patch.cold.toFixed(0)} ms cold, ${patch.warm.toFixed(0)} ms warm (${patch.processor.toFixed(0)} ms of a processor)`,
);
const run = await runToMetric(Number(values.size), rounds);
const ratio = run.with / run.without;
console.log(
  `run to metric, ${values.size} people: ${run.without.toFixed(0)} ms without patches, ${run.with.toFixed(0)} ms with (${ratio.toFixed(3)}x); ${run.checked} of ${rounds} patches checked meanwhile`,
);
console.log(JSON.stringify({ patch, run, ratio }));
if (values.check && (patch.warm > GOAL_MS * TOLERANCE || ratio > GOAL_RATIO * TOLERANCE)) process.exitCode = 1;
