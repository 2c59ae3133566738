// The session once more, in a minute: its code, suggestions and score.
import type { Metadata } from 'next';
import { ReplaySurface } from '#app/_surfaces/replay-surface.tsx';
import { SessionGate } from '#app/_surfaces/session-gate.tsx';
import { AllStrings } from '../../../_strings/all-strings.tsx';
import { t } from '../../../_strings/strings.ts';

export const generateMetadata = (): Metadata => ({ title: t.replay.title });

export default async function ReplayPage({ params }: { params: Promise<{ sessionId: string }> }) {
  return (
    <AllStrings language={t.lang}>
      <div>
        <SessionGate sessionId={(await params).sessionId} fallback={<ReplaySurface />}>
          <ReplaySurface />
        </SessionGate>
      </div>
    </AllStrings>
  );
}
