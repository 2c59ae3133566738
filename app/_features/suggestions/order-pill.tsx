'use client';
// "3 new, order changed": brings a list that keeps still up to date. It lies over the end of the list, so that nothing moves
// when it appears.
import { t } from '#app/_strings/strings.ts';
import s from './order-pill.module.css';
import type { Steady } from './use-steady-order.ts';

export function OrderPill({ steady }: { readonly steady: Steady }) {
  const { waiting, changed, update } = steady;
  return (
    <div className={s['place']}>
      {waiting > 0 || changed ? (
        <button type="button" className={s['pill']} onClick={update}>
          {t.queue.orderPill(waiting, changed)}
        </button>
      ) : null}
    </div>
  );
}
