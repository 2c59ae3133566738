// How `crowd drive` ends: what is given back, and what happens where the server cannot be asked.
import { expect, it, vi } from 'vitest';
import { becomeDriver, giveBack } from '#crowd/drive/driving.ts';
import { Failure } from '#crowd/program/failure.ts';
import type { Live } from '#crowd/server/live.ts';

const TAB = 'crowd-1';
const unanswered = new Failure('unanswered', 'The server did not answer in time.');

it.each([
  ['driving', { drives: true, driverTab: TAB }, true, [{ type: 'driver.release' }]],
  ['driving in another window', { drives: true, driverTab: 'browser' }, false, []],
  ['waiting with a hand up', { drives: false }, true, [{ type: 'hand.lower' }]],
  ['a hand that the browser raised', { drives: false }, false, []],
] as const)('gives back what it took: %s', async (_, role, hand, expected) => {
  const sent: object[] = [];
  await giveBack(
    liveWith(role, async (command) => void sent.push(command)),
    TAB,
    { note: () => {}, hand },
  );
  expect(sent).toEqual(expected);
});

it('asks no server that is away, and says so where it does not answer, so that the end goes on', async () => {
  const command = vi.fn().mockRejectedValue(unanswered);
  const said: string[] = [];
  const role = { drives: true, driverTab: TAB };
  const wanted = { note: (text: string) => void said.push(text), hand: false };
  await giveBack({ ...liveWith(role, command), connected: () => false }, TAB, wanted);
  await giveBack({ ...liveWith(role, command), closed: () => unanswered }, TAB, wanted);
  expect(command).not.toHaveBeenCalled();
  await giveBack(liveWith(role, command), TAB, wanted);
  expect(said).toEqual([expect.stringContaining('did not answer')]);
});

it('neither begins nor goes on waiting where the session has ended', async () => {
  const wanted = { take: false, wait: true, note: () => {} };
  let status = 'open';
  let look = () => {};
  const sent: string[] = [];
  const live: Live = {
    ...liveWith({ drives: false }, async (command) => void sent.push((command as { type: string }).type)),
    view: () => ({ status, hands: [] }) as unknown as ReturnType<Live['view']>,
    until: (found) =>
      new Promise((resolve) => {
        look = () => {
          const value = found();
          if (value !== undefined) resolve(value);
        };
        look();
      }),
  };
  const waiting = becomeDriver(live, TAB, wanted);
  await vi.waitFor(() => expect(sent).toEqual(['hand.raise']));
  status = 'ended';
  look();
  await expect(waiting).rejects.toThrow('The session has ended.');
  await expect(becomeDriver(live, TAB, { ...wanted, wait: false })).rejects.toThrow('The session has ended.');
  expect(sent).toEqual(['hand.raise']);
});

function liveWith(role: object, command: (command: object) => Promise<unknown>): Live {
  const live: Pick<Live, 'view' | 'you' | 'connected' | 'closed'> = {
    view: () => ({ hands: ['p1'] }) as unknown as ReturnType<Live['view']>,
    you: () => ({ participant: 'p1', ...role }) as unknown as ReturnType<Live['you']>,
    connected: () => true,
    closed: () => null,
  };
  return { ...live, command } as unknown as Live;
}
