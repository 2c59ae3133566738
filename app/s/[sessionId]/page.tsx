// The participant's page. Who has joined gets it with task, score and suggestions in it, before any script.
import { pageFacts } from '#app/_features/join/page-facts.ts';
import { ParticipantSurface } from '#app/_surfaces/participant-surface.tsx';
import { SessionGate } from '#app/_surfaces/session-gate.tsx';

export default async function ParticipantPage({ params }: { params: Promise<{ sessionId: string }> }) {
  const { first } = await pageFacts();
  return (
    <SessionGate sessionId={(await params).sessionId} first={first}>
      <ParticipantSurface />
    </SessionGate>
  );
}
