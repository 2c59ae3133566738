import { describe, expect, it } from 'vitest';
import {
  ancestors,
  descendants,
  edgesOf,
  PipelineError,
  quickFixOf,
  readPipeline,
  topologicalOrder,
} from '#pipeline-core';
import { yamlNode } from './yaml-node.ts';

const FILES = [
  'data/raw/students.csv',
  'src/student.ts',
  'src/prepare.ts',
  'src/train.ts',
  'src/evaluate.ts',
  'params.yaml',
];
const GOOD = `stages:
  evaluate:
    cmd: node src/evaluate.ts
    deps:
      - src/evaluate.ts
      - data/processed/students.csv
    params:
      - folds
      - model
    metrics:
      - reports/metrics.json:
          cache: false
    plots:
      - reports/predictions.csv:
          x: actual
          y: predicted
          title: Predicted against actual grade
          x_label: actual grade (0..20)
          y_label: predicted grade (0..20)
  train:
    cmd: node src/train.ts
    deps: [src/train.ts, data/processed/students.csv]
    params:
      - params.yaml: [model]
    outs:
      - models/model.json
    frozen: true
  prepare:
    cmd: node src/prepare.ts
    deps:
      - src/prepare.ts
      - data/raw/students.csv
    outs:
      - data/processed/students.csv
`;
const read = (text: string) => readPipeline(yamlNode(text), { files: FILES });
const refused = (text: string): PipelineError => {
  try {
    read(text);
  } catch (error) {
    if (error instanceof PipelineError) return error;
    throw error;
  }
  throw new Error('it was accepted');
};

describe('readPipeline', () => {
  it('reads stages, items, options and lines', () => {
    const [evaluate, train] = read(GOOD);
    expect(evaluate!.params).toEqual([
      { key: 'folds', line: 8 },
      { key: 'model', line: 9 },
    ]);
    expect(evaluate!.metrics).toEqual([{ path: 'reports/metrics.json', line: 11 }]);
    expect(evaluate!.plots).toEqual([
      {
        path: 'reports/predictions.csv',
        line: 14,
        x: 'actual',
        y: 'predicted',
        title: 'Predicted against actual grade',
        xLabel: 'actual grade (0..20)',
        yLabel: 'predicted grade (0..20)',
      },
    ]);
    expect(train).toMatchObject({
      name: 'train',
      line: 20,
      cmd: 'node src/train.ts',
      entry: 'src/train.ts',
      frozen: true,
    });
    expect(train!.params).toEqual([{ key: 'model', line: 24 }]);
  });

  it('reads paths as DVC does: `./` and `//` are nothing, `..` goes up, wherever a path is named', () => {
    const plain = `vars:\n  - params.yaml\n${GOOD}plots:\n  - errors:\n      x:\n        reports/predictions.csv: actual\n      y:\n        reports/predictions.csv: predicted\n`;
    const odd = plain
      .replace('vars:\n  - params.yaml', 'vars:\n  - ./params.yaml')
      .replace('params.yaml: [model]', './params.yaml: [model]')
      .replace('      - src/evaluate.ts\n', '      - ./src//evaluate.ts\n')
      .replace('[src/train.ts,', '[src/../src/./train.ts,')
      .replace('- models/model.json', '- ./models//model.json')
      .replace('- reports/metrics.json:', '- ././reports/metrics.json:')
      .replace('- reports/predictions.csv:', '- reports/./predictions.csv:')
      .replace('        reports/predictions.csv: actual', '        ./reports/predictions.csv: actual')
      .replace('        reports/predictions.csv: predicted', '        reports//predictions.csv: predicted');
    expect(read(odd)).toEqual(read(plain));
  });

  it.each(['../data/x.csv', 'src/../../x.csv', '/etc/passwd', './', '..'])(
    'never reads %s as a path inside',
    (path) => {
      const text = `stages:\n  a:\n    cmd: node src/train.ts\n    deps:\n      - src/train.ts\n      - ${path}`;
      expect(refused(text).facts).toMatchObject({ line: 6 });
    },
  );

  it('orders the fork and finds what is before and behind', () => {
    const stages = read(GOOD);
    expect(topologicalOrder(stages).map((stage) => stage.name)).toEqual(['prepare', 'evaluate', 'train']);
    expect(ancestors(stages, 'train')).toEqual(['prepare']);
    expect(descendants(stages, 'prepare')).toEqual(['evaluate', 'train']);
    expect(descendants(stages, 'train')).toEqual([]);
    expect(edgesOf(stages)[0]).toEqual({ from: 'prepare', to: 'evaluate', paths: ['data/processed/students.csv'] });
    expect(() => ancestors(stages, 'x')).toThrow('There is no stage "x": the stages are evaluate, train, prepare.');
  });

  it.each([
    ['stages:\n  a:\n    foreach: [1]\n    do: x', 3, /needs `do:` with the stage/],
    ['stages:\n  a:\n    wdir: src\n    cmd: node src/train.ts', 3, /wdir.*top of the workspace/],
    ['stages:\n  a:\n    cmd: node  src/train.ts', 3, /exactly/],
    ['stages:\n  a:\n    cmd: python src/train.py', 3, /exactly/],
    ['stages:\n  a:\n    cmd: node src/train.ts && rm x', 3, /exactly/],
    [
      'stages:\n  a:\n    cmd: node src/trian.ts\n    deps: [src/trian.ts]',
      3,
      /no such file. Did you mean `src\/train.ts`/,
    ],
    ['stages:\n  a:\n    deps: []', 2, /no `cmd`/],
    ['stages:\n  a:', 2, /empty/],
    ['stages:\n  a:\n    cmd: node src/train.ts\n    dep: []', 4, /unknown key `dep`. Did you mean `deps`/],
    ['stages:\n  a:\n    cmd: node src/train.ts\n    deps: src/train.ts', 4, /must be a list/],
    ['stages:\n  a:\n    cmd: node src/train.ts\n    deps:\n      - ../x.csv', 5, /is not a name for a file/],
    [
      'stages:\n  a:\n    cmd: node src/train.ts\n    deps:\n      - src/train.ts\n    params:\n      - other.yaml: [x]',
      7,
      /params.yaml alone/,
    ],
    [
      'stages:\n  a:\n    cmd: node src/train.ts\n    deps:\n      - src/train.ts\n      - data/raw/student.csv',
      6,
      /neither a file nor an out.*Did you mean `data\/raw\/students.csv`/,
    ],
    [
      'stages:\n  a:\n    cmd: node src/train.ts\n    deps: [src/train.ts]\n    outs: [src/student.ts]',
      5,
      /may not write it/,
    ],
    ['- 1', 1, /must begin with `stages:`/],
    ['stages: []', 1, /at least one stage/],
  ])('refuses %j at line %i', (text, line, message) => {
    const error = refused(text);
    expect(error.code).toBe('bad-pipeline');
    expect(error.facts).toMatchObject({ file: 'dvc.yaml', line });
    expect(error.message).toMatch(message);
  });

  it('refuses an out with two stages at the second, and names both', () => {
    const text = GOOD.replace('- models/model.json', '- reports/metrics.json');
    const error = refused(text);
    expect(error.message).toBe('`reports/metrics.json` is written by evaluate and by train: an out has one stage.');
    expect(error.facts['line']).toBe(26);
  });

  it('refuses a circle and says it', () => {
    const error = refused(GOOD.replace('- data/raw/students.csv', '- models/model.json'));
    expect(error.message).toBe(
      'The stages wait for each other in a circle: train -> prepare -> train. Take one dep away.',
    );
  });

  it('offers the line that adds the entry file to deps, and the line mends it', () => {
    const broken = GOOD.replace('      - src/prepare.ts\n', '');
    const quickFix = quickFixOf(refused(broken))!;
    expect(quickFix).toMatchObject({ item: 'src/prepare.ts', section: 'deps', stage: 'prepare', file: 'dvc.yaml' });
    const lines = broken.split('\n');
    lines.splice(quickFix.beforeLine - 1, 0, quickFix.insert);
    expect(read(lines.join('\n')).length).toBe(3);
  });

  it('offers a whole section where there is none, and nothing for a list in brackets', () => {
    const bare = 'stages:\n  a:\n    cmd: node src/train.ts\n';
    const quickFix = quickFixOf(refused(bare))!;
    const lines = bare.split('\n');
    lines.splice(quickFix.beforeLine - 1, 0, quickFix.insert);
    expect(read(lines.join('\n'))[0]!.deps).toEqual([{ path: 'src/train.ts', line: 5 }]);
    expect(quickFixOf(refused('stages:\n  a:\n    cmd: node src/train.ts\n    deps: [params.yaml]'))).toBeNull();
  });
});
