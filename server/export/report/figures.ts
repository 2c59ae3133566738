// The figures of a report: how the score went, and what the stages of the last run plotted.
import type { Plot, Task } from '#pipeline-core/core/report.ts';
import type { Replay } from '#session-core/protocol/http-api/replay-routes.ts';
import { BLUE, chart, type Frame, INK, ORANGE, px, rangeOf, SOFT, textAt } from './svg.ts';

const BINS = 20;
const MOST_POINTS = 3_000;
const MOST_BARS = 40;

export interface Figure {
  /** Of its file, without the ending. */
  readonly name: string;
  readonly title: string;
  readonly svg: string;
}

type ScoredRun = Replay['runs'][number] & { readonly score: number };
const DOUBTED: ReadonlySet<string> = new Set(['suspect', 'struck', 'checking']);

export const withScore = (runs: Replay['runs']): readonly ScoredRun[] =>
  runs.filter((run): run is ScoredRun => run.score !== undefined);
export const counts = ({ outcome }: Replay['runs'][number]): boolean => !DOUBTED.has(outcome);

/** @param runs of the task. null: there is none. */
export function scoreFigure(runs: readonly ScoredRun[], task: Task): Figure | null {
  if (runs.length === 0) return null;
  const baseline = runs.at(-1)?.baseline;
  const values = [...runs.map(({ score }) => score), ...(baseline === undefined ? [] : [baseline])];
  const numbers = runs.map(({ number }) => number);
  const unit = task.unit === '' ? '' : ` (${task.unit})`;
  const better = task.direction === 'lower' ? 'lower is better' : 'higher is better';
  const label = `${task.metric} of ${runs.length === 1 ? '1 run' : `${runs.length} runs`}, from ${runs[0]?.score} to ${runs.at(-1)?.score}${unit}`;
  const svg = chart(
    {
      label,
      xLabel: 'Run',
      yLabel: `${task.metric}${unit}, ${better}`,
      xRange: { min: Math.min(...numbers) - 0.5, max: Math.max(...numbers) + 0.5 },
      yRange: rangeOf(values),
      xWhole: true,
    },
    (frame) => {
      const points = runs.filter(counts).map(({ number, score }) => `${px(frame.x(number))},${px(frame.y(score))}`);
      const line = `<polyline points="${points.join(' ')}" fill="none" stroke="${BLUE}" stroke-width="2"/>`;
      return [
        baseline === undefined ? '' : baselineMark(frame, baseline),
        line,
        ...runs.map((run) => runMark(frame, run)),
      ].join('\n');
    },
  );
  return { name: 'score', title: 'The score of each run', svg };
}

const baselineMark = ({ y, left, right }: Frame, value: number): string =>
  `<line x1="${left}" y1="${px(y(value))}" x2="${right}" y2="${px(y(value))}" stroke="${SOFT}" stroke-dasharray="6 4"/>${textAt({ x: right, y: y(value) - 6, text: 'baseline', anchor: 'end', fill: SOFT })}`;

/** Filled where it counts; better ones larger. */
function runMark({ x, y }: Frame, run: ScoredRun): string {
  const [cx, cy] = [px(x(run.number)), px(y(run.score))];
  if (!counts(run)) return `<circle cx="${cx}" cy="${cy}" r="5" fill="#ffffff" stroke="${ORANGE}" stroke-width="2"/>`;
  return `<circle cx="${cx}" cy="${cy}" r="${run.outcome === 'better' ? 7 : 5}" fill="${BLUE}"/>`;
}

type Cell = number | string;

export function plotFigure(plot: Plot, index: number): Figure | null {
  const column = (name: string): readonly Cell[] => {
    const at = plot.columns.indexOf(name);
    return at === -1 ? plot.rows.map((_, i) => i) : plot.rows.map((row) => row[at] ?? '');
  };
  const label = `${plot.title}: ${plot.rows.length} rows of ${plot.path}`;
  const facts = { label, xLabel: plot.xLabel || plot.x, yLabel: plot.yLabel || plot.y };
  const [xs, ys] = [column(plot.x), column(plot.y)];
  const svg = drawn(plot, { facts, xs, ys, column });
  return svg === null ? null : { name: `plot-${index + 1}`, title: plot.title || plot.path, svg };
}

interface Parts {
  readonly facts: { readonly label: string; readonly xLabel: string; readonly yLabel: string };
  readonly xs: readonly Cell[];
  readonly ys: readonly Cell[];
  readonly column: (name: string) => readonly Cell[];
}

function drawn(plot: Plot, parts: Parts): string | null {
  const { xs, ys, column } = parts;
  switch (plot.template) {
    case 'confusion':
    case 'confusion_normalized':
      return matrixOf(
        parts,
        xs.map(() => 1),
      );
    case 'heatmap': {
      const third = plot.columns.find((name) => name !== plot.x && name !== plot.y && areNumbers(column(name)));
      return third === undefined ? null : matrixOf(parts, column(third) as readonly number[]);
    }
    case 'histogram':
      return areNumbers(xs) ? histogramOf(parts, xs) : null;
    case 'bar_horizontal':
    case 'bar_horizontal_sorted':
      return barsOf(parts, plot.template === 'bar_horizontal_sorted');
    default:
      if (!areNumbers(ys))
        return areNumbers(xs)
          ? barsOf(parts, false)
          : matrixOf(
              parts,
              xs.map(() => 1),
            );
      if (!areNumbers(xs)) return barsOf({ ...parts, xs: ys, ys: xs }, false);
      return pointsOf(parts, xs, ys, plot.template !== 'scatter' && isRising(xs));
  }
}

const areNumbers = (values: readonly Cell[]): values is readonly number[] =>
  values.length > 0 && values.every((value) => typeof value === 'number');
const isRising = (values: readonly number[]): boolean => values.every((value, i) => i === 0 || value >= values[i - 1]!);

function pointsOf({ facts }: Parts, xs: readonly number[], ys: readonly number[], joined: boolean): string {
  return chart({ ...facts, xRange: rangeOf(xs), yRange: rangeOf(ys) }, (frame) => {
    const every = Math.max(1, Math.ceil(xs.length / MOST_POINTS));
    const at = xs.flatMap((x, i) => (i % every === 0 ? [[px(frame.x(x)), px(frame.y(ys[i]!))] as const] : []));
    return joined
      ? `<polyline points="${at.map((point) => point.join(',')).join(' ')}" fill="none" stroke="${BLUE}" stroke-width="2"/>`
      : `<g fill="${BLUE}" fill-opacity="0.45">${at.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3"/>`).join('')}</g>`;
  });
}

function histogramOf({ facts }: Parts, values: readonly number[]): string {
  const { min, max } = rangeOf(values);
  const width = (max - min) / BINS;
  const heights = new Array<number>(BINS).fill(0);
  for (const value of values) heights[Math.min(BINS - 1, Math.floor((value - min) / width))]! += 1;
  const yRange = rangeOf(heights, { zero: true });
  return chart({ ...facts, yLabel: 'Rows', xRange: { min, max }, yRange }, ({ x, y, bottom }) =>
    heights
      .map((height, i) => {
        const from = x(min + i * width);
        return `<rect x="${px(from + 1)}" y="${px(y(height))}" width="${px(x(min + (i + 1) * width) - from - 2)}" height="${px(bottom - y(height))}" fill="${BLUE}"/>`;
      })
      .join(''),
  );
}

/** Lengths in x, names in y; with the names in x, the other way round. */
function barsOf({ facts, xs, ys }: Parts, sorted: boolean): string | null {
  const [lengths, names, lengthLabel, nameLabel] = areNumbers(xs)
    ? [xs, ys, facts.xLabel, facts.yLabel]
    : [ys, xs, facts.yLabel, facts.xLabel];
  if (!areNumbers(lengths)) return null;
  const bars = lengths.map((length, i) => ({ length, name: String(names[i]) }));
  if (sorted) bars.sort((a, b) => b.length - a.length);
  // The first is on top.
  const shown = bars.slice(0, MOST_BARS).reverse();
  const range = { min: -0.5, max: shown.length - 0.5 };
  const yNames = shown.map(({ name }) => name);
  const xRange = rangeOf(
    shown.map(({ length }) => length),
    { zero: true },
  );
  return chart(
    { label: facts.label, xLabel: lengthLabel, yLabel: nameLabel, xRange, yRange: range, yNames },
    ({ x, y }) =>
      shown
        .map(({ length }, i) => {
          const [a, b] = [x(0), x(length)].sort((one, other) => one - other) as [number, number];
          return `<rect x="${px(a)}" y="${px(y(i) - 9)}" width="${px(b - a)}" height="18" fill="${BLUE}"/>`;
        })
        .join(''),
  );
}

/** Sums of weights for each pair of names. */
function matrixOf({ facts, xs, ys }: Parts, weights: readonly number[]): string {
  const namesOf = (values: readonly Cell[]) => [...new Set(values.map(String))].slice(0, MOST_BARS);
  const [xNames, yNames] = [namesOf(xs), namesOf(ys)];
  const sums = new Map<string, number>();
  xs.forEach((x, i) => {
    const key = JSON.stringify([String(x), String(ys[i])]);
    sums.set(key, (sums.get(key) ?? 0) + (weights[i] ?? 0));
  });
  const most = Math.max(...[...sums.values()].map(Math.abs), Number.MIN_VALUE);
  const between = (names: readonly string[]) => ({ min: -0.5, max: names.length - 0.5 });
  const shape = { ...facts, xNames, yNames, xRange: between(xNames), yRange: between(yNames) };
  return chart(shape, (frame) =>
    xNames
      .flatMap((xName, i) =>
        yNames.map((yName, k) => {
          const sum = sums.get(JSON.stringify([xName, yName])) ?? 0;
          const [left, right] = [frame.x(i - 0.5), frame.x(i + 0.5)];
          const [top, bottom] = [frame.y(k + 0.5), frame.y(k - 0.5)];
          const share = Math.abs(sum) / most;
          const rect = `<rect x="${px(left + 1)}" y="${px(top + 1)}" width="${px(right - left - 2)}" height="${px(bottom - top - 2)}" fill="${sum < 0 ? ORANGE : BLUE}" fill-opacity="${share.toFixed(2)}"/>`;
          const text = Number.isInteger(sum) ? String(sum) : sum.toPrecision(3);
          const fill = share > 0.55 ? '#ffffff' : INK;
          return rect + textAt({ x: (left + right) / 2, y: (top + bottom) / 2 + 4, text, anchor: 'middle', fill });
        }),
      )
      .join(''),
  );
}
