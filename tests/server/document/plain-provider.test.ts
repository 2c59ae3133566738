// The published y-websocket provider as it is, without our own frames: it cannot learn that an edit was refused, so
// its copy is put right by the protocol's own means, and who drives afterwards can type.
import { afterEach, expect, it } from 'vitest';
import * as Y from 'yjs';
import { systemAfter, systemNow } from '#server/platform/clock.ts';
import { createKit, joinAs, newSession, WORKSPACE } from '../../support/registry-kit.ts';
import { openTextClient, openTextServer, until } from '../../support/text-server.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function setUp() {
  const kit = createKit({ now: systemNow, after: systemAfter });
  cleanups.push(() => kit.close());
  const session = await kit.registry.create(newSession);
  const boss = await joinAs(session, 'Boss', true, 't1');
  const other = await joinAs(session, 'Other', false, 't9');
  const server = await openTextServer(() => session);
  cleanups.push(() => server.close());
  const open = async (participant: string | null, tab: string) => {
    const client = openTextClient(server.url, { participant, tab });
    cleanups.push(() => client.close());
    await until('synced', () => client.provider.synced && client.files.size > 0);
    return client;
  };
  const letDrive = async (person: typeof boss) => {
    expect(await boss.say({ type: 'driver.take' })).toMatchObject({ ok: true });
    if (person === boss) return;
    expect(await boss.say({ type: 'driver.offer', to: person.participant })).toMatchObject({ ok: true });
    expect(await person.say({ type: 'driver.accept' })).toMatchObject({ ok: true });
  };
  return { boss, other, open, letDrive };
}

it('takes what was typed without the driver role out of the copy it was typed into', async () => {
  const { boss, other, open, letDrive } = await setUp();
  await letDrive(boss);
  const navigator = await open(other.participant, 't9');
  navigator.files.get('params.yaml')!.insert(0, 'in ');
  navigator.files.get('params.yaml')!.insert(3, 'vain ');
  await until('put right', () => navigator.text('params.yaml') === WORKSPACE['params.yaml']);
});

it('lets somebody type who has typed in vain before driving', async () => {
  const { boss, other, open, letDrive } = await setUp();
  await letDrive(boss);
  const [mine, watcher] = [await open(other.participant, 't9'), await open(null, '')];
  mine.files.get('params.yaml')!.insert(0, 'in vain ');
  await until('put right', () => mine.text('params.yaml') === WORKSPACE['params.yaml']);
  await letDrive(other);
  mine.files.get('params.yaml')!.insert(0, '# mine\n');
  await until('typed', () => watcher.text('params.yaml').startsWith('# mine\n'));
  expect(watcher.text('params.yaml')).toBe(`# mine\n${WORKSPACE['params.yaml']}`);
  expect(mine.texts()).toEqual(watcher.texts());
});

it('lets the driver type on after an edit that was refused', async () => {
  const { boss, open, letDrive } = await setUp();
  await letDrive(boss);
  const [mine, watcher] = [await open(boss.participant, 't1'), await open(null, '')];
  mine.files.set('../outside', new Y.Text('no'));
  mine.files.get('params.yaml')!.insert(0, '# typed at once\n');
  await until('put right', () => !mine.files.has('../outside'));
  mine.files.get('params.yaml')!.insert(0, '# and later\n');
  await until('typed', () => watcher.text('params.yaml').startsWith('# and later\n# typed at once\n'));
  expect(mine.texts()).toEqual(watcher.texts());
});
