// What a model goes by, as charts: importance of its columns, dependence on one of them, what pushed one answer. Pure.
import { t } from '#app/_strings/strings.ts';
import { numberText } from '#app/_ui/chart-numbers.ts';
import type { Axis, BarsSpec, ChartSpec, LinearSpec } from '#app/_ui/charts/chart-spec.ts';
import type { Task } from '#pipeline-core/core/report.ts';
import type {
  dependenceRoute,
  explanationsRoute,
  learningCurveRoute,
  pushesRoute,
} from '#session-core/protocol/http-api/explain-routes.ts';
import type { AnswerOf } from '#session-core/protocol/http-api/route.ts';

export type Explained = NonNullable<AnswerOf<typeof explanationsRoute>['explained']>;
export type Dependence = NonNullable<AnswerOf<typeof dependenceRoute>['dependence']>;
export type Curve = NonNullable<AnswerOf<typeof learningCurveRoute>['curve']>;
export type Pushes = AnswerOf<typeof pushesRoute>;

const MOST_PUSHES = 10;
const Z95 = 1.96;

type About = Pick<Task, 'kind' | 'classes' | 'targetUnit'>;

/** What the model answers: a number, or the probability of the last of its classes. */
export const answerAxis = ({ kind, classes, targetUnit }: About): Axis =>
  kind === 'classification'
    ? { label: t.explain.probabilityOf(classes.at(-1) ?? '') }
    : { label: t.explain.predictedAxis, ...(targetUnit === '' ? {} : { unit: targetUnit }) };

export function importanceBars({ importance, rows, of, nRepeats }: Explained, most: number, task: About): BarsSpec {
  const used = importance.filter((one) => one.used);
  const rest = importance.length - used.length;
  return {
    kind: 'bar_horizontal',
    title: t.explain.importance,
    x:
      task.kind === 'classification'
        ? { label: t.explain.riseOfLoss }
        : { label: t.explain.rise, unit: task.targetUnit },
    y: { label: t.explain.column },
    n: rows,
    notes: [
      t.explain.importanceNote(nRepeats),
      ...(rows < of ? [t.explain.sampledRows(rows, of)] : []),
      ...(used.length > most ? [t.explain.firstColumns(most, used.length)] : []),
      ...(rest > 0 ? [t.explain.unusedColumns(rest)] : []),
    ],
    bars: used.slice(0, most).map(({ column, mean, interval: [low, high] }) => ({
      id: column,
      name: column,
      value: mean,
      low,
      high,
    })),
  };
}

export function dependenceChart(found: Dependence, answer: Axis): ChartSpec {
  const { column, grid, average, quartiles, lines, counts, rows } = found;
  const common = {
    title: t.explain.dependence(column),
    n: rows,
    notes: [t.explain.dependenceNote(rows)],
  };
  if (grid.every((value) => typeof value === 'number')) {
    const points = (values: readonly number[]) => grid.map((x, g) => ({ x, y: values[g] ?? 0 }));
    return {
      ...common,
      kind: 'lines',
      x: { label: column },
      y: answer,
      mean: points(average),
      curves: lines.map(({ row, values }) => ({ id: `row ${row}`, name: t.explain.row(row), points: points(values) })),
    };
  }
  return {
    ...common,
    kind: 'bar_horizontal',
    notes: [...common.notes, t.explain.quartiles],
    x: answer,
    y: { label: column },
    bars: grid.map((value, g) => ({
      name: String(value),
      value: average[g] ?? 0,
      low: quartiles[g]?.[0] ?? 0,
      high: quartiles[g]?.[1] ?? 0,
      n: counts[g] ?? 0,
    })),
  };
}

/** The score of a run's code over the number of rows: of rows its models had not seen, and of rows they were fitted on. */
export function curveLines({ points, of }: Curve, { measure, unit }: Pick<Task, 'measure' | 'unit'>): LinearSpec {
  const failed = points.reduce((sum, point) => sum + point.failed, 0);
  const lineOf = (which: 'unseen' | 'seen') =>
    points.flatMap((point) => {
      const spread = point[which];
      if (spread === undefined) return [];
      const { mean, low, high } = spread;
      return [{ x: point.rows, y: mean, ...(point.samples > 1 ? { low, high } : {}) }];
    });
  const seen = lineOf('seen');
  const sizes = points
    .filter(({ samples }) => samples > 1)
    .map(({ rows, samples }) => t.explain.curveSize(rows, samples));
  return {
    kind: 'linear',
    title: t.explain.curve,
    x: { label: t.explain.curveRows },
    y: { label: t.reports.measureNames[measure], ...(unit === '' ? {} : { unit }) },
    n: of,
    notes: [
      ...(sizes.length > 0 ? [t.explain.curveSamples(sizes.join(', '))] : []),
      ...(failed > 0 ? [t.explain.curveFailed(failed)] : []),
    ],
    series: [
      { name: t.explain.curveUnseen, points: lineOf('unseen') },
      ...(seen.length > 0 ? [{ name: t.explain.curveSeen, points: seen }] : []),
    ],
  };
}

/** `row`: the values that were asked about. */
export function pushBars(
  { pushes, answer, base, exact, orders, background }: Pushes,
  row: Readonly<Record<string, string | number>>,
  axis: Axis,
): BarsSpec {
  const ranked = [...pushes].sort((a, b) => Math.abs(b.push) - Math.abs(a.push));
  const moving = ranked.filter(({ push, error }) => push !== 0 || error !== 0);
  const rest = moving.slice(MOST_PUSHES);
  return {
    kind: 'bar_horizontal',
    title: t.explain.pushes,
    x: { label: t.explain.push, ...(axis.unit === undefined ? {} : { unit: axis.unit }) },
    y: { label: t.explain.column },
    notes: [
      t.explain.pushesSum(numberText(base), numberText(answer), background),
      exact ? t.explain.pushesExact : t.explain.pushesDrawn(orders),
    ],
    bars: [
      ...moving.slice(0, MOST_PUSHES).map(({ column, push, error }) => ({
        name: `${column} = ${row[column] ?? ''}`,
        value: push,
        ...(error === 0 ? {} : { low: push - Z95 * error, high: push + Z95 * error }),
      })),
      ...(rest.length === 0
        ? []
        : [{ name: t.explain.otherColumns(rest.length), value: rest.reduce((sum, { push }) => sum + push, 0) }]),
    ],
  };
}
