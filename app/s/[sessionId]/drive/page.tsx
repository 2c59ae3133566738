// The driver's page.
import type { Metadata } from 'next';
import { DriverSurface } from '#app/_surfaces/driver-surface.tsx';
import { SessionGate } from '#app/_surfaces/session-gate.tsx';
import { AllStrings } from '../../../_strings/all-strings.tsx';
import { t } from '../../../_strings/strings.ts';

export const generateMetadata = (): Metadata => ({ title: t.drive.title });

export default async function DrivePage({ params }: { params: Promise<{ sessionId: string }> }) {
  return (
    <AllStrings language={t.lang}>
      <SessionGate sessionId={(await params).sessionId}>
        <DriverSurface />
      </SessionGate>
    </AllStrings>
  );
}
