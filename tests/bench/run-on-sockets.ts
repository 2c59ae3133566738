// Run pressed to the metric on every socket: the real server as a child process, participants on real sockets.
import type { PublicView } from '#session-core/view/view-types.ts';
import { facilitate, joinAs, type Person, post } from '../simulation/participant.ts';
import { startServer } from '../support/server-process.ts';

export interface OnSockets {
  readonly people: number;
  /** Milliseconds from the command to the run's metric in the last view, all stages run. */
  readonly ran: readonly number[];
  /** The same with every stage cached. */
  readonly cached: readonly number[];
}

export async function runOnSockets({ size, rounds }: { size: number; rounds: number }): Promise<OnSockets> {
  const server = await startServer();
  try {
    const made = await post<{ sessionId: string; joinCode: string; facilitatorSecret: string }>(
      `${server.url}/api/sessions`,
      {},
    );
    const driver = await facilitate(server.url, made.sessionId, made.facilitatorSecret);
    const others = await Promise.all(
      Array.from({ length: size - 1 }, (_, i) => joinAs(server.url, made.joinCode, `Guest ${i}`)),
    );
    const people = [driver, ...others];
    await driver.until((view) => Object.values(view.runs).some((run) => run.status === 'succeeded'));
    await driver.send({ type: 'driver.take' });
    const ran: number[] = [];
    const cached: number[] = [];
    for (let round = 0; round < rounds; round++) {
      ran.push(await press(driver, people, { force: ['prepare', 'train', 'evaluate', 'test'] }));
      cached.push(await press(driver, people));
    }
    for (const person of people) person.close();
    return { people: size, ran, cached };
  } finally {
    await server.remove();
  }
}

/** @param before what somebody does right before it */
export async function press(
  driver: Person,
  people: readonly Person[],
  { force, before }: { readonly force?: string[]; readonly before?: () => Promise<void> } = {},
): Promise<number> {
  // A session may run once in two seconds.
  await new Promise((rest) => setTimeout(rest, 2_200));
  const known = new Set(Object.keys(driver.view().runs));
  const done = (view: PublicView) =>
    Object.entries(view.runs).some(([id, run]) => !known.has(id) && run.metrics[view.task.metric] !== undefined);
  await before?.();
  const began = performance.now();
  const [ack] = await Promise.all([
    driver.send({ type: 'run.request', ...(force ? { force } : {}) }),
    ...people.map((person) => person.until(done)),
  ]);
  if (!ack.ok) throw new Error(ack.rejection.message);
  return performance.now() - began;
}
