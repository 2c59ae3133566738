'use client';
// Requests a preview of a suggestion: for its author, the driver and the facilitator.
import { useAct } from '#app/_session/command-actions.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import type { SuggestionView } from '#session-core/view/view-types.ts';

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
