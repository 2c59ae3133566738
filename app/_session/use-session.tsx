'use client';
// The session for React: a provider that opens the store, and hooks that each select one part of it, so that a log line
// does not render the queue again.
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { ClientCommand } from '#session-core/model/client-commands.ts';
import type { Ack } from '#session-core/protocol/messages.ts';
import type { FacilitatorView, PublicView, YouView } from '#session-core/view/view-types.ts';
import type { RunProgress } from './run-progress.ts';
import { createSessionStore, type Known, type SessionStore } from './session-store.ts';

const StoreContext = createContext<{ readonly store: SessionStore; readonly sessionId: string } | null>(null);

export function SessionProvider(props: {
  readonly sessionId: string;
  readonly viewer?: boolean;
  readonly children: ReactNode;
}) {
  const { sessionId, viewer = false, children } = props;
  const [held] = useState(() => ({ store: createSessionStore(sessionId, viewer), sessionId }));
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
export const useMaybeView = () => useKnown((known) => known.view);
export const useTab = (): string => useKnown((known) => known.tab);
export const useYou = (): YouView | null => useKnown((known) => known.you);
export const useProgress = (run: string | undefined): RunProgress | undefined =>
  useKnown((known) => (run === undefined ? undefined : known.progress[run]));

/** The view, inside of `SessionGate`, which waits for it. */
export function useView(): PublicView {
  const view = useMaybeView();
  if (view === null) throw new Error('This component is not inside SessionGate.');
  return view;
}

/** One part of the view: the component renders again only when that part changes, so select values that keep their identity. */
export function useOfView<T>(pick: (view: PublicView) => T): T {
  return useKnown((known) => {
    if (known.view === null) throw new Error('This component is not inside SessionGate.');
    return pick(known.view);
  });
}

/** The facilitator's superset of the view; null for others. */
export function useFacilitatorView(): FacilitatorView | null {
  const view = useView();
  return 'pulses' in view ? (view as FacilitatorView) : null;
}

export function useSend(): (command: ClientCommand) => Promise<Ack> {
  return useHeld().store.send;
}
