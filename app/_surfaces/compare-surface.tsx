'use client';
// The page of two runs beside each other: readable by everybody with its address, also after the session has ended. A
// facilitator puts the same two on the projector from here.
import { useSessionId, useView, useYou } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { runName } from '../_features/experiments/comparison-heads.tsx';
import { RunComparison, useNamedRun } from '../_features/experiments/run-comparison.tsx';
import { useAct } from '../_session/command-actions.tsx';
import { Button, ButtonLink } from '../_ui/button.tsx';
import s from './compare.module.css';

export function CompareSurface({ before, after }: { readonly before: string; readonly after: string }) {
  const session = useSessionId();
  const { title } = useView('title');
  const you = useYou();
  const act = useAct();
  const [first, second] = [useNamedRun(before), useNamedRun(after)];
  const both = first?.kind === 'main' && second?.kind === 'main';
  return (
    <main id="main" className={s['page']}>
      <header className={s['head']}>
        <p dir="auto">{title}</p>
        <h1>{t.compare.head(runName(first), runName(second))}</h1>
        <div className={s['actions']}>
          {you?.facilitator && both ? (
            <Button
              look="primary"
              onClick={() => void act({ type: 'comparison.show', before: first.id, after: second.id })}
            >
              {t.compare.project}
            </Button>
          ) : null}
          <ButtonLink look="outline" href={`/s/${session}/compare/${after}/${before}`}>
            {t.compare.swap}
          </ButtonLink>
          {you ? (
            <ButtonLink look="outline" href={you.facilitator ? `/s/${session}/host` : `/s/${session}`}>
              {t.compare.back}
            </ButtonLink>
          ) : null}
        </div>
      </header>
      <RunComparison before={before} after={after} />
    </main>
  );
}
