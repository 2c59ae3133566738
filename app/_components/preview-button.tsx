'use client';
// Asking what an idea would do to the metric: for its author, the driver and the facilitator.
// RUNS IN browser
import { t } from '#app/_strings/strings.ts';
import type { SuggestionView } from '#session-core/view/view-types.ts';
import { useAct } from './act.tsx';
import { Button } from './button.tsx';

export function PreviewButton({ card }: { readonly card: SuggestionView }) {
  const act = useAct();
  const busy = card.preview?.status === 'queued' || card.preview?.status === 'running';
  if (!card.patch || card.status === 'accepted') return null;
  return (
    <Button
      look="quiet"
      disabled={busy || card.patch.state === 'conflict'}
      onClick={() => void act({ type: 'preview.request', suggestion: card.id })}
    >
      {busy ? t.card.previewing : card.preview ? t.card.previewAgain : t.card.preview}
    </Button>
  );
}
