'use client';
// A participant's page inside the page on which they have joined.
import { ParticipantSurface } from './participant-surface.tsx';
import { SessionGate } from './session-gate.tsx';

export function JoinedSurface({ sessionId }: { readonly sessionId: string }) {
  return (
    <SessionGate sessionId={sessionId} justJoined>
      <ParticipantSurface />
    </SessionGate>
  );
}
