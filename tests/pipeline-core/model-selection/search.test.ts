// The search under a budget: order, budget and best, with a clock of the test's own.
import { expect, it } from 'vitest';
import { RECIPES } from '#pipeline-core/compose/baseline-models.ts';
import { crossValidate } from '#pipeline-core/model-selection/cross-validate.ts';
import { type SearchResult, search } from '#pipeline-core/model-selection/search.ts';
import fixture from '#tests/fixtures/models.json' with { type: 'json' };

const x = fixture.sets.mixed.x.slice(0, 80);
const y = fixture.sets.mixed.y.slice(0, 80);

it('tries all recipes in order, reports each and returns the best', () => {
  const reported: SearchResult[] = [];
  const report = search({
    x,
    y,
    budgetMs: 1,
    folds: 3,
    seed: 2,
    now: () => 0,
    onResult: (result) => reported.push(result),
  });
  expect(reported.map(({ recipe }) => recipe)).toEqual(RECIPES.map(({ name }) => name));
  expect(report.results).toEqual(reported);
  expect(report.best.rmse).toBe(Math.min(...reported.map(({ rmse }) => rmse)));
  expect(report.best.rmse).toBeLessThan(reported[0]!.rmse / 1.5);
  expect(report.left).toEqual([]);
  const recipes = RECIPES.slice(0, 8);
  const again = search({ x, y, budgetMs: 1, folds: 3, seed: 2, now: () => 0, recipes });
  expect(again.results).toEqual(reported.slice(0, 8).map((result) => ({ ...result, ms: 0 })));
});

it('averages just the models that it names', () => {
  for (const { parts, build } of RECIPES) {
    if (parts === undefined) continue;
    const single = parts.map((name) =>
      RECIPES.find((recipe) => recipe.name === name)!
        .build(5)
        .fit(x, y)
        .predict(x),
    );
    const mean = y.map((_, i) => single.reduce((sum, answers) => sum + answers[i]!, 0) / parts.length);
    expect([...build(5).fit(x, y).predict(x)]).toEqual(mean);
  }
});

it('ends when its time is over, but never without a result', () => {
  let time = 0;
  const report = search({ x, y, budgetMs: 5, folds: 3, now: () => ++time });
  expect(report.results.length).toBeGreaterThan(0);
  expect(report.results.length).toBeLessThan(RECIPES.length);
  expect(report.left).toEqual(RECIPES.slice(report.results.length).map(({ name }) => name));
  let late = 0;
  expect(search({ x, y, budgetMs: 1, now: () => (late += 1000) }).results).toHaveLength(1);
});

it('stops when asked, and refuses a budget of nothing', () => {
  let done = 0;
  const shouldStop = (): boolean => done >= 2;
  const onResult = (): void => {
    done++;
  };
  expect(search({ x, y, budgetMs: 1, now: () => 0, onResult, shouldStop }).results).toHaveLength(2);
  expect(() => search({ x, y, budgetMs: 1, now: () => 0, shouldStop: () => true })).toThrow('stopped');
  expect(() => search({ x, y, budgetMs: 0, now: () => 0 })).toThrow('budgetMs');
});

it('takes a budget of evaluations instead of a clock: the same recipes on every machine', () => {
  const all = search({ x, y, evaluations: 1_000, folds: 3, seed: 2 });
  expect(all.left).toEqual([]);
  // Averages of models that were scored are no further evaluations.
  expect(all.evaluations).toBe(3 * RECIPES.filter(({ parts }) => parts === undefined).length);
  const some = search({ x, y, evaluations: 10, folds: 3, seed: 2 });
  expect([some.evaluations, some.results]).toEqual([9, all.results.slice(0, 3)]);
  expect(search({ x, y, evaluations: 1, folds: 3 }).results).toHaveLength(1);
  expect(() => search({ x, y })).toThrow('A search needs a budget');
  expect(() => search({ x, y, evaluations: 0 })).toThrow('evaluations must be a number above 0');
  expect(() => search({ x, y, budgetMs: 5 })).toThrow('now');
});

it('scores an average as if its models were fitted once more', () => {
  const { results } = search({ x, y, evaluations: 1_000, folds: 3, seed: 2 });
  for (const recipe of RECIPES.filter(({ parts }) => parts !== undefined)) {
    const own = results.find((result) => result.recipe === recipe.name)!;
    const { pooled, spread, predictions } = crossValidate({ build: () => recipe.build(2), x, y, folds: 3, seed: 2 });
    expect([own.rmse, own.predictions]).toEqual([pooled['rmse'], predictions]);
    expect(own.spread).toBeCloseTo(spread['rmse']!, 12);
  }
});
