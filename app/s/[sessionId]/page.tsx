// The participant's page.
import { ParticipantSurface } from '#app/_surfaces/participant-surface.tsx';
import { SessionGate } from '#app/_surfaces/session-gate.tsx';

export default async function ParticipantPage({ params }: { params: Promise<{ sessionId: string }> }) {
  return (
    <SessionGate sessionId={(await params).sessionId}>
      <ParticipantSurface />
    </SessionGate>
  );
}
