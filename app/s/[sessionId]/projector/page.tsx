// The projector's page.
import type { Metadata } from 'next';
import { ProjectorSurface } from '#app/_surfaces/projector/projector-surface.tsx';
import { SessionGate } from '#app/_surfaces/session-gate.tsx';
import { AllStrings } from '../../../_strings/all-strings.tsx';
import { t } from '../../../_strings/strings.ts';

export const generateMetadata = (): Metadata => ({ title: t.projector.title });

export default async function ProjectorPage({ params }: { params: Promise<{ sessionId: string }> }) {
  return (
    <AllStrings language={t.lang}>
      <div>
        <SessionGate sessionId={(await params).sessionId} viewer>
          <ProjectorSurface />
        </SessionGate>
      </div>
    </AllStrings>
  );
}
