// An offer of the driver role is seen wherever its person is; who made it reads the answer; and the driver's page has a way
// back.
import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { DriverBanner } from '#app/_features/driver/driver-banner.tsx';
import { DriverOffer, OfferAnswer } from '#app/_features/driver/driver-offer.tsx';
import { t } from '#app/_strings/strings.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import { ANNA, BEN, driven, HOST, play, start, TREE1 } from '../../session-core/kit.ts';
import { openSession, stopClock } from './session.tsx';

const offered = () => play(start(), [HOST, { type: 'driver.offer', to: ANNA }]);
const offers = () => screen.queryByRole('region', { name: t.driver.offerLabel });

describe('an offer', () => {
  it('is announced, vibrates once, and can be declined', async () => {
    const vibrate = vi.fn();
    Object.defineProperty(navigator, 'vibrate', { value: vibrate, configurable: true });
    const session = openSession(offered());
    const { user } = await session.show(ANNA, <DriverOffer />);
    expect(screen.getByRole('alert').textContent).toContain('Host');
    expect(vibrate).toHaveBeenCalledOnce();
    await session.say(BEN, { type: 'hand.raise' });
    expect(vibrate).toHaveBeenCalledOnce();
    await user.click(screen.getByRole('button', { name: t.driver.refuse }));
    expect(session.state().offer).toBeNull();
    expect(offers()).toBeNull();
  });

  it('is shown to nobody else', async () => {
    await openSession(offered()).show(BEN, <DriverOffer />);
    expect(offers()).toBeNull();
  });

  it('says on a narrow page that the editor needs a laptop', async () => {
    vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
    await openSession(offered()).show(ANNA, <DriverOffer />);
    expect(screen.getByText(t.driver.offeredOnPhone)).toBeDefined();
  });
});

describe('who has made it', () => {
  it.each([
    ['accepted', { type: 'driver.accept' }, { tab: 'a', facts: { tree: TREE1 } }, 'accepted'],
    ['declined', { type: 'driver.refuse' }, {}, 'closed'],
  ] as const)('reads that it was %s', async (_, command, facts, answer) => {
    stopClock(0);
    const session = openSession(offered());
    await session.show(HOST, <OfferAnswer />);
    await session.say(ANNA, command, facts);
    expect(screen.getByText(t.driver.answered[answer]('Anna'))).toBeDefined();
  });

  it('reads that it has expired', async () => {
    const session = openSession(offered());
    stopClock(LIMITS.offerMs + 60_000);
    await session.show(HOST, <OfferAnswer />);
    const { offer } = session.state();
    await session.say(null, { type: 'driver.offerLapse', to: ANNA, at: offer?.at ?? 0 });
    expect(screen.getByText(t.driver.answered.expired('Anna'))).toBeDefined();
  });

  it('is the only one who reads it', async () => {
    const session = openSession(offered());
    await session.show(BEN, <OfferAnswer />);
    await session.say(ANNA, { type: 'driver.refuse' });
    expect(screen.queryByText(t.driver.answered.closed('Anna'))).toBeNull();
  });
});

it("the driver's page says that driving is over, who drives now, and leads back", async () => {
  const session = openSession(driven());
  await session.show(ANNA, <DriverBanner onDriverPage />);
  expect(screen.queryByText(t.driver.over)).toBeNull();
  await session.say(HOST, { type: 'driver.take' }, { tab: 'h', facts: { tree: TREE1 } });
  expect(screen.getByText(t.driver.over)).toBeDefined();
  expect(screen.getByText(t.now.drivesNow('Host'))).toBeDefined();
  expect(screen.getByRole('link', { name: t.driver.back }).getAttribute('href')).toMatch(/^\/s\/session-\d+$/);
});
