'use client';
// Driving is offered to you: a card in the layer of notices, on every page and every tab, with a vibration where the device
// has one.

import { useEffect } from 'react';
import { useNow } from '#app/_session/clock.ts';
import { useActing } from '#app/_session/command-actions.tsx';
import { offerLeft } from '#app/_session/lease.ts';
import { tabToken } from '#app/_session/tokens.ts';
import { useMaybeOfView, useSessionId, useYou } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { appPath } from '#app/_ui/base-path.ts';
import { Button } from '#app/_ui/button.tsx';
import { useWide } from '#app/_ui/use-min-width.ts';
import s from './driver-offer.module.css';

const VIBRATION = [200, 100, 200];

export function DriverOffer() {
  const you = useYou();
  const session = useSessionId();
  const { act } = useActing();
  const wide = useWide(700);
  const offer = you?.offer;
  const by = useMaybeOfView((view) => view.participants[offer?.by ?? '']?.displayName) ?? t.driver.facilitator;
  const now = useNow(1000, offer !== undefined);
  const at = offer?.at;
  useEffect(() => {
    // Safari has none.
    // Before the first tap a browser refuses, and says so in its console.
    if (at !== undefined && navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(VIBRATION);
  }, [at]);
  if (offer === undefined) return null;
  const accept = async () => {
    const ack = await act({ type: 'driver.accept' });
    const page = appPath(`/s/${session}/drive`);
    if (!ack.ok || location.pathname === page) return;
    if (tabToken(session) !== null) (await import('#app/_session/hand-over.ts')).nameWindow(session);
    location.assign(page);
  };
  return (
    <section className={s['offer']} data-above-dialogs aria-live="off" aria-label={t.driver.offerLabel}>
      <p role="alert">
        <b>{t.driver.offered(by)}</b> <span>{wide ? t.driver.offeredHint : t.driver.offeredOnPhone}</span>
      </p>
      {/* Not read out every second. */}
      {now === null ? null : <small aria-hidden="true">{t.driver.left(offerLeft(offer.at, now))}</small>}
      <div className={s['buttons']}>
        <Button look={wide ? 'primary' : 'outline'} large onClick={() => void accept()}>
          {t.driver.accept}
        </Button>
        <Button look={wide ? 'outline' : 'primary'} large onClick={() => void act({ type: 'driver.refuse' })}>
          {t.driver.refuse}
        </Button>
      </div>
    </section>
  );
}
