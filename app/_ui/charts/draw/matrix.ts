// Cells in rows and columns: a confusion matrix as counts or shares of each actual class, and a heat map.
// Values are written in the cells, so that no color has to be read.
import { axisX, axisY, cell, plot, text } from '@observablehq/plot';
import { shareOf } from '#session-core/client/drawn-plot.ts';
import { numberText } from '../../chart-numbers.ts';
import { axisText, type ConfusionSpec, type HeatmapSpec } from '../chart-spec.ts';
import { type Drawn, type Frame, nameMargin, placed, plotFrame } from './drawn.ts';

interface MatrixCell {
  readonly i: number;
  readonly j: number;
  readonly id?: string;
  /** -1 to 1: how much of the color it has. */
  readonly strength: number;
  readonly label: string;
  readonly lines: readonly string[];
}
interface Matrix {
  readonly xs: readonly string[];
  readonly ys: readonly string[];
  readonly cells: readonly MatrixCell[];
}

export function drawConfusion(spec: ConfusionSpec, frame: Frame): Drawn {
  const most = Math.max(1, ...spec.counts.flat());
  const cells = spec.labels.flatMap((actual, j) =>
    spec.labels.map((predicted, i) => {
      const count = spec.counts[j]?.[i] ?? 0;
      const share = shareOf(spec.counts[j], i);
      const id = spec.ids?.[j]?.[i];
      return {
        i,
        j,
        ...(id === undefined ? {} : { id }),
        strength: spec.normalized ? share : count / most,
        label: spec.normalized ? percentText(share) : numberText(count),
        lines: [
          `${axisText(spec.y)}: ${actual}`,
          `${axisText(spec.x)}: ${predicted}`,
          `${numberText(count)} (${percentText(share)})`,
        ],
      };
    }),
  );
  return drawMatrix({ xs: spec.labels, ys: spec.labels, cells }, frame);
}

export function drawHeatmap(spec: HeatmapSpec, frame: Frame): Drawn {
  const most = Math.max(Number.MIN_VALUE, ...spec.values.flat().map((value) => Math.abs(value ?? 0)));
  const cells = spec.ys.flatMap((yName, j) =>
    spec.xs.flatMap((xName, i) => {
      const value = spec.values[j]?.[i] ?? null;
      if (value === null) return [];
      const id = spec.ids?.[j]?.[i];
      return [
        {
          i,
          j,
          ...(id === undefined ? {} : { id }),
          strength: value / most,
          label: numberText(Number(value.toPrecision(2))),
          lines: [
            `${axisText(spec.y)}: ${yName}`,
            `${axisText(spec.x)}: ${xName}`,
            `${axisText(spec.value)}: ${numberText(value)}`,
          ],
        },
      ];
    }),
  );
  return drawMatrix({ xs: spec.xs, ys: spec.ys, cells }, frame);
}

const percentText = (share: number): string => `${numberText(Math.round(share * 1000) / 10)} %`;

/** Mixed with the ground, so that light and dark both start from an empty cell. */
const fillOf = ({ strength }: MatrixCell): string =>
  `color-mix(in oklab, var(${strength < 0 ? '--chart-2' : '--chart-1'}) ${Math.round(Math.abs(strength) * 100)}%, var(--surface))`;
const inkOf = ({ strength }: MatrixCell): string => (Math.abs(strength) > 0.55 ? 'var(--surface)' : 'var(--ink)');

function drawMatrix({ xs, ys, cells }: Matrix, frame: Frame): Drawn {
  const base = plotFrame(frame, 0);
  const { margin, em } = nameMargin(frame, ys);
  const inner = frame.width - margin - frame.unit;
  const width = Math.min(frame.width, margin + frame.unit + xs.length * frame.unit * 7);
  const column = Math.min(inner, width - margin - frame.unit) / Math.max(1, xs.length);
  const row = Math.min(column, frame.unit * 3.2);
  const height = frame.height ?? Math.round(ys.length * row + (base.marginTop ?? 0) + (base.marginBottom ?? 0));
  const names = { label: null, tickSize: 0, textOverflow: 'ellipsis', fill: 'var(--ink)' } as const;
  // A number that does not fit its cell would lie across the next one.
  const fits = column > frame.unit * 2.6;
  const figure = plot({
    ...base,
    width,
    height,
    marginLeft: margin,
    marginRight: frame.unit,
    x: { type: 'band', domain: xs.map((_, i) => i), padding: 0.03 },
    y: { type: 'band', domain: ys.map((_, j) => j), padding: 0.03 },
    color: { type: 'identity' },
    marks: [
      axisX({ ...names, tickFormat: (i: number) => xs[i] ?? '', lineWidth: Math.max(1, column / frame.unit) }),
      axisY({ ...names, tickFormat: (j: number) => ys[j] ?? '', lineWidth: em }),
      cell(cells, { x: 'i', y: 'j', fill: fillOf, stroke: 'var(--line)' }),
      ...(fits ? [text(cells, { x: 'i', y: 'j', text: 'label', fill: inkOf, fontWeight: 700 })] : []),
    ],
  });
  const [x, y] = [figure.scale('x'), figure.scale('y')];
  const box = { width: x?.bandwidth ?? 0, height: y?.bandwidth ?? 0 };
  const targets = cells.map(({ i, j, id, lines }) => ({
    ...(id === undefined ? {} : { id }),
    lines,
    x: placed(x, i) + box.width / 2,
    y: placed(y, j) + box.height / 2,
    box,
  }));
  return { svg: figure, width, height, targets, nearest: 'xy' };
}
