// The projector's page.
// RUNS IN server
import type { Metadata } from 'next';
import { StageSurface } from '#app/_surfaces/projector-surface.tsx';
import { SessionGate } from '#app/_surfaces/session-gate.tsx';
import { t } from '../../../_strings/strings.ts';

export const metadata: Metadata = { title: t.stageView.title };

export default async function StagePage({ params }: { params: Promise<{ sessionId: string }> }) {
  return (
    <div>
      <SessionGate sessionId={(await params).sessionId} viewer>
        <StageSurface />
      </SessionGate>
    </div>
  );
}
