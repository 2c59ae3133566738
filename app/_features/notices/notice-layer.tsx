'use client';
// Above everything else: the offer to drive for as long as it is open, or the newest notice for a few seconds.
// Invariant: nothing on the page moves because of it, a finger that is on its way does not hit it, and it never takes the
// focus. One pop-up at a time; what came meanwhile is counted on it and is in the list.
import { useEffect, useState } from 'react';
import { useYou } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Icon } from '#app/_ui/icon.tsx';
import type { Place } from '#pipeline-core/core/report.ts';
import { keyOfNotice, type Notice } from '#session-core/client/notices.ts';
import { DriverOffer } from '../driver/driver-offer.tsx';
import s from './notice-layer.module.css';
import { NoticeLine } from './notice-line.tsx';
import { noticeText, resultText } from './notice-text.ts';
import { useAnnounceRuns } from './run-live-region.tsx';
import { useAnnouncer } from './use-announcer.ts';

const SHOWN_MS = 8_000;

export function NoticeLayer(props: {
  /** Notices that hold and have not been shown, oldest first. */
  readonly waiting: readonly Notice[];
  readonly onShown: (notices: readonly Notice[]) => void;
  readonly onMore: () => void;
  readonly onPlace?: (place: Place) => void;
}) {
  const { waiting, onShown, onMore, onPlace } = props;
  const offered = useYou()?.offer !== undefined;
  const { said, announce } = useAnnouncer();
  useAnnounceRuns(announce);
  const [current, setCurrent] = useState<Notice | null>(null);
  const [held, setHeld] = useState(false);
  const shown = current !== null && waiting.includes(current) && !offered ? current : null;
  const newest = waiting.at(-1) ?? null;
  useEffect(() => {
    if (shown === null && newest !== null && !offered) {
      setHeld(false);
      setCurrent(newest);
    }
  }, [shown, newest, offered]);
  useEffect(() => {
    // A failed run is announced as the newest run.
    if (newest !== null && newest.code !== 'run_failed')
      announce(keyOfNotice(newest), [noticeText(newest), resultText(newest)].filter(Boolean).join(' '));
  }, [newest, announce]);
  // What had been waiting with it was counted on it; what came while it was there is next.
  const [batch, setBatch] = useState<readonly Notice[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the others at the moment when it appears
  useEffect(() => {
    setBatch(shown === null ? [] : waiting);
  }, [shown]);
  useEffect(() => {
    if (shown === null || held) return;
    const timer = setTimeout(() => onShown(batch), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [shown, held, batch, onShown]);
  const others = batch.length - 1;
  return (
    <div className={s['layer']} data-above-dialogs aria-live="off">
      <p className="hidden-text" aria-live="polite">
        {said}
      </p>
      <DriverOffer />
      {shown === null ? null : (
        <section
          key={keyOfNotice(shown)}
          className={s['notice']}
          // Here too: the tap that takes it away is judged when it is no longer inside the layer.
          data-above-dialogs
          aria-label={t.notice.popUp}
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
        >
          <NoticeLine notice={shown} {...(onPlace ? { onPlace } : {})} />
          {others > 0 ? (
            <button type="button" className={s['more']} onClick={onMore}>
              {t.notice.more(others)}
            </button>
          ) : null}
          <button type="button" className={s['close']} aria-label={t.close} onClick={() => onShown(batch)}>
            <Icon name="close" size={18} />
          </button>
        </section>
      )}
    </div>
  );
}
