'use client';
// The page of the join link. Where the browser keeps no cookies and only this page knows who has joined, the session
// opens in it: another page would ask for the name again. Title and focus go on to the session, as with a page load.
import { type ComponentProps, useState } from 'react';
import { t } from '#app/_strings/strings.ts';
import { JoinForm } from '../_features/join/join-form.tsx';
import { OnDemand } from '../_ui/on-demand.tsx';

const session = async () => (await import('./joined-surface.tsx')).JoinedSurface;

export function JoinSurface(props: Omit<ComponentProps<typeof JoinForm>, 'onHeld'>) {
  const [joined, setJoined] = useState<string | null>(null);
  const open = (sessionId: string) => {
    document.title = `${props.title} · ${t.product}`;
    setJoined(sessionId);
  };
  return joined === null ? (
    <JoinForm {...props} onHeld={open} />
  ) : (
    <OnDemand load={session} props={{ sessionId: joined }} />
  );
}
