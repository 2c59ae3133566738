'use client';
// "3 new, order changed": brings a list that keeps still up to date.
import { t } from '#app/_strings/strings.ts';
import { UpdatePill } from '#app/_ui/update-pill.tsx';
import type { Steady } from './use-steady-order.ts';

export function OrderPill({ steady }: { readonly steady: Steady }) {
  const { waiting, changed, update } = steady;
  return <UpdatePill label={waiting > 0 || changed ? t.queue.orderPill(waiting, changed) : null} onUpdate={update} />;
}
