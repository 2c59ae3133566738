// The penalised log loss that LogisticRegression makes small, written down plainly: of two answers the one where it is
// smaller is nearer to the one minimum there is.
import type { Fitted } from './case.ts';

/** @param coef a list a class, or one alone for the second of two */
export function logisticLoss(
  { params, data, y, weight }: Fitted,
  coef: readonly (readonly number[])[],
  intercept: readonly number[],
): number {
  const classes = [...new Set(y)].sort();
  const balanced = params['classWeight'] === 'balanced';
  const share = (label: number | string) =>
    balanced ? y.length / (classes.length * y.filter((own) => own === label).length) : 1;
  const factor = new Map(classes.map((label) => [label, share(label)]));
  let loss = 0;
  data.x.forEach((row, i) => {
    const scores = coef.map((own, k) => own.reduce((sum, value, j) => sum + value * row[j]!, intercept[k] ?? 0));
    const all = scores.length === 1 ? [0, ...scores] : scores;
    const most = Math.max(...all);
    const scale = all.reduce((sum, score) => sum + Math.exp(score - most), 0);
    loss += factor.get(y[i]!)! * (weight?.[i] ?? 1) * (most + Math.log(scale) - all[classes.indexOf(y[i]!)]!);
  });
  const size = coef.flat().reduce((sum, value) => sum + value * value, 0);
  return Number(params['C']) * loss + size / 2;
}
