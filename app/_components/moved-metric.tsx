'use client';
// Ideas that moved the metric: accepted ones with the run that measured them. Ties to noise are said, not hidden.
// RUNS IN browser
import { useView } from '#app/_client/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import type { PublicView, RunView, SuggestionView } from '#session-core/view-types.ts';
import s from './moved-metric.module.css';
import { Empty, Panel } from './panel.tsx';
import { Verdict } from './verdict.tsx';

export interface Moved {
  readonly card: SuggestionView;
  readonly run: RunView;
}

/** Largest gain first; what is within noise or not comparable comes after, in the order of its runs. */
export function movedOf(view: PublicView): readonly Moved[] {
  const sign = view.task.direction === 'lower' ? 1 : -1;
  const rank = ({ run }: Moved) => {
    const { verdict, change } = run.comparison ?? {};
    return verdict === 'better' || verdict === 'worse' ? sign * (change ?? 0) : Number.MAX_VALUE;
  };
  return Object.values(view.suggestions)
    .flatMap((card) => {
      const run = card.status === 'accepted' ? view.runs[card.accepted?.run ?? ''] : undefined;
      return run?.status === 'succeeded' && run.comparison ? [{ card, run }] : [];
    })
    .sort((a, b) => rank(a) - rank(b) || (a.run.number ?? 0) - (b.run.number ?? 0));
}

export function MovedMetric({ most = 12 }: { readonly most?: number }) {
  const view = useView();
  const moved = movedOf(view).slice(0, most);
  return (
    <Panel title={t.moved.head}>
      {moved.length === 0 ? (
        <Empty>{t.moved.empty}</Empty>
      ) : (
        <ol className={s['list']}>
          {moved.map(({ card, run }) => (
            <li key={card.id}>
              <p dir="auto">{card.text}</p>
              <p className={s['facts']} dir="auto">
                {run.comparison ? <Verdict comparison={run.comparison} /> : null}
                <span>
                  {[
                    view.participants[card.author]?.alias ?? t.someone,
                    t.card.votes(card.votes),
                    t.score.run(run.number ?? 0),
                  ].join(' · ')}
                </span>
              </p>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
