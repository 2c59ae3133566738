'use client';
// Says on the host page that the session was about to be deleted, because nobody had used it, and is kept again.
import { useState } from 'react';
import { useOfFacilitatorView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '../_ui/button.tsx';
import { dateText } from '../_ui/chart-numbers.ts';
import { Hint, Panel } from '../_ui/panel.tsx';

export function BroughtBack() {
  const deleted = useOfFacilitatorView((view) => view.retention.broughtBack);
  const kept = useOfFacilitatorView((view) => view.retention.keptUntil);
  const [seen, setSeen] = useState(0);
  if (deleted === undefined || kept === undefined || deleted <= seen) return null;
  return (
    <Panel title={t.broughtBack.head}>
      <Hint>{t.broughtBack.hint(dateText(deleted), dateText(kept))}</Hint>
      <Button onClick={() => setSeen(deleted)}>{t.broughtBack.seen}</Button>
    </Panel>
  );
}
