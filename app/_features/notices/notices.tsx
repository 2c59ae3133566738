'use client';
// The notices of the person on this page: works them out from each view, keeps them in this browser, shows the newest for
// a few seconds above everything else, and has the list for `NoticeBell`.
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { serverNow } from '#app/_session/clock.ts';
import { useActing } from '#app/_session/command-actions.tsx';
import { useMaybeOfView, useSessionId, useYou } from '#app/_session/use-session.tsx';
import type { Place } from '#pipeline-core/core/report.ts';
import { concernsOf } from '#session-core/client/concerns.ts';
import { holdsNotice, keyOfNotice, type Notice, type NoticeCode, noticesOf } from '#session-core/client/notices.ts';
import { type Kept, keyOfKept, NOTHING_KEPT, readKept, unreadOf, withNotices, writeKept } from './kept-notices.ts';
import { NoticeLayer } from './notice-layer.tsx';

interface Notices {
  readonly list: readonly Notice[];
  readonly readAt: number;
  readonly unread: number;
  readonly listOpen: boolean;
  readonly openList: (open: boolean) => void;
  readonly surface: Surface;
  readonly setSurface: (surface: Surface) => void;
}
/** What the page around it can do. */
interface Surface {
  /** Opens a line of code. */
  readonly onPlace?: (place: Place) => void;
  /** Notices that the page shows by itself: they are in the list and do not pop up. */
  readonly shows?: readonly NoticeCode[];
}
const NO_SURFACE: Surface = {};
const NO_CODES: readonly NoticeCode[] = [];

const NoticesContext = createContext<Notices | null>(null);

export function NoticesProvider({ children }: { readonly children: ReactNode }) {
  const [listOpen, setListOpen] = useState(false);
  const [surface, setSurface] = useState(NO_SURFACE);
  const { kept, waiting, shown, markRead } = useNotices(surface.shows);
  const openList = useCallback(
    (open: boolean) => {
      setListOpen(open);
      // What is new stays marked while the list is open.
      if (open) shown(waiting);
      else markRead();
    },
    [markRead, shown, waiting],
  );
  const value = useMemo(
    () => ({ list: kept.list, readAt: kept.readAt, unread: unreadOf(kept), listOpen, openList, surface, setSurface }),
    [kept, listOpen, openList, surface],
  );
  return (
    <NoticesContext.Provider value={value}>
      <NoticeLayer
        waiting={listOpen ? [] : waiting}
        onShown={shown}
        onMore={() => openList(true)}
        {...(surface.onPlace ? { onPlace: surface.onPlace } : {})}
      />
      {children}
    </NoticesContext.Provider>
  );
}

export function useNoticeList(): Notices {
  const notices = useContext(NoticesContext);
  if (notices === null) throw new Error('This component is not inside NoticesProvider.');
  return notices;
}

/** Says what this surface does with notices. `shows` is a constant. */
export function useNoticeSurface(onPlace: (place: Place) => void, shows?: readonly NoticeCode[]): void {
  const { setSurface } = useNoticeList();
  const latest = useRef(onPlace);
  latest.current = onPlace;
  useEffect(() => {
    setSurface({ onPlace: (place) => latest.current(place), ...(shows ? { shows } : {}) });
    return () => setSurface(NO_SURFACE);
  }, [setSurface, shows]);
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
