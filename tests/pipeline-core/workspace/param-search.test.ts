// What the machine tries in params.yaml, against scores that a function of the parameters gives.
import { expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { searchParams, type Trial, type TrialResult } from '#pipeline-core/workspace/param-search.ts';

const TEXT = `columns:
  age: true # age in years
  failures: false # classes failed
  absences: false # lessons missed
model: linear # linear | forest | average
forest:
  trees: 10 # 1..500 step 10, trees
  leaf: 1 # 1..50 step 1, rows in a leaf
# How we measure.
folds: 5 # 2..20, parts
note: hello
`;

interface Params {
  readonly columns: { readonly age: boolean; readonly failures: boolean; readonly absences: boolean };
  readonly model: string;
  readonly forest: { readonly trees: number; readonly leaf: number };
  readonly folds: number;
}

/** Failures help, absences harm, a forest of about 8 rows in a leaf is best. */
function error({ columns, model, forest }: Params): number {
  const inputs = 3 - (columns.failures ? 1 : 0) + (columns.absences ? 0.1 : 0);
  if (model !== 'forest') return inputs;
  return inputs - 0.5 + Math.abs(Math.log(forest.leaf / 8)) / 10 + 1 / (10 + forest.trees);
}

function tried(score: (params: Params) => TrialResult, direction: 'lower' | 'higher' = 'lower'): Trial[] {
  const trials: Trial[] = [];
  const search = searchParams(TEXT, direction);
  for (let step = search.next(); step.done !== true; ) {
    trials.push(step.value);
    expect(trials.length).toBeLessThan(500);
    step = search.next(score(parseYaml(step.value.text) as Params));
  }
  return trials;
}
const sameFolds = (params: Params): TrialResult => (params.folds === 5 ? { score: error(params) } : 'other-protocol');

it('begins with the text as it is, and ends where no single change is better', () => {
  const trials = tried(sameFolds);
  expect(trials[0]).toEqual({ text: TEXT, changes: [] });
  const scores = trials.map(({ text }) => error(parseYaml(text) as Params));
  const best = trials[scores.indexOf(Math.min(...scores))]!;
  expect(best.changes).toEqual([
    { key: 'columns.failures', before: false, after: true },
    { key: 'model', before: 'linear', after: 'forest' },
    { key: 'forest.trees', before: 10, after: 500 },
    { key: 'forest.leaf', before: 1, after: expect.toSatisfy((leaf: number) => leaf >= 6 && leaf <= 10) },
  ]);
  expect(best.text).toContain('  failures: true # classes failed\n');
  expect(best.text.split('\n')).toHaveLength(TEXT.split('\n').length);
});

it('tries nothing twice, and the same on every machine', () => {
  const trials = tried(sameFolds);
  expect(new Set(trials.map(({ text }) => text)).size).toBe(trials.length);
  expect(tried(sameFolds)).toEqual(trials);
});

it('leaves alone what changes how the score is made, after one attempt', () => {
  const folds = tried(sameFolds).filter(({ changes }) => changes.some(({ key }) => key === 'folds'));
  expect(folds).toHaveLength(1);
});

it('goes on where a trial fails, and up where higher is better', () => {
  const failing = tried((params) => (params.model === 'average' ? 'failed' : sameFolds(params)));
  expect(failing.length).toBeGreaterThan(10);
  const up = tried((params) => ({ score: params.forest.leaf + (params.model === 'forest' ? 1 : 0) }), 'higher');
  expect(up.some(({ text }) => text.includes('leaf: 50'))).toBe(true);
  expect(tried(() => 'failed').length).toBeGreaterThan(3);
});

it('has one trial where there is nothing to change', () => {
  const search = searchParams('note: hello\n', 'lower');
  expect(search.next().value).toEqual({ text: 'note: hello\n', changes: [] });
  expect(search.next({ score: 1 }).done).toBe(true);
});
