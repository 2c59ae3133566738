'use client';
// Asks before a checkpoint replaces the shared code.
import { useActing } from '#app/_session/command-actions.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import s from './agenda.module.css';

export interface Checkpoint {
  readonly name: string;
  readonly title: string;
}

export function LoadDialog({ chosen, onClose }: { readonly chosen: Checkpoint | null; readonly onClose: () => void }) {
  const { act } = useActing();
  return (
    <Dialog open={chosen !== null} onClose={onClose} title={t.agenda.loadHead(chosen?.title ?? '')}>
      <p>{t.agenda.loadHint}</p>
      <div className={s['acts']}>
        <Button
          look="primary"
          onClick={() => {
            if (chosen) void act({ type: 'checkpoint.load', name: chosen.name });
            onClose();
          }}
        >
          {t.agenda.load}
        </Button>
        <Button onClick={onClose}>{t.cancel}</Button>
      </div>
    </Dialog>
  );
}
