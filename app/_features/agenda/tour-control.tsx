'use client';
// A step's tour, for the facilitator: which place is shown, the next one, and any other by a press.
import { useAct } from '#app/_session/command-actions.tsx';
import { useOfView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import type { Place } from '#session-core/model/agenda.ts';
import s from './agenda.module.css';

export function TourControl({ id, places }: { readonly id: string; readonly places: readonly Place[] }) {
  const act = useAct();
  const shown = useOfView((view) => view.scene.place);
  const at = shown?.step === id ? shown.index : -1;
  return (
    <section className={s['tour']} aria-label={t.tour.head}>
      <ol>
        {places.map(({ file, fromLine, toLine, sentence }, i) => (
          <li key={`${file} ${fromLine} ${sentence}`}>
            <button
              type="button"
              aria-current={i === at ? 'true' : undefined}
              onClick={() => void act({ type: 'tour.show', step: id, place: i })}
            >
              <span className="hidden-text">{t.tour.show(i + 1)}</span>{' '}
              <code translate="no">{t.tour.lines(file, fromLine, toLine)}</code>
              {i === at ? <span dir="auto">{sentence}</span> : null}
            </button>
          </li>
        ))}
      </ol>
      {at + 1 < places.length ? (
        <Button look="primary" onClick={() => void act({ type: 'tour.show', step: id, place: at + 1 })}>
          {at < 0 ? t.tour.show(1) : t.tour.next}
        </Button>
      ) : null}
    </section>
  );
}
