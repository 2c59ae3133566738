'use client';
// Works out the notices of the person on this page from each view, keeps them in this browser, and shows the newest for a
// few seconds above everything else.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { serverNow } from '#app/_session/clock.ts';
import { useActing } from '#app/_session/command-actions.tsx';
import { useMaybeOfView, useSessionId, useYou } from '#app/_session/use-session.tsx';
import { concernsOf } from '#session-core/client/concerns.ts';
import { holdsNotice, keyOfNotice, type Notice, type NoticeCode, noticesOf } from '#session-core/client/notices.ts';
import { type Kept, keyOfKept, NOTHING_KEPT, readKept, unreadOf, withNotices, writeKept } from './kept-notices.ts';
import { NoticeLayer } from './notice-layer.tsx';
import type { KnownNotices, NoticeSurface } from './notice-surface.ts';

const NO_CODES: readonly NoticeCode[] = [];

export function NoticesAtWork(props: {
  readonly surface: NoticeSurface;
  readonly listOpen: boolean;
  readonly openList: (open: boolean) => void;
  readonly onKnown: (known: KnownNotices) => void;
}) {
  const { surface, listOpen, openList, onKnown } = props;
  const { kept, waiting, shown, markRead } = useNotices(surface.shows);
  useEffect(() => onKnown({ list: kept.list, readAt: kept.readAt, unread: unreadOf(kept) }), [kept, onKnown]);
  const wasOpen = useRef(false);
  useEffect(() => {
    // What is new stays marked while the list is open.
    if (listOpen && waiting.length > 0) shown(waiting);
    if (!listOpen && wasOpen.current) markRead();
    wasOpen.current = listOpen;
  }, [listOpen, waiting, shown, markRead]);
  return (
    <NoticeLayer
      waiting={listOpen ? [] : waiting}
      onShown={shown}
      onMore={() => openList(true)}
      {...(surface.onPlace ? { onPlace: surface.onPlace } : {})}
    />
  );
}

function useNotices(shows: readonly NoticeCode[] = NO_CODES) {
  const session = useSessionId();
  const you = useYou();
  const { actedOn } = useActing();
  const seen = useSeen();
  const key = you === null ? null : keyOfKept(session, you.participant);
  const [kept, setKept] = useState<Kept>(NOTHING_KEPT);
  const [waiting, setWaiting] = useState<readonly Notice[]>([]);
  /** Of this page; another tab of the person works out its own. */
  const known = useRef<{ readonly key: string; readonly concerns: Kept['concerns']; readonly text?: string } | null>(
    null,
  );

  useEffect(() => {
    if (seen === null || you === null || key === null) return;
    if (known.current?.key !== key) known.current = { key, concerns: readKept(key).concerns };
    const before = known.current.concerns;
    const concerns = concernsOf(seen, you, before);
    // Most of what happens in a session concerns somebody else.
    const text = JSON.stringify(concerns);
    if (known.current.text === text) return;
    known.current = { key, concerns, text };
    // What somebody has just done here themselves is no news to them.
    const fresh = noticesOf(before, concerns, serverNow()).filter(
      (notice) => !actedOn(notice.about) || (notice.code === 'suggestion_applied' && notice.facts.result !== null),
    );
    const stored = readKept(key);
    const next = { ...withNotices(stored, fresh), concerns };
    if (JSON.stringify(next) !== JSON.stringify(stored)) writeKept(key, next);
    setKept((now) => (fresh.length === 0 && now.list.length === next.list.length ? now : next));
    setWaiting((now) => {
      const keys = new Set(fresh.map(keyOfNotice));
      // An offer has its own place; it is in the list only.
      const news = fresh.filter(({ code }) => code !== 'driving_offered' && !shows.includes(code));
      const still = now.filter((notice) => !keys.has(keyOfNotice(notice)) && holdsNotice(notice, concerns));
      return news.length === 0 && still.length === now.length ? now : [...still, ...news];
    });
  }, [seen, you, key, actedOn, shows]);

  useEffect(() => {
    if (key === null) return;
    const read = (event: StorageEvent) => event.key === key && setKept(readKept(key));
    addEventListener('storage', read);
    return () => removeEventListener('storage', read);
  }, [key]);

  const markRead = useCallback(() => {
    if (key === null) return;
    setKept((now) => {
      const next = { ...now, readAt: Math.max(serverNow(), now.list[0]?.at ?? 0) };
      writeKept(key, { ...readKept(key), readAt: next.readAt });
      return next;
    });
  }, [key]);
  const shown = useCallback((notices: readonly Notice[]) => {
    setWaiting((now) => now.filter((notice) => !notices.includes(notice)));
  }, []);
  return { kept, waiting, shown, markRead };
}

/** The parts of the view that notices come from: one object as long as they are the same. */
function useSeen() {
  const driver = useMaybeOfView((view) => view.driver);
  const offer = useMaybeOfView((view) => view.offer);
  const participants = useMaybeOfView((view) => view.participants);
  const hands = useMaybeOfView((view) => view.hands);
  const handsAt = useMaybeOfView((view) => view.handsAt);
  const suggestions = useMaybeOfView((view) => view.suggestions);
  const runs = useMaybeOfView((view) => view.runs);
  const polls = useMaybeOfView((view) => view.polls);
  return useMemo(
    () =>
      driver === undefined ||
      offer === undefined ||
      !participants ||
      !hands ||
      !handsAt ||
      !suggestions ||
      !runs ||
      !polls
        ? null
        : { driver, offer, participants, hands, handsAt, suggestions, runs, polls },
    [driver, offer, participants, hands, handsAt, suggestions, runs, polls],
  );
}
