'use client';
// Accepted suggestions with the run that measured them and the change in the metric, also if it is within noise.
import { useRowsOfView, useView } from '#app/_session/use-session.tsx';
import { isolate } from '#app/_strings/isolate.ts';
import { t } from '#app/_strings/strings.ts';
import { Empty, Panel } from '#app/_ui/panel.tsx';
import { acceptedById, suggestionsThatMoved } from '#session-core/client/experiments.ts';
import { mainRunsById } from '#session-core/client/scores.ts';
import type { PublicView } from '#session-core/view/view-types.ts';
import s from './metric-impact.module.css';
import { Verdict } from './verdict.tsx';

interface MetricImpactProps {
  readonly most?: number;
  /** Each in two lines, where nobody can scroll to a third. */
  readonly brief?: boolean;
}

export function MetricImpact({ most = 12, brief = false }: MetricImpactProps) {
  const rest = useView('revisions', 'task');
  const runs = useRowsOfView(mainRunsById);
  const suggestions = useRowsOfView(acceptedById);
  const view = { ...rest, runs, suggestions };
  const names = useRowsOfView(creditsShown);
  const moved = suggestionsThatMoved(view).slice(0, most);
  return (
    <Panel title={t.impact.head}>
      {moved.length === 0 ? (
        <Empty>{t.impact.empty}</Empty>
      ) : (
        <ol className={s['list']}>
          {moved.map(({ card, run, comparison, together, otherChanges }) => (
            <li key={card.id} className={brief ? s['brief'] : undefined}>
              <p dir="auto">{card.text}</p>
              <p className={s['facts']} dir="auto">
                <Verdict comparison={comparison} />
                <span>
                  {[
                    isolate(names[card.author] ?? t.someone),
                    ...(brief ? [] : [t.card.votes(card.votes), t.score.run(run.number ?? 0)]),
                    ...(together.length > 0 ? [t.impact.together(together.length)] : []),
                    ...(otherChanges ? [t.impact.otherChanges] : []),
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

const creditsShown = (view: PublicView): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.values(acceptedById(view)).flatMap(({ author }) => {
      const person = view.participants[author];
      return person === undefined ? [] : [[author, person.credit ?? person.displayName]];
    }),
  );
