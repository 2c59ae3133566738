// The participant's page.
// RUNS IN server
import { ParticipantSurface } from '../../_components/participant-surface.tsx';
import { SessionGate } from '../../_components/session-gate.tsx';

export default async function ParticipantPage({ params }: { params: Promise<{ sessionId: string }> }) {
  return (
    <SessionGate sessionId={(await params).sessionId}>
      <ParticipantSurface />
    </SessionGate>
  );
}
