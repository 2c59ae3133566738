// How long a driver who is gone still holds the seat, counted from when this page saw them go.
import { useEffect, useState } from 'react';
import { LIMITS } from '#session-core/model/limits.ts';
import { serverNow, useNow } from './clock.ts';

/** Whole seconds, 0 once the seat is about to be freed; null while the driver is here. */
export function useLeaseLeft(gone: boolean): number | null {
  const [since, setSince] = useState<number | null>(null);
  const now = useNow(1000, gone);
  useEffect(() => setSince(gone ? serverNow() : null), [gone]);
  if (!gone || since === null || now === null) return null;
  return Math.max(0, Math.ceil((since + LIMITS.leaseMs - now) / 1000));
}

/** Seconds in which an offer of the seat can still be taken. */
export const offerLeft = (at: number, now: number): number =>
  Math.max(0, Math.ceil((at + LIMITS.offerMs - now) / 1000));
