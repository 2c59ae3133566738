// Golden numbers: every model against scikit-learn, by fixtures that tests/fixtures/make-models.py made.
import { describe, expect, it } from 'vitest';
import { VotingRegressor } from '#pipeline-core/compose/voting.ts';
import type { Regressor } from '#pipeline-core/estimator/model.ts';
import { rmse } from '#pipeline-core/metrics/metrics.ts';
import { HistGradientBoostingRegressor } from '#pipeline-core/models/boosting.ts';
import { DecisionTreeRegressor } from '#pipeline-core/models/decision-tree.ts';
import { DummyRegressor } from '#pipeline-core/models/dummy.ts';
import { ElasticNet, ElasticNetCV } from '#pipeline-core/models/elastic-net.ts';
import { ExtraTreesRegressor, RandomForestRegressor } from '#pipeline-core/models/forest.ts';
import { LinearRegression } from '#pipeline-core/models/linear-regression.ts';
import { KNeighborsRegressor } from '#pipeline-core/models/neighbors.ts';
import { Ridge, RidgeCV } from '#pipeline-core/models/ridge.ts';
import fixture from '#tests/fixtures/models.json' with { type: 'json' };

interface Golden {
  readonly name: string;
  readonly set: keyof typeof fixture.sets;
  readonly kind: string;
  readonly params: object;
  readonly predicted: readonly number[];
  readonly coef?: readonly number[];
  readonly intercept?: number;
  readonly alpha?: number;
  readonly settled?: readonly boolean[];
}

const CLASSES: Record<string, new (params: object) => Regressor> = {
  DummyRegressor,
  LinearRegression,
  Ridge,
  RidgeCV,
  ElasticNet,
  ElasticNetCV,
  KNeighborsRegressor,
  DecisionTreeRegressor,
  HistGradientBoostingRegressor,
};

const build = (kind: string, params: object): Regressor => {
  if (kind !== 'VotingRegressor') return new CLASSES[kind]!(params);
  const estimators = [['a', new Ridge()] as const, ['b', new KNeighborsRegressor()] as const];
  return new VotingRegressor({ ...params, estimators });
};

// The coordinate descents stop at a gap, so they agree as far as the gap says.
const DIGITS: Record<string, number> = { ElasticNet: 6, ElasticNetCV: 4 };

const largestGap = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));

describe('against scikit-learn', () => {
  for (const golden of fixture.models as unknown as Golden[]) {
    it(golden.name, () => {
      const { x, y, test } = fixture.sets[golden.set];
      const model = build(golden.kind, golden.params).fit(x, y);
      const tolerance = 10 ** -(DIGITS[golden.kind] ?? 9);
      const kept = golden.predicted.map((_, i) => i).filter((i) => golden.settled?.[i] ?? true);
      expect(kept.length).toBeGreaterThan(golden.predicted.length / 10);
      const ours = model.predict(test);
      const gap = largestGap(
        kept.map((i) => ours[i]!),
        kept.map((i) => golden.predicted[i]!),
      );
      expect(gap).toBeLessThan(tolerance);
      const { coef, intercept, alpha } = model as Partial<{ coef: Float64Array; intercept: number; alpha: number }>;
      if (golden.coef !== undefined) expect(largestGap(coef!, golden.coef)).toBeLessThan(tolerance);
      if (golden.intercept !== undefined) expect(Math.abs(intercept! - golden.intercept)).toBeLessThan(tolerance);
      if (golden.alpha !== undefined) expect(Math.abs(alpha! / golden.alpha - 1)).toBeLessThan(1e-9);
    });
  }

  for (const golden of fixture.forests) {
    it(`${golden.kind} on ${golden.set} ${JSON.stringify(golden.params)}: the score over ten seeds`, () => {
      const { x, y } = fixture.sets[golden.set as Golden['set']];
      const half = y.length / 2;
      const scores = Array.from({ length: 10 }, (_, randomState) => {
        const Forest = golden.kind === 'ExtraTreesRegressor' ? ExtraTreesRegressor : RandomForestRegressor;
        const forest = new Forest({ ...golden.params, randomState });
        return rmse(y.slice(half), forest.fit(x.slice(0, half), y.slice(0, half)).predict(x.slice(half)));
      });
      const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
      // Four standard errors of the difference of two means over 20 and 10 seeds.
      expect(Math.abs(mean - golden.mean)).toBeLessThan(4 * golden.sd * Math.sqrt(1 / 20 + 1 / 10));
    });
  }
});
