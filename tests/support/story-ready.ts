// Before a file of browser stories: the pages are built, and the stories' server answers.
import { inject } from 'vitest';

const WAIT_MS = 600_000;

const url = `http://127.0.0.1:${inject('storyPort')}/healthz`;
const until = Date.now() + WAIT_MS;
for (;;) {
  const answer = await fetch(url).catch(() => null);
  if (answer?.ok) break;
  if (answer?.status === 500) throw new Error(await answer.text());
  if (Date.now() > until) throw new Error(`The stories' server does not answer at ${url}: see how its start failed.`);
  await new Promise((next) => setTimeout(next, 100));
}
