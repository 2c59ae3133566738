'use client';
// Would more rows help? The score of a run's code on parts of the table, worked out when somebody asks for it.
import { useMemo } from 'react';
import { useView, useYou } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Chart } from '#app/_ui/charts/chart.tsx';
import { Hint } from '#app/_ui/panel.tsx';
import type { RunView } from '#session-core/view/view-types.ts';
import { curveLines } from './model-charts.ts';
import s from './run-errors.module.css';
import { useLearningCurve } from './use-work.ts';
import { WorkProgress } from './work-progress.tsx';

export function LearningCurve({ run }: { readonly run: RunView }) {
  const { task } = useView('task');
  const { read, share, begin, refused } = useLearningCurve(run);
  const you = useYou();
  const { state = 'none', curve = null } = read.value ?? {};
  const spec = useMemo(() => (curve && curve.points.length > 1 ? curveLines(curve, task) : null), [curve, task]);
  const { fault } = curve ?? {};
  return (
    <section>
      <h3>{t.explain.curve}</h3>
      <Hint>{t.explain.curveHint}</Hint>
      <WorkProgress state={state} share={share} working={t.explain.curveWorking} />
      {read.value && state === 'none' && you ? (
        <p className={s['about']}>
          <Button look="outline" onClick={begin}>
            {t.explain.beginCurve}
          </Button>
        </p>
      ) : null}
      {refused === null ? null : <Hint>{refused}</Hint>}
      {read.error ? <Hint>{read.error.message}</Hint> : null}
      {fault ? (
        <Hint>
          {fault.code === 'refused'
            ? t.explain.curveRefused(fault.message ?? '')
            : t.explain.faults[fault.code](fault.message ?? '')}
        </Hint>
      ) : null}
      {spec ? <Chart spec={spec} /> : null}
    </section>
  );
}
