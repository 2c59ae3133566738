// Golden numbers: classifiers, losses of boosting and weights against scikit-learn, by tests/fixtures/make-classifiers.py.
import { describe, expect, it } from 'vitest';
import type { Classifier, ClassLabel, Regressor } from '#pipeline-core';
import * as core from '#pipeline-core';
import fixture from '#tests/fixtures/classifiers.json' with { type: 'json' };

interface Data {
  readonly x: number[][];
  readonly y: ClassLabel[];
  readonly weight: number[];
  readonly test: number[][];
  readonly testY: ClassLabel[];
}
type Class<T> = new (params: object) => T;

const classes = core as unknown as Record<string, Class<Classifier & Regressor>>;
const sets = fixture.sets as unknown as Record<string, Data & Record<string, number[]>>;

// scikit-learn's solvers stop at a tolerance; trees, neighbours and boosting answer to the last digits.
const DIGITS: Record<string, number> = { LogisticRegression: 4, ElasticNet: 7 };

describe('classifiers against scikit-learn', () => {
  for (const golden of fixture.models) {
    it(golden.name, () => {
      const { x, y, weight, test, testY } = sets[golden.set]!;
      const model = new classes[golden.kind]!(golden.params) as Classifier;
      model.fit(x, y, golden.weighted ? { sampleWeight: weight } : {});
      expect(model.classes).toEqual(golden.classes);
      const settled: readonly boolean[] | undefined = 'settled' in golden ? golden.settled : undefined;
      const rows = test.map((_, i) => i).filter((i) => settled?.[i] ?? true);
      const answers = model.predictProba(test);
      let gap = 0;
      for (const i of rows) {
        golden.classes.forEach((label, k) => {
          gap = Math.max(gap, Math.abs(answers[i]![String(label)]! - golden.proba[i]![k]!));
        });
      }
      expect(gap).toBeLessThan(10 ** -(DIGITS[golden.kind] ?? 7));
      const predicted = model.predict(test);
      const right = testY.filter((label, i) => label === predicted[i]).length;
      expect((model as core.DecisionTreeClassifier).score(test, testY)).toBeCloseTo(right / testY.length, 12);
    });
  }

  it('holds at least half of the rows of two thirds of the trees', () => {
    const trees = fixture.models.flatMap((golden) => ('settled' in golden ? [golden.settled] : []));
    const held = trees.filter((settled) => settled.filter(Boolean).length * 2 >= settled.length);
    expect(held.length * 3).toBeGreaterThan(trees.length * 2);
  });

  for (const golden of fixture.forests) {
    it(`${golden.kind} on ${golden.set} ${JSON.stringify(golden.params)}: the log loss over seeds`, () => {
      const { x, y } = sets[golden.set]!;
      const half = y.length / 2;
      const scores = Array.from({ length: 6 }, (_, randomState) => {
        const forest = new classes[golden.kind]!({ ...golden.params, randomState }) as Classifier;
        forest.fit(x.slice(0, half), y.slice(0, half));
        return core.logLoss(y.slice(half), forest.probabilities(x.slice(half)));
      });
      const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
      // Four standard errors of the difference of two means over 12 and 6 seeds.
      expect(Math.abs(mean - golden.mean)).toBeLessThan(4 * golden.sd * Math.sqrt(1 / 12 + 1 / 6));
    });
  }
});

describe('losses and weights of regressors against scikit-learn', () => {
  for (const golden of fixture.regressors) {
    it(golden.name, () => {
      const { x, weight, test, ...targets } = sets[golden.set]!;
      const model = new classes[golden.kind]!(golden.params) as Regressor;
      model.fit(x, targets[golden.target] as number[], golden.weighted ? { sampleWeight: weight } : {});
      const answers = model.predict(test);
      const gap = Math.max(...golden.predicted.map((value, i) => Math.abs(value - answers[i]!)));
      expect(gap).toBeLessThan(10 ** -(DIGITS[golden.kind] ?? 7));
    });
  }
});
