'use client';
// What the facilitator says about the lines that a tour has reached: over a participant's page, with a way there, and large
// beside the code of the projector view.
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import type { ShownPlace } from '#session-core/model/types.ts';
import s from './tour-bar.module.css';

export function TourBar({ place, onGo }: { readonly place: ShownPlace; readonly onGo: (() => void) | null }) {
  return (
    <section className={s['bar']} aria-label={t.tour.head}>
      <TourText place={place} />
      {onGo ? (
        <Button look="primary" onClick={onGo}>
          {t.tour.go}
        </Button>
      ) : null}
    </section>
  );
}

export function TourCard({ place }: { readonly place: ShownPlace }) {
  return (
    <section className={s['card']} aria-label={t.tour.head}>
      <TourText place={place} />
    </section>
  );
}

function TourText({ place }: { readonly place: ShownPlace }) {
  const { file, fromLine, toLine, index, of, sentence } = place;
  return (
    <div>
      <p className={s['where']}>
        <code translate="no">{t.tour.lines(file, fromLine, toLine)}</code> <small>{t.tour.place(index + 1, of)}</small>
      </p>
      <p className={s['sentence']} dir="auto">
        {sentence}
      </p>
    </div>
  );
}
