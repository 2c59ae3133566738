// The facilitator's remote control.
import type { Metadata } from 'next';
import { HostGate } from '#app/_surfaces/host-gate.tsx';
import { RemoteSurface } from '#app/_surfaces/remote-surface.tsx';
import { AllStrings } from '../../../_strings/all-strings.tsx';
import { t } from '../../../_strings/strings.ts';

export const generateMetadata = (): Metadata => ({ title: t.remote.title });

export default async function RemotePage({ params }: { params: Promise<{ sessionId: string }> }) {
  return (
    <AllStrings language={t.lang}>
      <HostGate sessionId={(await params).sessionId}>
        <RemoteSurface />
      </HostGate>
    </AllStrings>
  );
}
