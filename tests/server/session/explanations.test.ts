// Explanations of runs as a session keeps them: one for equal files, from the cache after a restart, none after a newer run.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Explained, Job } from '#sandbox/index.ts';
import { createExplanations } from '#server/session/runs/explanations.ts';
import type { ProgressMessage } from '#session-core/protocol/progress.ts';
import { createManualPool } from '#tests/support/manual-pool.ts';
import { driven, RUN1 } from '../../session-core/kit.ts';
import { NO_DATA } from '../../support/registry-kit.ts';

const FOUND: Explained = { rows: 3, of: 3, error: 1, nRepeats: 5, importance: [], dependence: {}, share: 1 };
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'explanations-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function open() {
  const asked: { readonly part: (found: Explained) => void; readonly end: (found: Explained | null) => void }[] = [];
  const sent: ProgressMessage[] = [];
  const state = driven();
  const explanations = createExplanations({
    session: 's1',
    pool: {
      ...createManualPool(),
      explain(_job, part) {
        const done = Promise.withResolvers<Explained | null>();
        asked.push({ part, end: done.resolve });
        return { done: done.promise, cancel: () => done.resolve(null) };
      },
    },
    cacheDir: dir,
    state: () => state,
    data: () => NO_DATA,
    jobOf: async (runId) =>
      ({ runId, sessionId: 's1', kind: 'main', files: {}, data: {}, cacheDir: dir }) satisfies Job,
    progress: (message) => sent.push(message),
    failed: (what, error) => expect.unreachable(`${what}: ${error}`),
  });
  return { explanations: explanations.model, asked, sent };
}

it('goes from none over waiting and running to done, and is not begun twice', async () => {
  const { explanations, asked, sent } = open();
  expect(await explanations.of(RUN1)).toEqual({ state: 'none', share: 0, value: null });
  await explanations.begin(RUN1);
  expect(asked).toHaveLength(1);
  await explanations.begin(RUN1);
  expect(asked).toHaveLength(1);
  expect((await explanations.of(RUN1)).state).toBe('waiting');
  asked[0]!.part({ ...FOUND, share: 0.25 });
  expect(await explanations.of(RUN1)).toMatchObject({ state: 'running', share: 0.25 });
  asked[0]!.end(FOUND);
  await expect.poll(() => explanations.of(RUN1)).toEqual({ state: 'done', share: 1, value: FOUND });
  await explanations.begin(RUN1);
  expect(asked).toHaveLength(1);
  expect(sent).toEqual([0.25, 1].map((share) => ({ run: RUN1, type: 'explained', share })));
});

it('is none again after a newer run ended it, and can be asked for anew', async () => {
  const { explanations, asked } = open();
  await explanations.begin(RUN1);
  asked[0]!.end(null);
  await expect.poll(async () => (await explanations.of(RUN1)).state).toBe('none');
  void explanations.begin(RUN1);
  await expect.poll(() => asked.length).toBe(2);
  // Nothing is known of runs that are no runs.
  expect((await explanations.of('r99')).state).toBe('none');
});
