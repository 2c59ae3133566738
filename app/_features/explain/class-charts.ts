// The errors of a classification as charts: confusion, ROC, precision and recall, calibration. Pure.
import { t } from '#app/_strings/strings.ts';
import { numberText } from '#app/_ui/chart-numbers.ts';
import type { ChartSpec, ConfusionSpec, LinearSpec } from '#app/_ui/charts/chart-spec.ts';
import type { Classes } from './error-charts.ts';

export function confusionOf({ labels, confusion, n }: Classes): ConfusionSpec {
  return {
    kind: 'confusion',
    title: t.explain.confusion,
    x: { label: t.explain.predictedClass },
    y: { label: t.explain.actualClass },
    n,
    labels,
    counts: confusion,
    normalized: false,
  };
}

/** Three charts; none where the run wrote no probabilities. */
export function curvesOf({ curves, n }: Classes): readonly ChartSpec[] {
  if (curves.length === 0) return [];
  const spec = (
    about: Pick<LinearSpec, 'title' | 'x' | 'y' | 'diagonal' | 'notes'>,
    pointsOf: (curve: Classes['curves'][number]) => LinearSpec['series'][number]['points'],
    nameOf: (curve: Classes['curves'][number]) => string,
  ): LinearSpec => ({
    kind: 'linear',
    n,
    ...about,
    series: curves.map((curve) => ({ name: nameOf(curve), points: pointsOf(curve) })),
  });
  const point = ([x, y]: readonly [number, number]) => ({ x, y });
  return [
    spec(
      {
        title: t.explain.calibration,
        x: { label: t.explain.probability },
        y: { label: t.explain.cameTrue },
        diagonal: true,
        notes: [t.explain.calibrationNote],
      },
      (curve) =>
        curve.calibration.map(({ predicted, share, interval: [low, high] }) => ({ x: predicted, y: share, low, high })),
      ({ label }) => label,
    ),
    spec(
      {
        title: t.explain.roc,
        x: { label: t.explain.falsePositives },
        y: { label: t.explain.found },
        diagonal: true,
        notes: [t.explain.rocNote],
      },
      (curve) => curve.roc.map(point),
      ({ label, auc }) => t.explain.auc(label, numberText(Number(auc.toPrecision(3)))),
    ),
    spec(
      { title: t.explain.precisionRecall, x: { label: t.explain.found }, y: { label: t.explain.precision } },
      (curve) => curve.precisionRecall.map(point),
      ({ label, positives }) => t.explain.positives(label, positives),
    ),
  ];
}
