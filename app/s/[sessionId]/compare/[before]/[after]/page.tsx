// Two runs of a session beside each other, each by its number or its id.
import type { Metadata } from 'next';
import { CompareSurface } from '#app/_surfaces/compare-surface.tsx';
import { SessionGate } from '#app/_surfaces/session-gate.tsx';
import { AllStrings } from '../../../../../_strings/all-strings.tsx';
import { t } from '../../../../../_strings/strings.ts';

export const generateMetadata = (): Metadata => ({ title: t.compare.title });

type Params = Promise<{ sessionId: string; before: string; after: string }>;

export default async function ComparePage({ params }: { params: Params }) {
  const { sessionId, before, after } = await params;
  return (
    <AllStrings language={t.lang}>
      <div>
        <SessionGate sessionId={sessionId} fallback={<CompareSurface before={before} after={after} />}>
          <CompareSurface before={before} after={after} />
        </SessionGate>
      </div>
    </AllStrings>
  );
}
