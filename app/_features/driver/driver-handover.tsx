'use client';
// Handing over driving: offer it to a raised hand or anyone online, withdraw the offer, take over, stop.
import { useState } from 'react';
import { useNow } from '#app/_session/clock.ts';
import { useAct } from '#app/_session/command-actions.tsx';
import { offerLeft, useLeaseLeft } from '#app/_session/lease.ts';
import { PersonMarks } from '#app/_session/person-marks.tsx';
import { useView, useYou } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import f from '#app/_ui/field.module.css';
import { clockText } from '#app/_ui/format.ts';
import { Hint } from '#app/_ui/panel.tsx';
import { nextFromHands } from '#session-core/client/selectors.ts';
import { MOST_LISTED, usePeople } from '../people/use-people.ts';
import s from './driver-handover.module.css';

/** Who is driving, and the actions that the driver and the facilitator have. */
export function DriverHandover() {
  const view = useView('driver', 'offer', 'participants', 'hands');
  const you = useYou();
  const act = useAct();
  const [to, setTo] = useState('');
  const [choosing, setChoosing] = useState(false);
  const { list } = usePeople(choosing ? { online: true, most: MOST_LISTED } : null);
  const { driver, offer, participants } = view;
  const now = useNow(1000, driver !== null || offer !== null);
  const lease = useLeaseLeft(driver !== null && participants[driver.participant]?.online === false);
  if (you === null) return null;
  const name = (id: string | undefined) => participants[id ?? '']?.displayName ?? t.someone;
  const others = list
    .filter((person) => person.id !== driver?.participant && person.online)
    .sort(
      (a, b) => Number(a.narrow ?? false) - Number(b.narrow ?? false) || a.displayName.localeCompare(b.displayName),
    );
  const next = nextFromHands(view);
  const mayOffer = you.drives || you.facilitator;
  return (
    <div className={s['handover']}>
      <p className={s['who']}>
        <b>
          {driver === null ? t.now.noDriver : you.drives ? t.now.youDrive : t.now.drivesNow(name(driver.participant))}
        </b>
        {driver !== null && now !== null ? <span translate="no">{clockText(now - driver.since)}</span> : null}
        {lease === null ? null : <span>{t.driver.gone(lease)}</span>}
      </p>
      {offer ? (
        <div className={s['offer']}>
          <p>
            <span>{t.driver.waiting(name(offer.to))}</span>{' '}
            {now !== null ? <small>{t.driver.left(offerLeft(offer.at, now))}</small> : null}
          </p>
          <Button onClick={() => void act({ type: 'driver.withdrawOffer' })}>{t.driver.withdraw}</Button>
        </div>
      ) : (
        <>
          {next && mayOffer ? (
            <Button look="signal" wide onClick={() => void act({ type: 'driver.offer', to: next })}>
              {t.driver.offerNext(participants[next]?.narrow ? t.driver.onPhone(name(next)) : name(next))}
            </Button>
          ) : null}
          {mayOffer && others.length > 0 ? (
            <div className={s['pick']}>
              <select
                className={f['select']}
                value={to}
                aria-label={t.driver.pick}
                onFocus={() => setChoosing(true)}
                onChange={(event) => setTo(event.target.value)}
              >
                <option value="">{t.driver.pick}</option>
                {others.map((person) => (
                  <option key={person.id} value={person.id}>
                    {person.narrow ? t.driver.onPhone(person.displayName) : person.displayName}
                    <PersonMarks id={person.id} />
                  </option>
                ))}
              </select>
              <Button
                disabled={to === ''}
                onClick={() => void act({ type: 'driver.offer', to }).then((ack) => ack.ok && setTo(''))}
              >
                {t.driver.offer}
              </Button>
            </div>
          ) : null}
          {mayOffer && others.length === 0 ? <Hint>{t.driver.alone}</Hint> : null}
        </>
      )}
      <div className={s['buttons']}>
        {you.facilitator && !you.drives ? (
          <Button look="primary" onClick={() => void act({ type: 'driver.take' })}>
            {driver === null ? t.driver.take : t.driver.takeOver}
          </Button>
        ) : null}
        {you.facilitator && driver !== null && !you.drives ? (
          <Button look="danger" onClick={() => void act({ type: 'driver.revoke' })}>
            {t.driver.revoke}
          </Button>
        ) : null}
        {you.drives ? (
          <Button look="outline" onClick={() => void act({ type: 'driver.release' })}>
            {t.driver.release}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
