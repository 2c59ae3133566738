// Runs from request to report: what the sandbox gets, what participants see, what is stored, what a restart does.
import { afterEach, describe, expect, it } from 'vitest';
import { PredictUnavailable } from '#sandbox/index.ts';
import { createManualPool } from '../../support/manual-pool.ts';
import { joinAs, newSession, openSessions, type Person } from '../../support/registry-kit.ts';
import { PREDICTIONS, runs, say } from '../../support/run-steps.ts';

const { open, closeAll } = openSessions();
afterEach(closeAll);

const patchOf = (trees: number, revision = 1) => ({
  revision,
  files: [{ path: 'params.yaml', hunks: [{ fromLine: 3, removed: ['trees: 100'], added: [`trees: ${trees}`] }] }],
});

describe('a main run', () => {
  it('starts, tells its progress, and keeps the whole report beside the log', async () => {
    const { kit, session, pushed } = await open();
    const [job] = kit.pool.jobs;
    job?.tell({ type: 'started' });
    job?.tell({ type: 'stage', name: 'train' });
    await kit.clock.advance(60);
    const [id, run] = runs(session)[0]!;
    expect(run.status).toBe('running');
    expect(pushed.filter(({ kind }) => kind === 'progress').map(({ what }) => what)).toEqual([
      { run: id, type: 'started' },
      { run: id, type: 'stage', name: 'train' },
    ]);
    job?.finish({ predictions: PREDICTIONS(0), log: [{ stage: 'train', at: 1, text: 'a long log' }] });
    await kit.clock.advance(60);
    expect(session.view().runs[id]).toMatchObject({ status: 'succeeded', metrics: { 'cv.rmse': 2.5 } });
    expect(JSON.stringify(session.state())).not.toContain('a long log');
    expect((await session.report(id))?.log[0]?.text).toBe('a long log');
    expect(await session.report('r999')).toBeNull();
  });

  it('can be cancelled, and what comes later about it changes nothing', async () => {
    const { kit, session, host } = await open();
    const [id] = runs(session)[0]!;
    await say(kit, host, { type: 'run.cancel', run: id });
    expect(kit.pool.jobs[0]?.over()).toBe(true);
    kit.pool.jobs[0]?.finish();
    await kit.clock.advance(60);
    expect(session.state().runs[id]?.status).toBe('cancelled');
  });

  it('is interrupted by a restart, never scored, and its number is not used again', async () => {
    const { kit, session, host } = await open();
    const again = (await (await kit.restart()).open(session.id))!;
    await kit.clock.advance(60);
    expect(runs(again).map(([, run]) => run.status)).toEqual(['interrupted']);
    expect(kit.pool.jobs).toHaveLength(1);
    const request = again.send(
      { type: 'run.request' },
      { participant: host.participant, tab: host.tab, commandId: 'request-0001' },
    );
    await kit.clock.advance(60);
    expect((await request).ok).toBe(true);
    expect(runs(again).map(([, run]) => run.number)).toEqual([1, 2]);
    // The old process' run ends after all: nobody listens.
    kit.pool.jobs[1]?.finish();
    await kit.clock.advance(60);
    expect(runs(again).map(([, run]) => run.status)).toEqual(['interrupted', 'succeeded']);
  });
});

describe('a result that is still being checked', () => {
  const LEAK = { code: 'leak-own-target', level: 'alarm', facts: { rows: 9, of: 10 } } as const;

  it('is reported at once, and judged when the checks end', async () => {
    const { kit, session } = await open();
    const [id] = runs(session)[0]!;
    kit.pool.jobs[0]?.finish({ checking: true });
    await kit.clock.advance(60);
    expect(session.view().runs[id]).toMatchObject({ checking: true, metrics: { 'cv.rmse': 2.5 }, findings: [] });
    kit.pool.jobs[0]?.check([LEAK]);
    await kit.clock.advance(60);
    expect(session.view().runs[id]).toMatchObject({ suspect: true, findings: [LEAK] });
    expect(session.view().runs[id]).not.toHaveProperty('checking');
  });

  it('[R24] is checked again after a restart, from the run cache, and served by nobody', async () => {
    const { kit, session } = await open();
    const [id] = runs(session)[0]!;
    kit.pool.jobs[0]?.finish({ checking: true });
    await kit.clock.advance(60);
    kit.pool.jobs[0]?.check(null);
    await kit.clock.advance(60);
    expect(session.view().runs[id]?.checking).toBe(true);
    const again = (await (await kit.restart()).open(session.id))!;
    await kit.clock.advance(60);
    expect(kit.pool.jobs[1]?.job).toMatchObject({ runId: id, kind: 'preview' });
    // Whatever the report holds already is not found twice.
    const known = { code: 'metric-twice', level: 'warning', facts: { metric: 'a', path: 'b' } } as const;
    kit.pool.jobs[1]?.finish({ checking: true, findings: [known] });
    kit.pool.jobs[1]?.check([LEAK]);
    await kit.clock.advance(60);
    expect(again.view().runs[id]).toMatchObject({ suspect: true, findings: [known, LEAK] });
  });

  it('[R24] has a finding where it cannot be checked any more', async () => {
    const { kit, session } = await open();
    const [id] = runs(session)[0]!;
    kit.pool.jobs[0]?.finish({ checking: true });
    await kit.clock.advance(60);
    const again = (await (await kit.restart()).open(session.id))!;
    await kit.clock.advance(60);
    kit.pool.jobs[1]?.finish({ status: 'failed' });
    await kit.clock.advance(60);
    const finding = { code: 'leak-unchecked', level: 'warning', facts: { reason: 'interrupted' } };
    expect(again.view().runs[id]).toMatchObject({ status: 'succeeded', findings: [finding] });
    expect(again.view().runs[id]).not.toHaveProperty('checking');
  });
});

describe('previews', () => {
  it('run the patch on the last successful run, and are compared with it', async () => {
    const { kit, session, host } = await open();
    kit.pool.jobs[0]?.finish({ predictions: PREDICTIONS(0) });
    await kit.clock.advance(60);
    // The code has been checked, and that is shown, so that joining is shown at once.
    await kit.clock.advance(200);
    const guest = await joinAs(session, 'Guest');
    const card = await say(kit, guest, { type: 'suggestion.add', text: 'more trees', patch: patchOf(300) });
    await kit.clock.advance(60);
    const job = kit.pool.jobs[1]!;
    expect(job.job).toMatchObject({
      kind: 'preview',
      files: { 'params.yaml': 'age: true\nfailures: false\ntrees: 300\n' },
    });
    expect(job.job.holdout).toBeUndefined();
    job.finish({ metrics: { 'cv.rmse': 2.1 }, predictions: PREDICTIONS(-0.5) });
    await kit.clock.advance(60);
    expect(session.view().suggestions[card]?.preview).toMatchObject({ status: 'succeeded', metric: 2.1, base: 2.5 });
    // Half-typed code of the driver makes no idea red; the same content never runs twice.
    await say(kit, host, { type: 'preview.request', suggestion: card });
    expect(kit.pool.jobs).toHaveLength(2);
    // Against a newer run the same outcome is compared anew, noise and all.
    await say(kit, host, { type: 'run.request', force: ['train'] });
    kit.pool.jobs[2]?.finish({ metrics: { 'cv.rmse': 2.0999 }, predictions: PREDICTIONS(-0.49) });
    await kit.clock.advance(11_000);
    expect(kit.pool.jobs).toHaveLength(3);
    expect(session.view().suggestions[card]?.preview).toMatchObject({
      base: 2.0999,
      verdict: 'within-noise',
    });
  });

  it('of a patch not yet sent are its author’s alone', async () => {
    const { kit, session, pushed } = await open();
    kit.pool.jobs[0]?.finish();
    const guest = await joinAs(session, 'Guest');
    await kit.clock.advance(60);
    pushed.length = 0;
    await say(kit, guest, { type: 'preview.request', patch: patchOf(400) });
    const job = kit.pool.jobs[1]!;
    job.tell({ type: 'started' });
    job.tell({ type: 'log', lines: [{ stage: 'train', at: 1, text: 'mine' }] });
    job.finish({ metrics: { 'cv.rmse': 2.0 } });
    await kit.clock.advance(60);
    const sent = pushed.filter(({ kind }) => kind === 'progress');
    expect(sent).toHaveLength(2);
    expect(sent.every(({ to }) => to === guest.participant)).toBe(true);
    expect(JSON.stringify(session.view())).not.toContain('400');
    const word = session.initialMessages(guest.participant);
    expect(word.kind === 'snapshot' && word.snapshot.you?.draftPreview).toMatchObject({
      status: 'succeeded',
      metric: 2.0,
    });
  });

  it('come by themselves for the top of the queue when a main run has moved the base', async () => {
    const { kit, session } = await open();
    kit.pool.jobs[0]?.finish();
    await kit.clock.advance(60);
    const people: Person[] = [];
    for (const displayName of ['A1', 'B1', 'C1', 'D1']) {
      const joining = joinAs(session, displayName);
      await kit.clock.advance(60);
      people.push(await joining);
    }
    for (const [i, person] of people.entries())
      await say(kit, person, { type: 'suggestion.add', text: `idea ${i}`, patch: patchOf(200 + i) });
    expect(kit.pool.jobs.filter(({ job }) => job.kind === 'preview')).toHaveLength(3);
    for (const job of kit.pool.jobs.slice(1)) job.finish({ metrics: { 'cv.rmse': 2.4 } });
    await kit.clock.advance(60);
    const fourth = Object.keys(session.state().suggestions)[3]!;
    await say(kit, people[0]!, { type: 'suggestion.upvote', suggestion: fourth });
    await kit.clock.advance(100);
    expect(kit.pool.jobs.filter(({ job }) => job.kind === 'preview')).toHaveLength(4);
  });
});

describe('one change', () => {
  it('is one card, though its lines are counted from two revisions', async () => {
    const { kit, session, host } = await open();
    kit.pool.jobs[0]?.finish();
    await kit.clock.advance(60);
    const joining = Promise.all([joinAs(session, 'First'), joinAs(session, 'Second')]);
    await kit.clock.advance(60);
    const [first, second] = await joining;
    const card = await say(kit, first, { type: 'suggestion.add', text: 'more trees', patch: patchOf(300) });
    const above = {
      revision: 1,
      files: [{ path: 'params.yaml', hunks: [{ fromLine: 1, removed: [], added: ['sex: false'] }] }],
    };
    const other = await say(kit, host, { type: 'suggestion.add', text: 'one more column', patch: above });
    await say(kit, host, { type: 'suggestion.accept', suggestion: other });
    const shifted = (trees: number) => ({
      revision: 2,
      files: [{ path: 'params.yaml', hunks: [{ fromLine: 4, removed: ['trees: 100'], added: [`trees: ${trees}`] }] }],
    });
    const met = await say(kit, second, { type: 'suggestion.add', text: 'I say so too', patch: shifted(300) });
    expect(met).toBe(card);
    expect(session.view().suggestions[card]?.votes).toBe(2);
    expect(await say(kit, second, { type: 'suggestion.add', text: 'even more', patch: shifted(400) })).not.toBe(card);
    // Declined, said again from the newer text, and let in again: one card.
    await say(kit, host, { type: 'suggestion.decline', suggestion: card, reason: 'later' });
    const again = await say(kit, second, { type: 'suggestion.add', text: 'please', patch: shifted(300) });
    expect(again).not.toBe(card);
    const [seq] = Object.keys(session.state().moderation);
    await say(kit, host, { type: 'moderation.undo', seq: Number(seq) });
    expect(session.state().suggestions[again]).toMatchObject({ status: 'merged', mergedInto: card });
  });
});

describe('another question', () => {
  it('comes with its checkpoint: its hold-out rows, its own series, and back', async () => {
    const { kit, session, host } = await open();
    const finish = async (n: number, rmse: number) => {
      kit.pool.jobs[n]?.finish({ metrics: { 'cv.rmse': rmse }, predictions: PREDICTIONS(0), measureKey: 'm' });
      await kit.clock.advance(60);
    };
    await finish(0, 2.5);
    await say(kit, host, { type: 'checkpoint.load', name: '6-second-question' });
    expect(session.view().task).toMatchObject({ id: 'second-question', target: 'G3', forbidden: ['G2', 'G3'] });
    expect(kit.pool.jobs[1]?.job.holdout?.rows).toEqual([{ asked: 'second-question' }]);
    await finish(1, 1.7);
    const [, second] = runs(session).map(([, run]) => run.report);
    expect(second?.comparison).toMatchObject({
      verdict: 'measure-changed',
      reason: { code: 'task_changed' },
    });
    await say(kit, host, { type: 'revision.restore', revision: 1 });
    expect(session.view().task.id).toBe('grades');
    expect(kit.pool.jobs[2]?.job.holdout?.rows).toEqual([{ asked: 'grades' }]);
    await finish(2, 2.4);
    expect(runs(session).at(-1)?.[1].report?.evaluation).toMatchObject({ series: 'm' });
    const again = await (await kit.restart()).open(session.id);
    expect(again?.state().task.id).toBe('grades');
  });
});

describe('removing a session', () => {
  it('leaves nothing: not in the list, not on the disk, not in the sandbox', async () => {
    const { kit, session, pushed } = await open();
    expect(await kit.registry.remove(session.id)).toBe(true);
    expect(await kit.registry.remove(session.id)).toBe(false);
    expect(await kit.registry.open(session.id)).toBeNull();
    expect(await kit.registry.byJoinCode(newSession.joinCode)).toBeNull();
    expect(kit.pool.forgotten).toEqual([session.id]);
    expect(await kit.storage.read(session.id, 0)).toEqual([]);
    const closed = pushed.flatMap((one) => (one.kind === 'disconnect' ? [[one.to, one.what]] : []));
    expect([...new Set(closed.map(String))]).toEqual(['all,4404']);
  });
});

describe('the model that is served', () => {
  it('is asked for again after a restart, once, and not while a newer one is being made', async () => {
    const pool = createManualPool();
    let served: string | null = null;
    const predict: typeof pool.predict = async (_, rows) => {
      if (served === null) throw new PredictUnavailable('No run has succeeded yet');
      return { runId: served, predicted: rows.map(() => 12) };
    };
    const { kit, session } = await open({ pool: { ...pool, predict } });
    await expect(session.predict({ age: 17 })).rejects.toThrow('No run has succeeded yet');
    expect(pool.jobs).toHaveLength(1);
    pool.jobs[0]?.finish();
    await kit.clock.advance(60);
    const [[id]] = runs(session) as [[string, unknown]];
    const after = await (await kit.restart()).open(session.id);
    const asked = Promise.all([after!.predict({ age: 17 }), after!.predict({ age: 18 })]);
    await expect.poll(() => pool.jobs).toHaveLength(2);
    served = pool.jobs[1]!.job.runId;
    pool.jobs[1]?.finish();
    expect(await asked).toEqual([
      { prediction: 12, run: id },
      { prediction: 12, run: id },
    ]);
    expect(pool.jobs[1]?.job).toEqual(pool.jobs[0]?.job);
    expect(Object.keys(after!.state().runs)).toEqual([id]);
  });
});
