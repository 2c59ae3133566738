// The facilitator's page.
import type { Metadata } from 'next';
import { HostGate } from '#app/_surfaces/host-gate.tsx';
import { HostSurface } from '#app/_surfaces/host-surface.tsx';
import { AllStrings } from '../../../_strings/all-strings.tsx';
import { t } from '../../../_strings/strings.ts';

export const generateMetadata = (): Metadata => ({ title: t.host.title });

export default async function HostPage({ params }: { params: Promise<{ sessionId: string }> }) {
  return (
    <AllStrings language={t.lang}>
      <HostGate sessionId={(await params).sessionId}>
        <HostSurface />
      </HostGate>
    </AllStrings>
  );
}
