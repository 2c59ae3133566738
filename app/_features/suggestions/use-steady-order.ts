// Keeps a list still while somebody interacts with it (see `steadyOrder`). New items wait behind a button.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Id } from '#session-core/model/types.ts';
import { steadyOrder } from './queue.ts';

const HOLD_MS = 1_500;

export interface Steady {
  readonly order: readonly Id[];
  /** How many wait behind the button. */
  readonly waiting: number;
  readonly showAll: () => void;
  /** Somebody points, touches or moves by keyboard inside the list. */
  readonly touch: () => void;
}

/** `key`: a new one (another filter or sort) resets the order. */
export function useSteadyOrder(wanted: readonly Id[], own: ReadonlySet<Id>, key: string): Steady {
  const [shown, setShown] = useState<{ key: string; order: readonly Id[] }>({ key, order: wanted });
  const touchedAt = useRef(0);
  const [tick, setTick] = useState(0);
  const touch = useCallback(() => {
    touchedAt.current = Date.now();
  }, []);
  useEffect(() => {
    const timer = setInterval(() => setTick((n) => n + 1), HOLD_MS);
    return () => clearInterval(timer);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each tick checks again whether the list is still in use
  const order = useMemo(() => {
    if (shown.key !== key) return wanted;
    return steadyOrder(shown.order, wanted, { held: Date.now() - touchedAt.current < HOLD_MS, own });
  }, [shown, wanted, own, key, tick]);
  useEffect(() => {
    setShown((before) => (before.key === key && before.order === order ? before : { key, order }));
  }, [order, key]);
  const showAll = useCallback(() => setShown({ key, order: wanted }), [key, wanted]);
  return { order, waiting: wanted.length - order.length, showAll, touch };
}
