// An offer of the driver role is seen wherever its person is, and the driver's page has a way back.
import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { DriverBanner } from '#app/_features/driver/driver-banner.tsx';
import { DriverOffer } from '#app/_features/driver/driver-offer.tsx';
import { t } from '#app/_strings/strings.ts';
import { ANNA, BEN, driven, HOST, play, start, TREE1 } from '../../session-core/kit.ts';
import { openSession } from './session.tsx';

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

it("the driver's page says that driving is over, who drives now, and leads back", async () => {
  const session = openSession(driven());
  await session.show(ANNA, <DriverBanner onDriverPage />);
  expect(screen.queryByText(t.driver.over)).toBeNull();
  await session.say(HOST, { type: 'driver.take' }, { tab: 'h', facts: { tree: TREE1 } });
  expect(screen.getByText(t.driver.over)).toBeDefined();
  expect(screen.getByText(t.now.drivesNow('Host'))).toBeDefined();
  expect(screen.getByRole('link', { name: t.driver.back }).getAttribute('href')).toMatch(/^\/s\/session-\d+$/);
});
