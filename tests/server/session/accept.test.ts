// Accepting is one step: events and text in one append. The power goes between the append and the relay: nothing is lost,
// nothing doubled. Clients are the published provider over real sockets.
import { afterEach, describe, expect, it } from 'vitest';
import { systemAfter, systemNow } from '#server/platform/clock.ts';
import type { LiveSession } from '#server/session/session-api.ts';
import { StorageUnavailable } from '#server/storage/storage.ts';
import { createGatedStorage } from '../../support/gated-storage.ts';
import { createKit, joinAs, newSession, type Person, WORKSPACE } from '../../support/registry-kit.ts';
import { exchanged, openTextClient, openTextServer, socketOf, until } from '../../support/text-server.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

const PATCH = {
  revision: 1,
  files: [
    { path: 'params.yaml', hunks: [{ fromLine: 3, removed: ['trees: 100'], added: ['trees: 200', 'depth: 4'] }] },
  ],
};
const PATCHED = 'age: true\nfailures: false\ntrees: 200\ndepth: 4\n';

async function setUp() {
  const gate = createGatedStorage();
  const kit = createKit({ now: systemNow, after: systemAfter, storage: gate.storage });
  cleanups.push(() => kit.close());
  let session: LiveSession = await kit.registry.create(newSession);
  const driver = await joinAs(session, 'Driver', true, 't1');
  await driver.say({ type: 'driver.take' });
  const server = await openTextServer(() => session);
  cleanups.push(() => server.close());
  const mine = openTextClient(server.url, { participant: driver.participant, tab: 't1', own: true });
  const watcher = openTextClient(server.url, { participant: null });
  cleanups.push(
    () => mine.close(),
    () => watcher.close(),
  );
  await until('synced', () => mine.files.size > 0 && watcher.files.size > 0);
  const added = await driver.say({ type: 'suggestion.add', text: 'more trees', patch: PATCH });
  const suggestion = added.ok ? added.about! : '';
  // The request for its automatic preview is an append of its own; it may not come between what a test does.
  await until('its preview', () => Object.values(session.state().runs).some((run) => run.suggestion === suggestion));
  const restart = async () => {
    const next = await (await kit.restart()).open(session.id);
    session = next!;
    server.cut();
    return session;
  };
  return { gate, kit, driver, mine, watcher, suggestion, session: () => session, restart };
}
type Setup = Awaited<ReturnType<typeof setUp>>;

async function allEqual({ mine, watcher, session }: Setup, text: string): Promise<void> {
  await until(`everybody reads ${JSON.stringify(text)}`, () =>
    [mine, watcher].every((c) => c.text('params.yaml') === text),
  );
  // The live text is cut at most once a second.
  await expect.poll(async () => (await session().files())?.files).toEqual({ ...WORKSPACE, 'params.yaml': text });
}
const acceptedRuns = (session: LiveSession) =>
  Object.values(session.state().runs).filter((run) => run.why === 'accept').length;

describe('accept', () => {
  it('the power goes after the append and before the relay: after the restart it is there, once', async () => {
    const here = await setUp();
    let stored = () => {};
    const kept = new Promise<void>((resolve) => {
      stored = resolve;
    });
    const { append } = here.gate.storage;
    // The last thing this process does is the append; its answer never comes.
    (here.gate.storage as { append: typeof append }).append = async (what) => {
      await append(what);
      stored();
      await new Promise<void>((resolve) => cleanups.push(resolve));
    };
    void here.driver.say({ type: 'suggestion.accept', suggestion: here.suggestion });
    await kept;
    expect(here.watcher.text('params.yaml')).toBe(WORKSPACE['params.yaml']);
    (here.gate.storage as { append: typeof append }).append = append;
    const session = await here.restart();
    await allEqual(here, PATCHED);
    expect(session.state().suggestions[here.suggestion]?.status).toBe('accepted');
    expect(acceptedRuns(session)).toBe(1);
    expect(Object.values(session.state().runs).every((run) => run.status === 'interrupted')).toBe(true);
  });

  it('our own code fails after the append: the session comes back from the log, all clients with it', async () => {
    const here = await setUp();
    here.gate.fail(new Error('a bug'), true);
    const ack = here.driver.say({ type: 'suggestion.accept', suggestion: here.suggestion });
    expect(await ack).toMatchObject({ ok: false, rejection: { code: 'busy' } });
    here.gate.fail(null);
    await until('back', () => here.session().state().suggestions[here.suggestion]?.status === 'accepted');
    await allEqual(here, PATCHED);
    expect(acceptedRuns(here.session())).toBe(1);
  });

  it('the disk answers with an error after it kept the change: the log is believed', async () => {
    const here = await setUp();
    here.gate.fail(new StorageUnavailable('I/O error'), true);
    const ack = here.driver.say({ type: 'suggestion.accept', suggestion: here.suggestion });
    expect(await ack).toMatchObject({ ok: false, rejection: { code: 'storage_unavailable' } });
    here.gate.fail(null);
    await until('back', () => here.session().state().suggestions[here.suggestion]?.status === 'accepted');
    await allEqual(here, PATCHED);
  });

  it('the driver types on while it is stored: both are there', async () => {
    const here = await setUp();
    here.gate.hold();
    const ack = here.driver.say({ type: 'suggestion.accept', suggestion: here.suggestion });
    await until('held', () => here.gate.waiting() > 0);
    here.mine.files.get('params.yaml')!.insert(0, '# mine\n');
    await exchanged(socketOf(here.mine));
    here.gate.release();
    expect((await ack).ok).toBe(true);
    await allEqual(here, `# mine\n${PATCHED}`);
  });

  it('is refused whole where a line of it has changed, and says which', async () => {
    const here = await setUp();
    here.mine.files.get('params.yaml')!.insert(WORKSPACE['params.yaml'].length - 1, '0');
    await until('typed', () => here.watcher.text('params.yaml').includes('1000'));
    const before = here.session().state().seq;
    const ack = await here.driver.say({ type: 'suggestion.accept', suggestion: here.suggestion });
    expect(ack).toMatchObject({ ok: false, rejection: { code: 'conflict', file: 'params.yaml', line: 3 } });
    expect(here.session().state().suggestions[here.suggestion]?.status).toBe('open');
    expect(Object.values(here.session().state().revisions)).toHaveLength(1);
    await until(
      'its card says so',
      () => here.session().state().suggestions[here.suggestion]?.mergeState?.state === 'conflict',
    );
    // On a slow machine the typing has paused meanwhile, and a revision was cut.
    const since = (await here.session().events()).slice(before).map(({ type }) => type);
    expect(since.filter((type) => type !== 'revision.cut' && type !== 'patch.checked')).toEqual(['patch.states']);
    const restored = here.driver as Person;
    expect((await restored.say({ type: 'revision.restore', revision: 1 })).ok).toBe(true);
    await until(
      'clean again',
      () => here.session().state().suggestions[here.suggestion]?.mergeState?.state === 'clean',
    );
    expect((await restored.say({ type: 'suggestion.accept', suggestion: here.suggestion })).ok).toBe(true);
    await allEqual(here, PATCHED);
  });
});
