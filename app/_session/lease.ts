// The seconds until a disconnected driver loses the driver role, counted from when this page saw them disconnect.
import { useEffect, useState } from 'react';
import { LIMITS } from '#session-core/model/limits.ts';
import { serverNow, useNow } from './clock.ts';

/** Whole seconds, 0 when the role is about to be released; null while the driver is connected. */
export function useLeaseLeft(gone: boolean): number | null {
  const [since, setSince] = useState<number | null>(null);
  const now = useNow(1000, gone);
  useEffect(() => setSince(gone ? serverNow() : null), [gone]);
  if (!gone || since === null || now === null) return null;
  return Math.max(0, Math.ceil((since + LIMITS.leaseMs - now) / 1000));
}

/** Seconds until an offer of the driver role expires. */
export const offerLeft = (at: number, now: number): number =>
  Math.max(0, Math.ceil((at + LIMITS.offerMs - now) / 1000));
