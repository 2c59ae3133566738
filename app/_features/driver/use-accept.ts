// Accepts a suggestion, from a button or a shortcut, and shows a notice with an Undo button.
import { useCallback } from 'react';
import { useActing } from '#app/_session/command-actions.tsx';
import { t } from '#app/_strings/strings.ts';
import type { SuggestionView } from '#session-core/view/view-types.ts';

/** `hand`: the driver has done it by hand; its patch, if any, is left alone. */
export function useAccept(): (card: SuggestionView, how?: 'hand') => Promise<void> {
  const { act, say } = useActing();
  return useCallback(
    async ({ id: suggestion, text }, how) => {
      const ack = await act({ type: 'suggestion.accept', suggestion, ...(how ? { how } : {}) });
      if (!ack.ok) return;
      const undo = () => void act({ type: 'suggestion.unaccept', suggestion });
      say(t.drive.applied(text), 'good', { label: t.drive.undo, run: undo });
    },
    [act, say],
  );
}
