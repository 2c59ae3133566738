// An edit of somebody who may not type, in a batch that the disk does not take: refused all the same. Found by the fuzz of
// texts: its author went on showing what nobody else had.
import { expect, it } from 'vitest';
import { systemAfter, systemNow } from '#server/platform/clock.ts';
import { StorageUnavailable } from '#server/storage/storage.ts';
import { FRAME } from '#session-core/protocol/messages.ts';
import { createGatedStorage } from '../../support/gated-storage.ts';
import { createKit, joinAs, newSession, WORKSPACE } from '../../support/registry-kit.ts';
import { exchanged, openTextClient, openTextServer, socketOf, until } from '../../support/text-server.ts';

it('is refused beside a command', async () => {
  const gate = createGatedStorage();
  const kit = createKit({ now: systemNow, after: systemAfter, storage: gate.storage });
  const session = await kit.registry.create(newSession);
  const driver = await joinAs(session, 'Driver', true, 't1');
  const other = await joinAs(session, 'Other', false, 't9');
  expect(await driver.say({ type: 'driver.take' })).toMatchObject({ ok: true });
  const server = await openTextServer(() => session);
  const reader = openTextClient(server.url, { participant: other.participant, tab: 't9', own: true });
  const refusals = () => reader.own.filter(({ type }) => type === FRAME.refused).length;
  try {
    await until('synced', () => reader.provider.synced && reader.files.size > 0);
    // The first append waits, and all that follows is one batch behind it.
    gate.hold();
    const first = driver.say({ type: 'timer.set', minutes: 5 });
    await until('held', () => gate.waiting() > 0);
    reader.files.get('params.yaml')!.insert(0, '# not mine\n');
    await exchanged(socketOf(reader));
    const second = other.say({ type: 'hand.raise' });
    gate.fail(new StorageUnavailable('full'));
    gate.release();
    const answers = await Promise.all([first, second]);
    expect(answers.map(({ ok }) => ok)).toEqual([false, false]);
    await until('refused', () => refusals() === 1);
    gate.fail(null);
    expect((await session.files())?.files['params.yaml']).toBe(WORKSPACE['params.yaml']);
  } finally {
    gate.fail(null);
    reader.close();
    await server.close();
    await kit.close();
  }
});
