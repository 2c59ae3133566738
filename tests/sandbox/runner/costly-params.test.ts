// What people are asked to turn down where a stage ran into a limit.
import { describe, expect, it } from 'vitest';
import { costlyParams, withTurnDown } from '#sandbox/runner/costly-params.ts';
import { errorText } from '#tests/support/report-text.ts';

const PARAMS = {
  model: 'forest',
  'ridge.alpha': 20,
  'forest.trees': 300,
  'forest.leaf': 3,
  'boosting.trees': 500,
  folds: 5,
  seed: 42,
};

describe('params worth turning down', () => {
  it.each([
    ['those of the model that runs, then the folds', PARAMS, ['forest.trees', 'folds']],
    ['of all models, where none of them is named', { ...PARAMS, model: 'average' }, ['boosting.trees', 'forest.trees']],
    ['not the least of something, which costs less', { minSamplesLeaf: 20, folds: 5 }, ['folds']],
    ['none where nothing of it is costly', { alpha: 3, seed: 9, columns: true }, []],
  ])('are %s', (_what, params, keys) => expect(costlyParams(params).map(({ key }) => key)).toEqual(keys));

  it('are named in the sentence', () => {
    const error = { stage: 'train', kind: 'limit', code: 'stage_time', facts: { ms: 10_000 } } as const;
    expect(errorText(withTurnDown(error, PARAMS))).toBe(
      'The train stage took longer than 10 s and was stopped. Turn down forest.trees (300) or folds (5) in params.yaml',
    );
    expect(errorText(withTurnDown(error, {}))).toBe('The train stage took longer than 10 s and was stopped');
  });
});
