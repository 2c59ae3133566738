// Small readers of what people and files say: join codes, params, dvc.yaml, numbers, the progress of a run.

import { describe, expect, it } from 'vitest';
import { joinCodeOf } from '#app/_features/join/join-code.ts';
import { paramSuggestion } from '#app/_features/params/param-suggestion.ts';
import { controlsOf, firstControls } from '#app/_features/params/params.ts';
import { edgesOf, stagesOf } from '#app/_features/runs/dvc-outline.ts';
import { type ProgressMap, withProgress } from '#app/_session/run-progress.ts';
import { changeText, clockText, metricText, spanText } from '#app/_ui/format.ts';
import type { StageReason } from '#pipeline-core/core/report.ts';
import type { ProgressMessage } from '#session-core/protocol/progress.ts';
import { patchFiles } from '#session-core/text/patch.ts';

describe('join code', () => {
  it.each([
    ['b7k 2qx', 'B7K2QX'],
    [' B7K-2QX ', 'B7K2QX'],
    ['http://192.168.1.20:3000/j/B7K2QX', 'B7K2QX'],
    ['crowd.test/j/b7k%202qx?x=1', 'B7K2QX'],
  ])('reads %j', (typed, code) => expect(joinCodeOf(typed)).toBe(code));

  it.each(['', 'B7K2Q', 'B7K2QXX', 'hello', 'B0K2QX', 'https://example.org/'])('refuses %j', (typed) =>
    expect(joinCodeOf(typed)).toBeNull(),
  );
});

describe('a change of a parameter', () => {
  const text =
    'columns:\n  failures: false # classes failed before\nmodel: linear # mean | linear\ntrees: 10 # 1..500\n';

  it('is a patch of that one line, with a sentence', () => {
    const control = controlsOf(text).find(({ key }) => key === 'columns.failures');
    const command = paramSuggestion({ text, revision: 4 }, control!, true);
    expect(command.text).toBe('Use the column failures');
    expect(command.patch?.revision).toBe(4);
    expect(command.patch?.files[0]?.hunks).toHaveLength(1);
    const after = patchFiles({ 'params.yaml': text }, command.patch!);
    expect(after.ok && after.value['params.yaml']).toBe(text.replace('failures: false', 'failures: true'));
  });

  it('offers, where every column is on, the model and its own numbers before those of others', () => {
    const all =
      'columns:\n  age: true\nmodel: forest # knn | forest\nknn:\n  scaled: false\n  k: 5 # 1..9\nforest:\n  trees: 10 # 1..500\n';
    expect(firstControls(controlsOf(all), 3).map(({ key }) => key)).toEqual(['model', 'forest.trees', 'knn.k']);
  });

  it('offers columns that are off, then the model, then numbers', () => {
    expect(firstControls(controlsOf(text), 3).map(({ key }) => key)).toEqual(['columns.failures', 'model', 'trees']);
  });
});

describe('the outline of dvc.yaml', () => {
  const text = `# a comment
stages:
  prepare:
    cmd: node src/prepare.ts
    deps:
      - data/raw/students.csv # raw
    params:
      - columns
    outs:
      - data/processed/students.csv

  evaluate:
    cmd: node src/evaluate.ts
    deps:
    - data/processed/students.csv
    metrics:
    - reports/metrics.json:
        cache: false
    plots:
    - reports/predictions.csv:
        x: actual
        template: scatter
`;

  it('sees stages, what they read and what they write', () => {
    expect(stagesOf(text)).toEqual([
      { name: 'prepare', deps: ['data/raw/students.csv'], outs: ['data/processed/students.csv'] },
      {
        name: 'evaluate',
        deps: ['data/processed/students.csv'],
        outs: ['reports/metrics.json', 'reports/predictions.csv'],
      },
    ]);
  });

  it('connects an out with the stage that reads it, also inside of a folder', () => {
    expect(edgesOf(stagesOf(text))).toEqual([{ from: 'prepare', to: 'evaluate', file: 'data/processed/students.csv' }]);
    const folder = [
      { name: 'a', deps: [], outs: ['models'] },
      { name: 'b', deps: ['models/x.json'], outs: [] },
    ];
    expect(edgesOf(folder)).toHaveLength(1);
  });

  it('connects a stage for each value of a list with what reads its outs', () => {
    const each = `stages:
  train:
    foreach: [a, b]
    do:
      deps: [data/prepared.csv, "src/train.ts"]
      outs:
        - models/\${item}.json
  fold:
    foreach: [a, b]
    do:
      deps: [models/\${item}.json]
      outs: [scores/\${key}]
  evaluate:
    deps:
      - models/a.json
      - models/a.txt
`;
    expect(stagesOf(each)[0]?.deps).toEqual(['data/prepared.csv', 'src/train.ts']);
    expect(edgesOf(stagesOf(each)).map(({ from, to }) => [from, to])).toEqual([
      ['train', 'fold'],
      ['train', 'evaluate'],
    ]);
  });

  it('takes nonsense without throwing', () => {
    expect(stagesOf('stages: [\n\t: :\n  - ]')).toEqual([]);
    expect(stagesOf('')).toEqual([]);
  });
});

it('writes numbers as people read them', () => {
  expect(metricText(2.3456)).toBe('2.346');
  expect(metricText(-0.5)).toBe('−0.500');
  expect(changeText(-0.17)).toBe('−0.170');
  expect(changeText(0.0001)).toBe('±0');
  expect([spanText(24), spanText(640), spanText(65_000)]).toEqual(['24 ms', '0.6 s', '1 min 5 s']);
  expect(clockText(65_400)).toBe('1:05');
});

describe('the progress of a run', () => {
  const NEW: StageReason = { code: 'changes', changes: [{ type: 'new' }] };
  const say = (map: ProgressMap, ...messages: ProgressMessage[]) =>
    messages.reduce<ProgressMap>((now, message) => withProgress(now, message), map);

  it('follows a run from its plan to its stages', () => {
    const map = say(
      {},
      { type: 'plan', run: 'r1', stages: [{ name: 'prepare', willRun: true, reason: NEW }] },
      { type: 'stage', run: 'r1', name: 'prepare' },
      { type: 'progress', run: 'r1', stage: 'prepare', share: 0.5 },
      { type: 'staged', run: 'r1', result: { name: 'prepare', status: 'ran', reason: NEW, ms: 12, outs: [] } },
      { type: 'log', run: 'r1', lines: [{ stage: 'prepare', at: 1, text: 'hello' }] },
    );
    expect(map['r1']?.stages).toEqual([{ name: 'prepare', status: 'ran', reason: NEW, share: 0.5, ms: 12 }]);
    expect(map['r1']?.log).toHaveLength(1);
  });

  it('starts in the middle where the first messages were lost', () => {
    expect(say({}, { type: 'stage', run: 'r1', name: 'train' })['r1']?.stages[0]?.status).toBe('running');
  });
});
