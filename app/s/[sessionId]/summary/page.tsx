// The summary of a session, to keep and to print.
import type { Metadata } from 'next';
import { SessionGate } from '#app/_surfaces/session-gate.tsx';
import { SummarySurface } from '#app/_surfaces/summary-surface.tsx';
import { AllStrings } from '../../../_strings/all-strings.tsx';
import { t } from '../../../_strings/strings.ts';

export const generateMetadata = (): Metadata => ({ title: t.summary.title });

export default async function SummaryPage({ params }: { params: Promise<{ sessionId: string }> }) {
  return (
    <AllStrings language={t.lang}>
      <div>
        <SessionGate sessionId={(await params).sessionId} fallback={<SummarySurface />}>
          <SummarySurface />
        </SessionGate>
      </div>
    </AllStrings>
  );
}
