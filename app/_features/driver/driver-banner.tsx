'use client';
// Who is driving; and, if it concerns you, that you are driving in another tab, or not any more. Offers: `driver-offer`.
import { useEffect, useState } from 'react';
import { useNow } from '#app/_session/clock.ts';
import { useAct } from '#app/_session/command-actions.tsx';
import { useLeaseLeft } from '#app/_session/lease.ts';
import { PersonMarks } from '#app/_session/person-marks.tsx';
import { useConnectionState, useEnded, useOfView, useSessionId, useTab, useYou } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button, ButtonLink } from '#app/_ui/button.tsx';
import { clockText } from '#app/_ui/format.ts';
import { Icon } from '#app/_ui/icon.tsx';
import s from './driver-banner.module.css';

/** `onDriverPage`: shown on the driver's page. `brief`: shown only if it concerns you. */
export function DriverBanner({
  onDriverPage = false,
  brief = false,
}: {
  readonly onDriverPage?: boolean;
  readonly brief?: boolean;
}) {
  const you = useYou();
  const tab = useTab();
  const session = useSessionId();
  const act = useAct();
  const driver = useOfView((view) => view.driver);
  const displayName = useOfView((view) => view.participants[driver?.participant ?? '']?.displayName) ?? t.someone;
  const { downSince } = useConnectionState();
  const away = useOfView((view) => driver !== null && view.participants[driver.participant]?.online === false);
  // While this page is disconnected, the server counts the time for it, and the view does not say so.
  const gone = away || (downSince !== null && you?.drives === true);
  const lease = useLeaseLeft(gone);
  const now = useNow(1000, driver !== null);
  const [drove, setDrove] = useState(false);
  const drives = you?.drives === true;
  const ended = useEnded();
  useEffect(() => {
    if (drives) setDrove(true);
  }, [drives]);
  if (you?.drives) {
    const elsewhere = you.driverTab !== undefined && you.driverTab !== tab;
    if (onDriverPage && !elsewhere) {
      return lease === null ? null : (
        <p className={s['line']} data-gone="true" role="status">
          <Icon name="driver" />
          <span>{lease > 0 ? t.now.youDrive : t.driver.probablyOver}</span>
          <small aria-hidden="true">{t.driver.gone(lease)}</small>
        </p>
      );
    }
    return (
      <section className={s['yours']}>
        <p>
          <Icon name="driver" /> <b>{elsewhere && onDriverPage ? t.driver.otherTab : t.now.youDrive}</b>
        </p>
        {onDriverPage ? (
          <Button look="signal" onClick={() => void act({ type: 'driver.move' })}>
            {t.driver.here}
          </Button>
        ) : (
          <ButtonLink look="signal" href={`/s/${session}/drive`}>
            {t.now.toEditor}
          </ButtonLink>
        )}
      </section>
    );
  }
  if (onDriverPage && you?.facilitator && driver === null && !ended) {
    return (
      <section className={s['yours']}>
        <p>
          <Icon name="driver" /> <b>{t.now.noDriver}</b>
        </p>
        <Button look="signal" onClick={() => void act({ type: 'driver.take' })}>
          {t.driver.take}
        </Button>
      </section>
    );
  }
  if (brief || (ended && !onDriverPage)) return null;
  // What this page was opened for is over, or has not begun.
  if (onDriverPage) {
    return (
      <section className={s['yours']}>
        <p>
          <Icon name="driver" />
          <span>
            <b>{drove ? t.driver.over : t.driver.notYou}</b>{' '}
            <span>{ended ? t.connection.ended : driver === null ? t.now.noDriver : t.now.drivesNow(displayName)}</span>
          </span>
        </p>
        <ButtonLink look="signal" href={you?.facilitator ? `/s/${session}/host` : `/s/${session}`}>
          {t.driver.back}
        </ButtonLink>
      </section>
    );
  }
  return (
    <p className={s['line']} data-gone={lease !== null}>
      <Icon name="driver" />
      <span>
        <span>{driver === null ? t.now.noDriver : t.now.drivesNow(displayName)}</span>
        <PersonMarks id={driver?.participant} />
      </span>
      {lease !== null ? <small>{t.driver.gone(lease)}</small> : null}
      {lease === null && driver !== null && now !== null ? <small>{clockText(now - driver.since)}</small> : null}
    </p>
  );
}
