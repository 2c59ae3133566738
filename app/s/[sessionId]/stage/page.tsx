// The projector's page.
// RUNS IN server
import type { Metadata } from 'next';
import { SessionGate } from '../../../_components/session-gate.tsx';
import { StageSurface } from '../../../_components/stage-surface.tsx';
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
