// Keeps a list still while it is on screen (see `steadyOrder`): what has changed waits behind a button. A list that nobody
// sees, in a tab of the browser behind others, is brought up to date.
import { useCallback, useEffect, useState } from 'react';
import type { Id } from '#session-core/model/types.ts';
import { same, steadyOrder } from './queue.ts';

export interface Steady {
  readonly order: readonly Id[];
  /** How many new ones wait behind the button. */
  readonly waiting: number;
  /** The order of what is shown is not the wanted one. */
  readonly changed: boolean;
  readonly update: () => void;
}

/** `key`: a new one (another filter or sort) shows the wanted order at once. */
export function useSteadyOrder(
  wanted: readonly Id[],
  how: { readonly key: string; readonly own: ReadonlySet<Id>; readonly exists: (id: Id) => boolean },
): Steady {
  const { key } = how;
  const [shown, setShown] = useState<{ key: string; order: readonly Id[] }>({ key, order: wanted });
  const order = shown.key === key ? steadyOrder(shown.order, wanted, how) : wanted;
  useEffect(() => {
    setShown((before) => (before.key === key && same(before.order, order) ? before : { key, order }));
  }, [order, key]);
  const update = useCallback(() => setShown({ key, order: wanted }), [key, wanted]);
  useEffect(() => {
    const hidden = () => {
      if (document.hidden) update();
    };
    hidden();
    document.addEventListener('visibilitychange', hidden);
    return () => document.removeEventListener('visibilitychange', hidden);
  }, [update]);
  const there = new Set(order);
  const waiting = wanted.filter((id) => !there.has(id)).length;
  return {
    order,
    waiting,
    changed: !same(
      order,
      wanted.filter((id) => there.has(id)),
    ),
    update,
  };
}
