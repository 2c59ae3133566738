// dvc.yaml and params.yaml as DVC 3 reads them: what is supported means the same, and all else is an error with its line.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are DVC's templates
import { describe, expect, it } from 'vitest';
import { PipelineError } from '#pipeline-core/core/errors.ts';
import { declaredParams, pickParams } from '#pipeline-core/workspace/params.ts';
import { pathsOut } from '#pipeline-core/workspace/pipeline.ts';
import { readParams, readWorkspace } from '#sandbox/workspace/workspace.ts';

const PARAMS =
  'seed: 7\ntrain:\n  trees: 100\nmodels: [ridge, forest]\nsizes:\n  small: {rows: 10}\n  big: {rows: 99}\n';
const SOURCES = { 'src/a.ts': '', 'src/ridge.ts': '', 'src/forest.ts': '', 'src/lib/x.ts': '', 'src/lib/y.ts': '' };
const read = (dvc: string, params = PARAMS) =>
  readWorkspace({ ...SOURCES, 'dvc.yaml': dvc, 'params.yaml': params }, ['data/raw/students.csv']);
const stage = (lines: string, name = 'a') =>
  `stages:\n  ${name}:\n    cmd: node src/a.ts\n    deps: [src/a.ts]\n${lines.replaceAll(/^/gm, '    ')}\n`;

function refused(dvc: string, params = PARAMS) {
  try {
    read(dvc, params);
  } catch (error) {
    if (error instanceof PipelineError) return { message: error.message, line: error.facts['line'] };
    throw error;
  }
  throw new Error('It was accepted.');
}

describe('what DVC reads', () => {
  it('takes `- params.yaml:` for the whole file, whatever else is named', () => {
    for (const list of [
      '- params.yaml:',
      '- params.yaml: []',
      '- seed\n  - params.yaml:',
      '- params.yaml:\n  - seed',
    ]) {
      const { stages, params } = read(stage(`params:\n  ${list}`));
      expect(pickParams(params, stages[0]!)).toEqual(readParams(PARAMS));
      expect(Object.keys(declaredParams(params, stages[0]!))).toEqual(['seed', 'train', 'models', 'sizes']);
    }
  });

  it('fills in values of params.yaml and vars', () => {
    const { stages } = read(`vars:
  - params.yaml
  - file: out
  - train: {rate: 0.5}
stages:
  a:
    vars:
      - own: b
    cmd: node src/\${models[0]}.ts
    deps:
      - src/\${models[0]}.ts
    desc: \\\${file}
    outs:
      - models/\${file}-\${own}-\${train.trees}-\${train.rate}.json:
          cache: true
`);
    expect(stages[0]).toMatchObject({ cmd: 'node src/ridge.ts', entry: 'src/ridge.ts' });
    expect(stages[0]!.outs.map(({ path }) => path)).toEqual(['models/out-b-100-0.5.json']);
  });

  it.each([
    ['foreach: [x, 1, true]', ['a@x', 'a@1', 'a@true'], '${item}'],
    ['foreach: ${models}', ['a@ridge', 'a@forest'], '${item}'],
    ['foreach: ${sizes}', ['a@small', 'a@big'], '${key}-${item.rows}'],
    ['foreach: [{n: 1}, {n: 2}]', ['a@0', 'a@1'], '${item.n}'],
  ])('makes the stages of %s', (foreach, names, out) => {
    const body = `    do:\n      cmd: node src/a.ts\n      deps: [src/a.ts]\n      outs: ['models/${out}.json']\n`;
    const { stages } = read(`stages:\n  a:\n    ${foreach}\n${body}`);
    expect(stages.map(({ name }) => name)).toEqual(names);
    expect(new Set(stages.flatMap(pathsOut)).size).toBe(names.length);
  });

  it('makes the stages of a matrix', () => {
    const { stages } = read(
      stage('matrix:\n  model: ${models}\n  n: [1, {k: 2}]\nouts: ["${key}.json", "x/${item.model}-${key}"]', 't'),
    );
    expect(stages.map(({ name }) => name)).toEqual(['t@ridge-1', 't@ridge-n1', 't@forest-1', 't@forest-n1']);
    expect(pathsOut(stages[1]!)).toEqual(['ridge-n1.json', 'x/ridge-ridge-n1']);
  });

  it('reads anchors, their uses and merges', () => {
    const { stages } = read(`stages:
  a: &a
    cmd: node src/a.ts
    deps: &deps [src/a.ts]
    outs: [x.csv]
  b:
    <<: *a
    outs: [y.csv]
  c:
    cmd: node src/a.ts
    deps: *deps
`);
    expect(stages.map((one) => [one.name, one.entry, pathsOut(one)])).toEqual([
      ['a', 'src/a.ts', ['x.csv']],
      ['b', 'src/a.ts', ['y.csv']],
      ['c', 'src/a.ts', []],
    ]);
    expect(readParams('a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\nc: *a\n')).toEqual({
      a: { x: 1, y: 2 },
      b: { y: 3, x: 1 },
      c: { x: 1, y: 2 },
    });
  });

  it('takes a folder among the deps for all that is in it, and a list of one command', () => {
    const { stages } = read(`stages:
  a:
    cmd: [node src/a.ts]
    deps: [./src/a.ts, src/lib/]
    outs: [parts/1.csv]
  b:
    cmd: node src/ridge.ts
    deps: [src, parts, parts/1.csv]
`);
    expect(stages[0]!.deps.map(({ path }) => path)).toEqual(['src/a.ts', 'src/lib/x.ts', 'src/lib/y.ts']);
    expect(stages[1]!.deps.map(({ path }) => path)).toEqual([...Object.keys(SOURCES).sort(), 'parts/1.csv']);
  });

  it('names stages and files after fractions as Python writes them, from params.yaml too', () => {
    const outs = (rates: string, params: string) =>
      read(
        `stages:\n  a:\n    matrix: {rate: ${rates}}\n    cmd: node src/a.ts\n    deps: [src/a.ts]\n    outs: ["\${item.rate}.csv"]\n`,
        params,
      ).stages.map(({ name, outs: [out] }) => [name, out!.path]);
    const made = [
      ['a@1.0', '1.0.csv'],
      ['a@0.1', '0.1.csv'],
      ['a@1e-05', '1e-05.csv'],
      ['a@0.0001', '0.0001.csv'],
      ['a@3', '3.csv'],
    ];
    expect(outs('[1.0, 0.10, 1e-5, 1e-4, 3]', '')).toEqual(made);
    expect(outs('"${rates}"', 'rates: [1.0, 0.10, 1e-5, 1e-4, 3]\n')).toEqual(made);
    expect(read(stage(''), 'rate: 1.0\nsmall: 1e-5\n').params).toEqual({ rate: 1, small: 1e-5 });
  });

  it('takes what says only what is so anyway, `./` at the top, and artifacts', () => {
    const lines = 'wdir: .\nalways_changed: false\nouts: [m.json, p.csv]';
    const top = 'metrics: [./m.json]\nplots: [./p.csv]\nparams: [./params.yaml]\n';
    const artifacts = 'artifacts:\n  model: {path: m.json, type: model, labels: [a], meta: {b: 1}}\n';
    const { stages } = read(`${top}${artifacts}${stage(lines)}`);
    expect(stages[0]!.metrics.map(({ path }) => path)).toEqual(['m.json']);
    expect(stages[0]!.plots.map(({ path }) => path)).toEqual(['p.csv']);
  });

  it('reads metrics and plots at the top, as DVCLive writes them', () => {
    const outs = [
      'dvclive/metrics.json',
      'dvclive/plots/metrics/a.tsv',
      'dvclive/plots/metrics/b.tsv',
      'p.csv',
      'q.csv',
    ];
    const { stages } = read(`params:
  - params.yaml
metrics:
  - dvclive/metrics.json
plots:
  - dvclive/plots/metrics:
      x: step
  - p.csv:
      x: epoch
      y: [train, test]
      template: scatter
  - Both:
      y:
        q.csv: loss
      x: epoch
${stage(`outs: [${outs.join(', ')}]`)}`);
    expect(stages[0]!.outs).toEqual([]);
    expect(stages[0]!.metrics.map(({ path }) => path)).toEqual(['dvclive/metrics.json']);
    expect(stages[0]!.plots.map(({ line: _, ...plot }) => plot)).toEqual([
      { path: outs[1], x: 'step' },
      { path: outs[2], x: 'step' },
      { path: 'p.csv', x: 'epoch', y: 'train', template: 'scatter' },
      { path: 'p.csv', x: 'epoch', y: 'test', template: 'scatter' },
      { path: 'q.csv', title: 'Both', x: 'epoch', y: 'loss' },
    ]);
    expect(pathsOut(stages[0]!)).toEqual(outs);
  });
});

describe('what is an error with its line', () => {
  it.each([
    ['plots:\n  - p.csv:\n      template: nonsense', 7, /no template `nonsense`/],
    ['plots:\n  - p.csv:\n      template: histogramm', 7, /Did you mean `histogram`/],
    ['plots:\n  - p.csv:\n      header: false', 7, /names of the columns first/],
    ['plots:\n  - p.csv:\n      header: "no"', 7, /true or false/],
    ['plots:\n  - p.csv:\n      y: [a, b]', 7, /one column/],
    ['plots:\n  - p.csv:\n      title: 5', 7, /must be a text/],
    ['outs:\n  - p.csv:\n      cache: no', 7, /`cache` of `p.csv` must be true or false/],
    ['outs:\n  - p.csv:\n      persist: true', 7, /never finds its earlier out/],
    ['outs:\n  - p.csv:\n      cach: true', 7, /unknown option/],
    ['outs:\n  - package.json', 6, /reserved/],
    ['outs:\n  - x/A.csv\n  - x/a.csv', 7, /upper and lower case/],
    ['params:\n  - other.yaml:', 6, /params.yaml alone/],
    ['frozen: no', 5, /true or false/],
    ['wdir: src', 5, /not supported/],
    ['always_changed: true', 5, /not supported/],
    ['desc: 5', 5, /must be a text/],
    ['outs:\n  - models/', 6, /name each file/],
    ['metrics:\n  - models/:\n      cache: false', 6, /name each file/],
    ['vars:\n  - x: {y: "${seed}"}', 6, /which DVC does not fill in/],
    ['vars:\n  - x: [1, "${seed}"]', 6, /which DVC does not fill in/],
    ['matrix: {n: [1, null]}', 5, /empty value/],
    ['outs:\n  - ${nothing}.csv', 6, /neither params.yaml nor vars/],
    ['outs:\n  - ${train.treees}.csv', 6, /Did you mean `trees`/],
    ['outs:\n  - ${train}.csv', 6, /not a single value/],
    ['outs:\n  - ${train', 6, /lacks a "}"/],
    ['outs:\n  - ${a b}.csv', 6, /no name of a value/],
    ['vars:\n  - seed: 8', 6, /has a value already/],
    ['vars:\n  - other.yaml', 6, /always read/],
    ['do:\n  cmd: x', 5, /needs a `foreach`/],
    ['matrix: {n: 3}', 5, /must be a list/],
  ])('%j', (lines, line, message) => {
    const error = refused(stage(lines));
    expect(error.message).toMatch(message);
    expect(error.line).toBe(line);
  });

  it.each([
    ['metrics: [x.json]\n', 1, /written by no stage/],
    ['params: [other.yaml]\n', 1, /params.yaml alone/],
    ['plots:\n  - p.csv\n', 2, /written by no stage/],
    ['metric: [x.json]\n', 1, /Did you mean `metrics`/],
    ['artifacts: 5\n', 1, /each with a `path`/],
    ['artifacts:\n  model: {type: x}\n', 2, /needs a `path`/],
    ['artifacts:\n  model: {path: m.json, typ: x}\n', 2, /unknown key `typ`/],
    ['%YAML 1.1\n---\n', 1, /read as 1.2/],
  ])('%j at the top', (top, line, message) => {
    const error = refused(`${top}${stage('')}`);
    expect(error.message).toMatch(message);
    expect(error.line).toBe(line);
  });

  it('more plots than anybody looks at', () => {
    const columns = Array.from({ length: 21 }, (_, i) => `c${i}`).join(', ');
    const error = refused(`plots:\n  - p.csv:\n      y: [${columns}]\n${stage('outs: [p.csv]')}`);
    expect(error).toEqual({ message: expect.stringContaining('at most 20'), line: 2 });
  });

  it('several commands of one stage', () => {
    expect(refused('stages:\n  a:\n    cmd: [node src/a.ts, node src/ridge.ts]\n').message).toMatch(
      /one stage for each/,
    );
  });

  it.each([
    ['  b:\n    foreach: []\n    do:\n      cmd: node src/a.ts\n', 6, /no values/],
    ['---\nstages: {}\n', 6, /ends before this `---`/],
    ['  b:\n    cmd: !shell node src/a.ts\n', 7, /tag/],
    ['  b:\n    cmd: |\n      node src/a.ts\n', 7, /write it as `cmd: node src\/a.ts`/],
  ])('%j after a stage', (text, line, message) => {
    const error = refused(`${stage('')}${text}`);
    expect(error.message).toMatch(message);
    expect(error.line).toBe(line);
  });

  it.each(['!half 3', '12345678901234567890', '-9007199254740993'])('the param `%s`', (value) =>
    expect(refused(stage(''), `a: 1\nb: ${value}\n`).line).toBe(2),
  );

  it('takes large numbers that keep their digits', () =>
    expect(readParams('a: 9007199254740991\nb: 1e300\n')).toEqual({ a: 9007199254740991, b: 1e300 }));

  it.each(['no', 'No', 'off', 'yes', 'on', 'y', '"false"', "'True'", '1_000', '0b11'])(
    'the param `%s`, which people mean otherwise than DVC reads it',
    (word) => {
      expect(refused(stage(''), `a: 1\ncolumns:\n  age: ${word}\n`)).toEqual({
        message: expect.stringContaining('write '),
        line: 3,
      });
      expect(refused(stage(''), `a: [1, ${word}]\n`).line).toBe(1);
    },
  );

  it('takes the words themselves in quotes', () =>
    expect(readParams('a: "no"\nb: nope\n')).toEqual({ a: 'no', b: 'nope' }));

  it('anchors that grow, or hold themselves', () => {
    const doubled = Array.from({ length: 20 }, (_, i) => `  - &a${i + 1} [*a${i}, *a${i}]`).join('\n');
    expect(refused(stage(''), `a:\n  - &a0 [1, 1]\n${doubled}\n`).message).toMatch(/more than 1000|deeper/);
    expect(refused(stage(''), 'a: &a [*a]\n').message).toMatch(/deeper|anchor/);
    expect(refused(stage(''), 'a: *b\n').message).toMatch(/anchor|unresolved/i);
  });
});
