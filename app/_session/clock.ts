// The server's clock in the browser, because the client's own may be minutes off.
import { useEffect, useState } from 'react';

let offsetMs = 0;

/** Learns the difference from the Date header of an answer (whole seconds, taken at their middle). */
export function learnClock(dateHeader: string | null, receivedAt: number): void {
  const serverTime = dateHeader === null ? Number.NaN : Date.parse(dateHeader);
  const difference = serverTime + 500 - receivedAt;
  // A difference below 1.5 s is within the precision of the header.
  if (Number.isFinite(difference)) offsetMs = Math.abs(difference) < 1500 ? 0 : difference;
}

/** Milliseconds since 1970 as the server counts them. */
export function serverNow(): number {
  return Date.now() + offsetMs;
}

/** The server's time, renewed every `everyMs` while `running`; null on the first render, where there is no clock yet. */
export function useNow(everyMs = 1000, running = true): number | null {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    setNow(serverNow());
    if (!running) return;
    const timer = setInterval(() => setNow(serverNow()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, running]);
  return now;
}
