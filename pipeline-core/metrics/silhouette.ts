// How well groups of rows are apart: nearer to the own group than to the nearest other one, -1..1 (Rousseeuw 1987).
// Numbers as scikit-learn's; a row alone in its group counts 0.

import { PipelineError } from '../core/errors.ts';
import type { LabelVector } from '../estimator/classifier.ts';
import { toMatrix } from '../estimator/input.ts';
import { classesOf, codesOfLabels, labelList } from '../estimator/labels.ts';
import type { MatrixLike } from '../estimator/model.ts';

/** One value a row. Cost: rows^2 x columns. Throws PipelineError 'length-mismatch', 'one-class' below 2 or from as many groups as rows. */
export function silhouetteSamples(x: MatrixLike, labels: LabelVector): Float64Array {
  const { data, rows, cols } = toMatrix(x);
  const own = labelList(labels, rows);
  const classes = classesOf(own);
  if (classes.length < 2 || classes.length >= rows) {
    const message = `There are ${classes.length} groups of ${rows} rows: silhouettes need at least 2 groups, and fewer groups than rows.`;
    throw new PipelineError('one-class', message, { groups: classes.length, rows });
  }
  const codes = codesOfLabels(own, classes);
  const size = new Float64Array(classes.length);
  for (const code of codes) size[code]!++;
  const sums = new Float64Array(rows * classes.length);
  for (let i = 0; i < rows; i++) {
    for (let k = i + 1; k < rows; k++) {
      let square = 0;
      for (let j = 0; j < cols; j++) {
        const gap = data[i * cols + j]! - data[k * cols + j]!;
        square += gap * gap;
      }
      const distance = Math.sqrt(square);
      sums[i * classes.length + codes[k]!]! += distance;
      sums[k * classes.length + codes[i]!]! += distance;
    }
  }
  return Float64Array.from(codes, (code, i) => {
    if (size[code] === 1) return 0;
    const inside = sums[i * classes.length + code]! / (size[code]! - 1);
    let outside = Infinity;
    for (let c = 0; c < classes.length; c++) {
      if (c !== code) outside = Math.min(outside, sums[i * classes.length + c]! / size[c]!);
    }
    const most = Math.max(inside, outside);
    return most === 0 ? 0 : (outside - inside) / most;
  });
}

/** The mean over the rows. */
export function silhouetteScore(x: MatrixLike, labels: LabelVector): number {
  const samples = silhouetteSamples(x, labels);
  return samples.reduce((sum, value) => sum + value, 0) / samples.length;
}
