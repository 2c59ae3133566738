// The replay of a session holds what is public at the end, with the times at which it came, and nothing else.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { outsideFolder } from '#sandbox/index.ts';
import { liveRepository, nothingMade, repositoryOf } from '#server/export/export-repository.ts';
import { KeptReplays } from '#server/export/kept-replays.ts';
import type { LiveSession } from '#server/session/session-api.ts';
import { codeSteps } from '#session-core/client/replay.ts';
import { joinAs, type Kit, openSessions, WORKSPACE } from '../../support/registry-kit.ts';
import { say } from '../../support/run-steps.ts';

const { open, closeAll } = openSessions();
afterEach(closeAll);

/** Views are sent once in a while, and a joining is answered then. */
async function joined(kit: Kit, session: LiveSession, name: string) {
  const [person] = await Promise.all([joinAs(session, name), kit.clock.advance(60)]);
  return person;
}

it('holds code, public suggestions and scores, names by consent, and nothing that is not public', async () => {
  const { kit, session, host } = await open();
  kit.pool.jobs[0]?.finish({ metrics: { 'cv.rmse': 3, 'baseline.rmse': 4 } });
  const anna = await joined(kit, session, 'Anna Shown');
  const ben = await joined(kit, session, 'Ben Shown');
  await say(kit, anna, { type: 'participant.credit', name: 'Anna Ada' });
  const shown = await say(kit, anna, {
    type: 'suggestion.add',
    text: 'more trees',
    patch: {
      revision: 1,
      files: [{ path: 'params.yaml', hunks: [{ fromLine: 3, removed: ['trees: 100'], added: ['trees: 200'] }] }],
    },
  });
  await say(kit, ben, { type: 'suggestion.upvote', suggestion: shown });
  await say(kit, ben, { type: 'suggestion.add', text: 'a secret darn thing' });
  const declined = await say(kit, ben, { type: 'suggestion.add', text: 'declined words' });
  await say(kit, host, { type: 'suggestion.decline', suggestion: declined, reason: 'private reason' });
  const withdrawn = await say(kit, ben, { type: 'suggestion.add', text: 'withdrawn words' });
  await say(kit, ben, { type: 'suggestion.withdraw', suggestion: withdrawn });
  const cleo = await joined(kit, session, 'Cleo Shown');
  await say(kit, cleo, { type: 'suggestion.add', text: 'removed words' });
  await say(kit, host, { type: 'participant.remove', participant: cleo.participant });
  await say(kit, ben, {
    type: 'preview.request',
    patch: {
      revision: 1,
      files: [{ path: 'params.yaml', hunks: [{ fromLine: 1, removed: ['age: true'], added: ['age: never'] }] }],
    },
  });
  await say(kit, host, { type: 'suggestion.accept', suggestion: shown });
  kit.pool.jobs.findLast(({ job }) => job.kind === 'main')?.finish({ metrics: { 'cv.rmse': 2.5, 'baseline.rmse': 4 } });
  await kit.clock.advance(100);

  const replays = new KeptReplays(kit.clock.now);
  const { replay } = await replays.of(session);
  expect(replay.suggestions).toEqual([
    expect.objectContaining({
      id: shown,
      text: 'more trees',
      credit: 'Anna Ada',
      hasPatch: true,
      appliedAt: expect.any(Number),
    }),
  ]);
  expect(replay.suggestions[0]?.votes.map(({ n }) => n)).toEqual([1, 2]);
  expect(replay.runs.map(({ number, score, outcome }) => [number, score, outcome])).toEqual([
    [1, 3, 'first'],
    [2, 2.5, expect.any(String)],
  ]);
  const steps = codeSteps(replay);
  expect(steps[0]?.files).toEqual(WORKSPACE);
  expect(steps.at(-1)?.files['params.yaml']).toBe(WORKSPACE['params.yaml'].replace('100', '200'));
  expect(replay.revisions.at(-1)).toMatchObject({ why: 'patch', suggestion: shown, credit: 'Anna Ada' });
  expect(JSON.stringify(replay)).not.toMatch(
    /secret|declined|withdrawn|removed words|private reason|Shown|never|holdout/,
  );
  expect(replay.from).toBeLessThan(replay.to);

  // Nor is it in any object of the repository that people download or pull, a branch that was deleted or a note among them.
  const enclosed = { outside: outsideFolder(), notice: '', inRepository: true };
  const pulled = (await liveRepository(session, enclosed, nothingMade()))!;
  for (const bundle of [
    (await repositoryOf(session, enclosed))!,
    await pulled.objects.bundle(pulled.head, pulled.refs),
  ]) {
    const objects = objectsOf(bundle);
    expect(objects).toContain('more trees');
    expect(objects).not.toMatch(
      /secret darn|declined words|withdrawn words|removed words|private reason|age: never|Cleo Shown|f{64}|BCDFGH/,
    );
  }
});

/** All that git finds in it. */
function objectsOf(bundle: Buffer): string {
  const home = mkdtempSync(join(tmpdir(), 'objects-'));
  try {
    writeFileSync(join(home, 'session.bundle'), bundle);
    const git = (...words: string[]) => execFileSync('git', words, { cwd: home, stdio: 'pipe', maxBuffer: 2 ** 28 });
    git('clone', '-q', '--mirror', 'session.bundle', 'mirror');
    return git('-C', 'mirror', 'cat-file', '--batch', '--batch-all-objects').toString('utf8');
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

it('is made once for all who ask, anew after half a minute, and forgotten with the session', async () => {
  const { kit, session, host } = await open();
  const replays = new KeptReplays(kit.clock.now);
  const [first, same] = await Promise.all([replays.of(session), replays.of(session)]);
  expect(same).toBe(first);
  await say(kit, host, { type: 'suggestion.add', text: 'later' });
  expect(await replays.of(session)).toBe(first);
  await kit.clock.advance(31_000);
  const later = await replays.of(session);
  expect([later.replay.suggestions.length, later.etag === first.etag]).toEqual([1, false]);
  await kit.clock.advance(31_000);
  expect(await replays.of(session)).toBe(later);
  replays.forget(session.id);
  expect(await replays.of(session)).not.toBe(later);
});
