// Support vector machines beyond scikit-learn's numbers: what they save, refuse and say.
import { describe, expect, it } from 'vitest';
import { createRng, LinearSVC, type ModelJson, modelFromJSON, SVC, SVR } from '#pipeline-core';

const random = createRng(8);
const x = Array.from({ length: 70 }, () => [random.normal(), random.normal()]);
const ring = x.map(([a, b]) => (a! * a! + b! * b! > 1.2 ? 'out' : 'in'));
const three = x.map(([a]) => (a! > 0.5 ? 'high' : a! < -0.5 ? 'low' : 'middle'));

describe('support vector machines', () => {
  it('bend where a line cannot, and give probabilities that agree with the classes', () => {
    expect(new SVC().fit(x, ring).score(x, ring)).toBeGreaterThan(0.9);
    expect(new LinearSVC().fit(x, ring).score(x, ring)).toBeLessThan(0.8);
    for (const y of [ring, three]) {
      const model = new SVC({ probability: true, C: 5 }).fit(x, y);
      const classes = model.predict(x);
      const proba = model.predictProba(x);
      const agree = proba.filter((row, i) => Math.max(...Object.values(row)) === row[String(classes[i])]).length;
      expect(agree / x.length).toBeGreaterThan(0.9);
      for (const row of proba) expect(Object.values(row).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 6);
    }
  });

  it('come back from JSON to the same bits', () => {
    for (const model of [new SVC({ kernel: 'poly' }).fit(x, three), new LinearSVC().fit(x, three)]) {
      const back = modelFromJSON(JSON.parse(JSON.stringify(model)) as ModelJson) as SVC;
      expect(back.predict(x)).toEqual(model.predict(x));
      expect(back.decisionFunction(x)).toEqual(model.decisionFunction(x));
    }
  });

  it('say what they do not give, and what would take too long', () => {
    expect(() => new SVC().fit(x, ring).predictProba(x)).toThrow('new SVC({ probability: true })');
    expect(() => new LinearSVC().fit(x, ring).predictProba(x)).toThrow('take LogisticRegression');
    expect(() => new SVC({ gamma: 0 })).toThrow("'scale', 'auto' or a number above 0");
    expect(() =>
      new SVC().fit(
        x,
        x.map(() => 'in'),
      ),
    ).toThrow('All rows have the class "in"');
    const many = { data: new Float64Array(20_001), rows: 20_001, cols: 1, names: [] };
    expect(() => new SVR().fit(many, new Float64Array(20_001))).toThrow('SVR compares every row with every other');
    expect(() =>
      new SVR().fit(
        x,
        x.map(([a]) => a!),
        { shouldStop: () => true },
      ),
    ).not.toThrow();
    const constant = new SVR().fit(
      x,
      x.map(() => 3),
    );
    expect(constant.predict(x)[0]).toBeCloseTo(3, 6);
    expect(new SVC({ maxIter: 1 }).fit(x, ring).nSupport[0]).toBeLessThanOrEqual(2);
    const weight = x.map((_, i) => (ring[i] === 'in' ? 0 : 1));
    expect(() => new SVC().fit(x, ring, { sampleWeight: weight })).not.toThrow();
  });
});
