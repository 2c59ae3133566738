// Where a classification is wrong: its confusion matrix, how far its probabilities can be believed, what each threshold
// would find, the worst rows and the groups with the most errors. From out-of-fold predictions and the raw table alone.
// Invariant: without probabilities there is only what the predicted classes say.
import type { Predictions } from '../core/report.ts';
import { log } from '../math/deterministic-math.ts';
import { calibrationCurve } from '../metrics/calibration.ts';
import { precisionRecallCurve, rocCurve } from '../metrics/curves.ts';
import type { Table } from '../table/table.ts';
import { type RowRange, rowGroups, rowValues } from './row-groups.ts';

export interface ClassErrors {
  readonly n: number;
  readonly labels: readonly string[];
  /** Share of the rows whose class is wrong. */
  readonly errorRate: number;
  /** Counts by actual, then predicted class. */
  readonly confusion: readonly (readonly number[])[];
  /** Of two classes, of the second one only; of more, each against all others. */
  readonly curves: readonly ClassCurves[];
  /** The least probability given to the class that came true first. */
  readonly worst: readonly {
    readonly row: number;
    readonly actual: string;
    readonly predicted: string;
    /** Of the class that came true. */
    readonly probability: number | null;
    readonly values: Readonly<Record<string, string | number>>;
  }[];
  /** Columns whose groups differ most from all rows first. */
  readonly slices: readonly { readonly column: string; readonly groups: readonly ClassGroup[] }[];
}

export interface ClassCurves {
  readonly label: string;
  /** Rows of the class. */
  readonly positives: number;
  /** Area under the ROC curve. */
  readonly auc: number;
  /** Share of the other rows taken for the class, and share of its rows found. */
  readonly roc: readonly (readonly [number, number])[];
  /** Share of its rows found, and share of it among the rows taken for it. */
  readonly precisionRecall: readonly (readonly [number, number])[];
  /** In ten parts of about as many rows: mean probability, share that came true, its 95 % interval, rows. */
  readonly calibration: readonly {
    readonly predicted: number;
    readonly share: number;
    readonly interval: readonly [number, number];
    readonly n: number;
  }[];
}

export type ClassGroup = RowRange & {
  readonly n: number;
  readonly errorRate: number;
  /** 95 % (Wilson 1927). */
  readonly interval: readonly [number, number];
  readonly worst: readonly number[];
};

const WORST = 12;
const WORST_OF_GROUP = 8;
const MOST_COLUMNS = 12;
const MOST_CLASSES = 12;
const MOST_CURVES = 6;
const CURVE_POINTS = 80;
const CALIBRATION_PARTS = 10;
const Z95 = 1.959963984540054;

/** null where no prediction is of a row of the table. */
export function classErrors(
  { row, actual, predicted, probabilities }: Predictions,
  {
    table,
    labels,
    hidden = [],
  }: { readonly table: Table; readonly labels: readonly string[]; readonly hidden?: readonly string[] },
): ClassErrors | null {
  const isClass = (value: number | undefined) =>
    value !== undefined && Number.isInteger(value) && value >= 0 && value < labels.length;
  const known = row.flatMap((own, i) =>
    Number.isInteger(own) && own >= 0 && own < table.rowCount && isClass(actual[i]) && isClass(predicted[i]) ? [i] : [],
  );
  if (known.length === 0 || labels.length < 2 || labels.length > MOST_CLASSES) return null;
  const rows = known.map((i) => row[i]!);
  const wrong = known.map((i) => actual[i] !== predicted[i]);
  const given = known.map((i) => probabilities?.[i]?.[actual[i]!] ?? null);
  const confusion = labels.map(() => labels.map(() => 0));
  for (const i of known) confusion[actual[i]!]![predicted[i]!]!++;
  const shown = table.columns.filter(({ name }) => !hidden.includes(name));
  const loss = (k: number) => -log(Math.max(given[k] ?? (wrong[k] ? 0 : 1), 1e-12));
  const byLoss = (a: number, b: number) => loss(b) - loss(a) || rows[a]! - rows[b]!;
  const errorRate = wrong.filter(Boolean).length / known.length;
  return {
    n: known.length,
    labels,
    errorRate,
    confusion,
    curves: probabilities === undefined ? [] : curvesOf({ labels, known, actual, probabilities }),
    worst: [...known.keys()]
      .sort(byLoss)
      .slice(0, WORST)
      .map((k) => ({
        row: rows[k]!,
        actual: labels[actual[known[k]!]!]!,
        predicted: labels[predicted[known[k]!]!]!,
        probability: given[k]!,
        values: rowValues(shown, rows[k]!),
      })),
    slices: shown
      .map((column) => ({
        column: column.name,
        groups: rowGroups(column, rows).map(({ range, members }): ClassGroup => {
          const errors = members.filter((k) => wrong[k]).length;
          const n = members.length;
          return {
            ...range,
            n,
            errorRate: errors / n,
            interval: wilson(errors, n),
            worst: [...members]
              .sort(byLoss)
              .slice(0, WORST_OF_GROUP)
              .map((k) => rows[k]!),
          };
        }),
      }))
      .filter(({ groups }) => groups.length > 1)
      .map((slice) => ({ slice, uneven: unevenness(slice.groups, errorRate) }))
      .sort((a, b) => b.uneven - a.uneven || (a.slice.column < b.slice.column ? -1 : 1))
      .slice(0, MOST_COLUMNS)
      .map(({ slice }) => slice),
  };
}

function curvesOf(of: {
  readonly labels: readonly string[];
  readonly known: readonly number[];
  readonly actual: readonly number[];
  readonly probabilities: readonly (readonly number[])[];
}): ClassCurves[] {
  const { labels, known, actual, probabilities } = of;
  const classes = labels.length === 2 ? [1] : labels.map((_, k) => k);
  return classes.slice(0, MOST_CURVES).flatMap((k): ClassCurves[] => {
    const truth = known.map((i) => (actual[i] === k ? 1 : 0));
    const score = known.map((i) => probabilities[i]![k]!);
    const positives = truth.reduce((sum: number, one) => sum + one, 0);
    // A curve compares two kinds of rows.
    if (positives === 0 || positives === truth.length) return [];
    const { fpr, tpr } = rocCurve(truth, score);
    const { precision, recall } = precisionRecallCurve(truth, score);
    const auc = tpr.reduce((sum, y, i) => (i === 0 ? 0 : sum + ((fpr[i]! - fpr[i - 1]!) * (y + tpr[i - 1]!)) / 2), 0);
    return [
      {
        label: labels[k]!,
        positives,
        auc,
        roc: thinned(fpr.map((x, i) => [x, tpr[i]!] as const)),
        precisionRecall: thinned(recall.map((x, i) => [x, precision[i]!] as const)),
        calibration: calibrationOf(truth, score),
      },
    ];
  });
}

/** The ends, and as many between them as a picture can show. */
function thinned<T>(points: readonly T[]): readonly T[] {
  if (points.length <= CURVE_POINTS) return points;
  return Array.from(
    { length: CURVE_POINTS },
    (_, i) => points[Math.round((i * (points.length - 1)) / (CURVE_POINTS - 1))]!,
  );
}

function calibrationOf(truth: readonly number[], score: readonly number[]): ClassCurves['calibration'] {
  const { probTrue, probPred, count } = calibrationCurve(truth, score, {
    nBins: CALIBRATION_PARTS,
    strategy: 'quantile',
  });
  return count.map((n, i) => {
    const share = probTrue[i]!;
    return { predicted: probPred[i]!, share, interval: wilson(share * n, n), n };
  });
}

/** 95 % interval of a share. */
function wilson(count: number, n: number): readonly [number, number] {
  const share = count / n;
  const z2 = Z95 * Z95;
  const middle = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Z95 / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

function unevenness(groups: readonly ClassGroup[], overall: number): number {
  return Math.max(
    ...groups.map(({ errorRate, interval: [low, high], n }) =>
      n < 5 ? 0 : (2 * Math.abs(errorRate - overall)) / (high - low),
    ),
  );
}
