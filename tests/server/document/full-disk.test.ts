// What was typed while the disk was full, by somebody who has stopped driving before there was space again.
import { expect, it } from 'vitest';
import { systemAfter, systemNow } from '#server/platform/clock.ts';
import { StorageUnavailable } from '#server/storage/storage.ts';
import { FRAME } from '#session-core/protocol/messages.ts';
import { createGatedStorage } from '../../support/gated-storage.ts';
import { createKit, joinAs, newSession, WORKSPACE } from '../../support/registry-kit.ts';
import { openTextClient, openTextServer, until } from '../../support/text-server.ts';

it('is asked for and refused, so that no page goes on showing what nobody else has', async () => {
  const gate = createGatedStorage();
  const kit = createKit({ now: systemNow, after: systemAfter, storage: gate.storage });
  const session = await kit.registry.create(newSession);
  const driver = await joinAs(session, 'Driver', true, 't1');
  expect(await driver.say({ type: 'driver.take' })).toMatchObject({ ok: true });
  const server = await openTextServer(() => session);
  const mine = openTextClient(server.url, { participant: driver.participant, tab: 't1', own: true });
  try {
    await until('synced', () => mine.provider.synced && mine.files.size > 0);
    const frames = (type: number) => mine.own.filter((frame) => frame.type === type);
    gate.fail(new StorageUnavailable('full'));
    mine.files.get('params.yaml')!.insert(0, '# too late\n');
    await until('informed', () => frames(FRAME.notStored).length > 0);
    gate.fail(null);
    expect(await driver.say({ type: 'driver.release' })).toMatchObject({ ok: true });
    await until('refused', () => frames(FRAME.refused).length > 0);
    expect((await session.files())?.files['params.yaml']).toBe(WORKSPACE['params.yaml']);
  } finally {
    mine.close();
    await server.close();
    await kit.close();
  }
});

it('what was stored although the disk said no is on every page, as after a lost answer', async () => {
  const gate = createGatedStorage();
  const kit = createKit({ now: systemNow, after: systemAfter, storage: gate.storage });
  const session = await kit.registry.create(newSession);
  const driver = await joinAs(session, 'Driver', true, 't1');
  expect(await driver.say({ type: 'driver.take' })).toMatchObject({ ok: true });
  const server = await openTextServer(() => session);
  const mine = openTextClient(server.url, { participant: driver.participant, tab: 't1', own: true });
  const watcher = openTextClient(server.url, { participant: null, tab: '', own: true });
  const textOf = (client: typeof mine) => client.files.get('params.yaml')?.toString();
  try {
    await until('synced', () => mine.provider.synced && watcher.provider.synced && mine.files.size > 0);
    gate.fail(new StorageUnavailable('answer lost'), true);
    mine.files.get('params.yaml')!.insert(0, '# kept\n');
    await until('stored', () => gate.appends.at(-1) === 0);
    gate.fail(null);
    await until('equal', () => textOf(watcher) === `# kept\n${WORKSPACE['params.yaml']}`);
    expect(textOf(mine)).toBe(textOf(watcher));
  } finally {
    mine.close();
    watcher.close();
    await server.close();
    await kit.close();
  }
});
