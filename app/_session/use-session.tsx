'use client';
// The session for React: a provider that opens the store, and hooks that each select one part of it, so that a log line
// does not render the queue again.
import { createContext, type ReactNode, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { FirstView } from '#session-core/client/first-view.ts';
import type { ClientCommand } from '#session-core/model/client-commands.ts';
import type { Ack } from '#session-core/protocol/messages.ts';
import type { FacilitatorView, PublicView, YouView } from '#session-core/view/view-types.ts';
import type { RunProgress } from './run-progress.ts';
import { type AnyView, createSessionStore, type Known, type SessionStore } from './session-store.ts';

export const StoreContext = createContext<{ readonly store: SessionStore; readonly sessionId: string } | null>(null);

export function SessionProvider(props: {
  readonly sessionId: string;
  readonly viewer?: boolean;
  /** JSON of the part of the view that the page came with; see FirstView. */
  readonly first?: string | undefined;
  readonly children: ReactNode;
}) {
  const { sessionId, viewer = false, first, children } = props;
  const [held] = useState(() => {
    const known = first === undefined ? null : (JSON.parse(first) as FirstView);
    return { store: createSessionStore(sessionId, { viewer, first: known }), sessionId };
  });
  useEffect(() => held.store.open(), [held]);
  return <StoreContext.Provider value={held}>{children}</StoreContext.Provider>;
}

function useHeld() {
  const held = useContext(StoreContext);
  if (held === null) throw new Error('This component is not inside SessionProvider.');
  return held;
}

function useKnown<T>(pick: (known: Known) => T): T {
  const { store } = useHeld();
  const get = () => pick(store.get());
  return useSyncExternalStore(store.subscribe, get, get);
}

export const useSessionId = (): string => useHeld().sessionId;
export const useStore = (): SessionStore => useHeld().store;
export const useConnectionState = () => useKnown((known) => known.connection);
export const useFinal = () => useKnown((known) => known.final);
/** One value of the view; undefined before it has arrived. */
export const useMaybeOfView = <T,>(pick: (view: PublicView) => T): T | undefined =>
  useKnown((known) => (known.view === null ? undefined : pick(known.view)));
/** What the page came with, until the whole view has arrived. */
export const useFirstView = (): FirstView | null => useKnown((known) => known.first);
export const useTab = (): string => useKnown((known) => known.tab);
export const useYou = (): YouView | null => useKnown((known) => known.you);
export const useProgress = (run: string | undefined): RunProgress | undefined =>
  useKnown((known) => (run === undefined ? undefined : known.progress[run]));

function inGate(known: Known): AnyView {
  if (known.view === null) throw new Error('This component is not inside SessionGate.');
  return known.view;
}

/**
 * The named parts of the view: the component renders again only when one of them changes. Parts that a patch left alone
 * keep their identity (see `applyPatch`), so they are compared by it.
 */
export function useView<K extends keyof PublicView>(...keys: readonly K[]): Pick<PublicView, K> {
  const last = useRef<Pick<PublicView, K> | null>(null);
  return useKnown((known) => {
    const view: PublicView = inGate(known);
    const before = last.current;
    if (before !== null && keys.every((key) => before[key] === view[key] && key in before)) return before;
    last.current = Object.fromEntries(keys.map((key) => [key, view[key]])) as Pick<PublicView, K>;
    return last.current;
  });
}

/** One value of the view: the component renders again only when it changes, so select values that keep their identity. */
export function useOfView<T>(pick: (view: PublicView) => T): T {
  return useKnown((known) => pick(inGate(known)));
}

/**
 * Some rows of a list of the view: the same object as long as each of them is the same, so that a vote for one suggestion
 * does not render what shows others.
 */
export function useRowsOfView<T>(pick: (view: PublicView) => Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  const last = useRef<Readonly<Record<string, T>> | null>(null);
  return useKnown((known) => {
    const rows = pick(inGate(known));
    const before = last.current;
    if (before !== null && sameRows(before, rows)) return before;
    last.current = rows;
    return rows;
  });
}

function sameRows<T>(one: Readonly<Record<string, T>>, other: Readonly<Record<string, T>>): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}

/** One value of the facilitator's superset of the view; undefined for others. */
export function useOfFacilitatorView<T>(pick: (view: FacilitatorView) => T): T | undefined {
  return useKnown((known) => {
    const view = inGate(known);
    return 'pulses' in view ? pick(view) : undefined;
  });
}

/** The session is over: it can be read, and nothing of it changes any more. */
export function useEnded(): boolean {
  return useOfView((view) => view.status === 'ended');
}

export function useSend(): (command: ClientCommand) => Promise<Ack> {
  return useHeld().store.send;
}
