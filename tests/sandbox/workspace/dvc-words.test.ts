// Numbers, names and options that DVC 3 reads otherwise than the parser here, or refuses: each is an error with its line,
// none is taken and dropped.
import { describe, expect, it } from 'vitest';
import { PipelineError } from '#pipeline-core/core/errors.ts';
import { pickParams } from '#pipeline-core/workspace/params.ts';
import { readParams, readWorkspace } from '#sandbox/workspace/workspace.ts';

const read = (dvc: string, params = 'seed: 7\n') =>
  readWorkspace({ 'src/a.ts': '', 'dvc.yaml': dvc, 'params.yaml': params }, []);
const STAGE = 'stages:\n  a:\n    cmd: node src/a.ts\n    deps: [src/a.ts]\n    outs: [r/m.json, r/p.csv]\n';

function refused(dvc: string, params?: string) {
  try {
    read(dvc, params);
  } catch (error) {
    if (error instanceof PipelineError) return { message: error.message, line: error.facts['line'] };
    throw error;
  }
  throw new Error('It was accepted.');
}

describe('numbers and names', () => {
  it.each([
    '-0x1F',
    '0x1_F',
    '+0o17',
    '0b11',
    '1.000_000',
    '1_0e3',
    '1_000',
    '0xFFFFFFFFFFFFFFFF',
    '12345678901234567890',
  ])('%s is no text and loses no digits, in params and in vars', (word) => {
    expect(refused(STAGE, `a: 1\nb: [${word}]\n`)).toEqual({ message: expect.stringMatching(/write it/), line: 2 });
    expect(refused(`vars:\n  - n: ${word}\n${STAGE}`)).toEqual({ message: expect.stringMatching(/write it/), line: 2 });
  });

  it('takes what is marked as a text or is none of DVC', () =>
    expect(readParams('a: !!str 1_000\nb: "0b11"\nc: 0x1F\nd: 1_a\ne: 2024-01-02\n2024: 1\n')).toEqual({
      a: '1_000',
      b: '0b11',
      c: 31,
      d: '1_a',
      e: '2024-01-02',
      2024: 1,
    }));

  it.each(['1.0', '1e3', '0x10', 'true', '~', '1_000', '12345678901234567890'])('%s is no name', (word) => {
    expect(refused(STAGE, `a: 1\n${word}: 5\n`)).toEqual({ message: expect.stringContaining('in quotes'), line: 2 });
    expect(readParams(`"${word}": 5\n`)).toEqual({ [word]: 5 });
  });

  it('an invisible character is named with its place', () =>
    expect(refused(STAGE, 'a: 1\nb: "x\u0000y"\n')).toEqual({ message: expect.stringContaining('U+0000'), line: 2 }));

  it('all of params.yaml is read as it is, names with a dot too', () => {
    const { stages, params } = read(`${STAGE}    params:\n      - params.yaml:\n`, '"a.b": 1\nc: {d: 2}\n');
    expect(pickParams(params, stages[0]!)).toEqual({ 'a.b': 1, c: { d: 2 } });
  });

  it.each(['"a.b": 1\na:\n  b: 2\n', 'a:\n  b: 2\n\n"a.b": 1\n'])(
    '%j has two values of one name: a change of one would not run a stage again',
    (params) =>
      expect(refused(STAGE, params)).toEqual({
        message: expect.stringContaining('rename'),
        line: params.startsWith('a') ? 4 : 3,
      }),
  );
});

describe('what is merged in', () => {
  const matrix = (key: string) =>
    `vars:\n  - base: &base {model: [x, y]}\nstages:\n  t:\n    cmd: node src/a.ts\n    deps: [src/a.ts]\n    matrix:\n      k: [1]\n      ${key}: *base\n`;

  it('comes first in the names of stages', () =>
    expect(read(matrix('<<')).stages.map(({ name }) => name)).toEqual(['t@x-1', 't@y-1']));

  it('is named by `<<` without quotes alone', () => expect(refused(matrix('"<<"')).line).toBe(9));

  it('of several, the first has the last word', () =>
    expect(readParams('a: &a {x: 1, y: 1}\nb: &b {x: 2, z: 2}\nc:\n  <<: [*a, *b]\n  z: 3\n')['c']).toEqual({
      x: 1,
      y: 1,
      z: 3,
    }));
});

describe('options', () => {
  it('a folder among the metrics at the top stands for all that is in it', () => {
    const text = STAGE.replace('r/m.json, r/p.csv', 'r/m.json, r/n.json');
    const [stage] = read(`${text}metrics: [r]\n`).stages;
    expect(stage!.metrics.map(({ path }) => path)).toEqual(['r/m.json', 'r/n.json']);
  });

  it.each([
    ['    plots: [q.png]\n', /name it in `outs`/],
    ['    plots: [{q.yaml: {x: a}}]\n', /name it in `outs`/],
    ['    plots: [{q.csv: {x: 5}}]\n', /put it into quotes/],
    ['    plots: [{q.csv: {y: 1.0}}]\n', /put it into quotes/],
    ['    params: [""]\n', /must name a param/],
    ['    params: [{}]\n', /must name a param/],
    ['    params: [{params.yaml: [""]}]\n', /must name a param/],
    ['    metrics: [{n.json: {labels: [1]}}]\n', /must be a text/],
    ['artifacts: {a: {path: r/m.json, labels: [1]}}\n', /must be a text/],
    ['plots: [{r/p.csv: {x: [a, b], y: [c, d]}}]\n', /one column/],
    ['plots: [{both: {x: {r/p.csv: [a, b]}, y: {r/p.csv: c}}}]\n', /one column/],
    ['plots: [{r/p.csv: {y: [1]}}]\n', /put it into quotes/],
  ])('%j', (line, message) =>
    expect(refused(`${STAGE}${line}`)).toEqual({ message: expect.stringMatching(message), line: 6 }),
  );
});
