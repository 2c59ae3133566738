'use client';
// Two charts about the newest run for the projector: what its model goes by, and predicted against actual, or, of a
// classification, its confusion matrix; in place of that the learning curve, once somebody has asked for it.
import { useMemo } from 'react';
import { useApi } from '#app/_session/use-api.ts';
import { useSessionId, useView } from '#app/_session/use-session.tsx';
import { Chart } from '#app/_ui/charts/chart.tsx';
import { mainRuns } from '#session-core/client/scores.ts';
import { runErrorsRoute } from '#session-core/protocol/http-api/explain-routes.ts';
import { confusionOf } from './class-charts.ts';
import { predictedAgainstActual } from './error-charts.ts';
import { curveLines, importanceBars } from './model-charts.ts';
import { useExplanations, useLearningCurve } from './use-work.ts';

/** The names of the lines are below their chart. */
const LEGEND = 90;

export interface ProjectorChartsProps {
  readonly className?: string | undefined;
  readonly height: number;
  /** Bars. */
  readonly most: number;
}

export function ProjectorCharts({ className, height, most }: ProjectorChartsProps) {
  const id = useSessionId();
  const view = useView('runs', 'task');
  const run = mainRuns(view).findLast((one) => one.status === 'succeeded');
  const explained = useExplanations(run).read.value?.explained;
  const curve = useLearningCurve(run).read.value?.curve;
  const request = run ? { params: { id, run: run.id } } : null;
  const { errors, classes } = useApi(runErrorsRoute, request, run?.detail ?? '').value ?? {};
  const unit = view.task.targetUnit;
  const importance = useMemo(
    () =>
      explained?.importance.some(({ used }) => used) ? withoutNotes(importanceBars(explained, most, view.task)) : null,
    [explained, most, view.task],
  );
  const second = useMemo(
    () =>
      curve && curve.points.length > 1
        ? withoutNotes(curveLines(curve, view.task))
        : errors
          ? predictedAgainstActual(errors, unit)
          : classes
            ? confusionOf(classes)
            : null,
    [curve, view.task, errors, classes, unit],
  );
  return (
    <>
      {importance ? (
        <div className={className}>
          <Chart spec={importance} height={height} plain />
        </div>
      ) : null}
      {second ? (
        <div className={className}>
          <Chart spec={second} height={second.kind === 'linear' ? height - LEGEND : height} plain />
        </div>
      ) : null}
    </>
  );
}

/** Nobody reads them from the last row; the phones have them. */
const withoutNotes = <T extends { readonly notes?: readonly string[] }>({ notes: _, ...spec }: T) => spec;
