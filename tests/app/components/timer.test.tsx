// The turn timer: everybody sees the same time left, by the server's clock; when it is over, the next hand is offered.
import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { TimerFace } from '#app/_features/settings/timer-face.tsx';
import { TimerPanel } from '#app/_features/settings/timer-panel.tsx';
import { learnClock } from '#app/_session/clock.ts';
import { t } from '#app/_strings/strings.ts';
import { ANNA, BEN, CLEO, driven, HOST, play, START } from '../../session-core/kit.ts';
import { openSession, stopClock } from './session.tsx';

const MINUTE = 60_000;
const withTimer = (at: number) => play(driven(), [HOST, { type: 'timer.set', minutes: 5 }, { at: START + at }]);
const timer = () => screen.queryByRole('timer')?.textContent;

describe('its face', () => {
  it('counts down, and then by how much the turn is over', async () => {
    const pass = stopClock(MINUTE);
    const session = openSession(withTimer(MINUTE));
    await session.show(ANNA, <TimerFace />);
    await pass(0);
    expect(timer()).toBe('5:00');
    await pass(MINUTE + 5_000);
    expect(timer()).toBe('3:55');
    await pass(4 * MINUTE);
    expect(timer()).toBe(t.timer.over('0:05'));
  });

  it('appears and goes with the timer', async () => {
    const pass = stopClock(MINUTE);
    const session = openSession(driven());
    await session.show(ANNA, <TimerFace />);
    expect(timer()).toBeUndefined();
    await session.say(HOST, { type: 'timer.set', minutes: 7 }, { at: START + MINUTE });
    await pass(500);
    expect(timer()).toBe('7:00');
    await session.say(HOST, { type: 'timer.set', minutes: null });
    expect(timer()).toBeUndefined();
  });

  it("goes by the server's clock where this computer's is wrong", async () => {
    // Three minutes ahead.
    const pass = stopClock(4 * MINUTE);
    const session = openSession(withTimer(MINUTE));
    await session.show(ANNA, <TimerFace />);
    // The page has asked by itself.
    await pass(1);
    learnClock(new Date(START + MINUTE).toUTCString(), START + 4 * MINUTE);
    await pass(1_000);
    expect(timer()).toMatch(/^4:5\d$/);
    learnClock(new Date(START).toUTCString(), START);
  });
});

describe('its panel', () => {
  it('starts a turn, changes it and switches it off', async () => {
    const session = openSession(driven());
    const { user } = await session.show(HOST, <TimerPanel />);
    const off = screen.getByRole<HTMLButtonElement>('button', { name: t.timer.off });
    expect(off.disabled).toBe(true);
    await user.click(screen.getByRole('button', { name: t.timer.minutes(5) }));
    expect(session.state().timer?.minutes).toBe(5);
    await user.click(screen.getByRole('button', { name: t.timer.minutes(10) }));
    expect(session.state().timer?.minutes).toBe(10);
    await user.click(off);
    expect(session.state().timer).toBeNull();
  });

  it('offers driving to the first raised hand of somebody online when the turn is over, once', async () => {
    const pass = stopClock(MINUTE);
    const session = openSession(withTimer(MINUTE));
    const { user } = await session.show(HOST, <TimerPanel />);
    const offer = () => screen.queryByRole<HTMLButtonElement>('button', { name: t.driver.offerNext('Ben') });
    // Cleo is not online.
    await session.say(CLEO, { type: 'hand.raise' });
    await session.say(BEN, { type: 'hand.raise' });
    await pass(MINUTE);
    expect(offer()).toBeNull();
    await pass(4 * MINUTE + 1_000);
    await user.click(offer()!);
    await pass(0);
    expect(session.state().offer?.to).toBe(BEN);
    expect(offer()?.disabled).toBe(true);
  });

  it('says that nobody has asked where no hand is up', async () => {
    const pass = stopClock(MINUTE);
    const session = openSession(withTimer(MINUTE));
    await session.show(HOST, <TimerPanel />);
    await pass(5 * MINUTE + 1_000);
    expect(screen.getByText(t.timer.nobody)).toBeDefined();
  });
});
