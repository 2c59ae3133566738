'use client';
// The page of the join link. Where the browser keeps no cookies and only this page knows who has joined, the session
// opens in it: another page would ask for the name again.
import { type ComponentProps, useState } from 'react';
import { JoinForm } from '../_features/join/join-form.tsx';
import { OnDemand } from '../_ui/on-demand.tsx';

const session = async () => (await import('./joined-surface.tsx')).JoinedSurface;

export function JoinSurface(props: Omit<ComponentProps<typeof JoinForm>, 'onHeld'>) {
  const [joined, setJoined] = useState<string | null>(null);
  return joined === null ? (
    <JoinForm {...props} onHeld={setJoined} />
  ) : (
    <OnDemand load={session} props={{ sessionId: joined }} />
  );
}
