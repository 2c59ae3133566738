'use client';
// The notices of the person on this page, for what shows them: the bell with its list, and the surface around it. What
// works them out loads after the first view, which has none (`notices-at-work`).
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { early, OnDemand } from '#app/_ui/on-demand.tsx';
import type { Place } from '#pipeline-core/core/report.ts';
import type { NoticeCode } from '#session-core/client/notices.ts';
import type { KnownNotices, NoticeSurface } from './notice-surface.ts';

interface Notices extends KnownNotices {
  readonly listOpen: boolean;
  readonly openList: (open: boolean) => void;
  readonly surface: NoticeSurface;
  readonly setSurface: (surface: NoticeSurface) => void;
}
const NO_SURFACE: NoticeSurface = {};
const NONE: KnownNotices = { list: [], readAt: 0, unread: 0 };

const NoticesContext = createContext<Notices | null>(null);

const atWork = early(async () => (await import('./notices-at-work.tsx')).NoticesAtWork);

export function NoticesProvider({ children }: { readonly children: ReactNode }) {
  const [listOpen, openList] = useState(false);
  const [surface, setSurface] = useState(NO_SURFACE);
  const [known, setKnown] = useState(NONE);
  const value = useMemo(() => ({ ...known, listOpen, openList, surface, setSurface }), [known, listOpen, surface]);
  return (
    <NoticesContext.Provider value={value}>
      <OnDemand quiet load={atWork} props={{ surface, listOpen, openList, onKnown: setKnown }} />
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
