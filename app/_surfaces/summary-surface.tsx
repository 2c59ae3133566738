'use client';
// The summary page: readable by everybody with its address, also after the session has ended.
import { useYou } from '#app/_session/use-session.tsx';
import { Summary } from '../_features/summary/summary.tsx';

export function SummarySurface() {
  return <Summary joined={useYou() !== null} />;
}
