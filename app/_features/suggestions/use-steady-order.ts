// Keeps a list from moving under a finger: see `steadyOrder`. New ones wait behind a pill until they are asked for.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Id } from '#session-core/model/types.ts';
import { steadyOrder } from './queue.ts';

const HOLD_MS = 1_500;

export interface Steady {
  readonly order: readonly Id[];
  /** How many wait behind the pill. */
  readonly waiting: number;
  readonly showAll: () => void;
  /** Somebody points, touches or moves by keyboard inside the list. */
  readonly touch: () => void;
}

/** `key`: a new one (other filter, other sort) starts afresh. */
export function useSteadyOrder(wanted: readonly Id[], welcome: ReadonlySet<Id>, key: string): Steady {
  const [shown, setShown] = useState<{ key: string; order: readonly Id[] }>({ key, order: wanted });
  const touchedAt = useRef(0);
  const [beat, setBeat] = useState(0);
  const touch = useCallback(() => {
    touchedAt.current = Date.now();
  }, []);
  useEffect(() => {
    const timer = setInterval(() => setBeat((n) => n + 1), HOLD_MS);
    return () => clearInterval(timer);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each beat looks again whether the list is still held
  const order = useMemo(() => {
    if (shown.key !== key) return wanted;
    return steadyOrder(shown.order, wanted, { held: Date.now() - touchedAt.current < HOLD_MS, welcome });
  }, [shown, wanted, welcome, key, beat]);
  useEffect(() => {
    setShown((before) => (before.key === key && before.order === order ? before : { key, order }));
  }, [order, key]);
  const showAll = useCallback(() => setShown({ key, order: wanted }), [key, wanted]);
  return { order, waiting: wanted.length - order.length, showAll, touch };
}
