import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import {
  flattenParams,
  type ParamTree,
  paramControls,
  pickParams,
  readScalar,
  setParam,
  writeScalar,
} from '#pipeline-core';

const TEXT = `# what the model may see
columns:
  failures: false    # past class failures
  Medu: true
model:
  name: linear # mean | linear | ridge | forest
  trees: 100 # 1..500
  depth: null # 1..30 | null, levels of a tree
  rate: 0.1 # 0.01..1 step 0.01; learning rate
  bins: 32 # 16 | 32 | 64
  title: 'a # b' # the chart's title
  tags: [a, b]
  note: |
    key: not a param
folds: 5 # 2..20
seed: 42
`;

describe('paramControls', () => {
  it('makes a switch, a choice, a ranged number of the lines, with labels and steps', () => {
    const controls = Object.fromEntries(paramControls(TEXT).map(({ key, ...control }) => [key, control]));
    expect(controls).toEqual({
      'columns.failures': { line: 3, kind: 'switch', value: false, label: 'past class failures' },
      'columns.Medu': { line: 4, kind: 'switch', value: true, label: 'Medu' },
      'model.name': {
        line: 6,
        kind: 'choice',
        value: 'linear',
        choices: ['mean', 'linear', 'ridge', 'forest'],
        label: 'name',
      },
      'model.trees': { line: 7, kind: 'number', value: 100, min: 1, max: 500, step: 10, whole: true, label: 'trees' },
      'model.depth': {
        line: 8,
        kind: 'number',
        value: null,
        min: 1,
        max: 30,
        step: 1,
        whole: true,
        nullable: true,
        label: 'levels of a tree',
      },
      'model.rate': {
        line: 9,
        kind: 'number',
        value: 0.1,
        min: 0.01,
        max: 1,
        step: 0.01,
        whole: false,
        label: 'learning rate',
      },
      'model.bins': { line: 10, kind: 'choice', value: 32, choices: [16, 32, 64], label: 'bins' },
      'model.title': { line: 11, kind: 'text', value: 'a # b', label: "the chart's title" },
      folds: { line: 15, kind: 'number', value: 5, min: 2, max: 20, step: 1, whole: true, label: 'folds' },
      seed: { line: 16, kind: 'number', value: 42, label: 'seed' },
    });
  });

  it('gives a step of 1, 2 or 5 for fractions', () => {
    const step = (comment: string) => paramControls(`a: 0.5 # ${comment}`)[0]!.step;
    expect([step('0..1'), step('0.01..0.3'), step('0..10'), step('0..100')]).toEqual([0.02, 0.005, 0.2, 2]);
  });
});

describe('paramControls on any file', () => {
  it('finds every single value of any tree that DVC would write, and nothing else', () => {
    const scalar = fc.oneof(
      fc.boolean(),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.string(),
      fc.constant(null),
    );
    const { tree } = fc.letrec<{ tree: unknown; value: unknown }>((tie) => ({
      tree: fc.dictionary(fc.stringMatching(/^[A-Za-z_]\w{0,6}$/), tie('value'), {
        noNullPrototype: true,
        minKeys: 1,
        maxKeys: 4,
      }),
      value: fc.oneof({ depthSize: 'small' }, scalar, fc.array(scalar, { maxLength: 3 }), tie('tree')),
    }));
    fc.assert(
      fc.property(tree, (params) => {
        const text = stringify(params, {
          lineWidth: 0,
          defaultStringType: 'QUOTE_DOUBLE',
          defaultKeyType: 'PLAIN',
          doubleQuotedAsJSON: true,
        });
        const flat = flattenParams(parse(text) as ParamTree);
        const single = Object.entries(flat).filter(([, value]) => value === null || typeof value !== 'object');
        expect(paramControls(text).map(({ key, value }) => [key, value])).toEqual(single);
      }),
    );
  });

  it('leaves lists of groups alone, and a half-typed line out', () => {
    const text = 'models:\n  - name: a\n    trees: 3\n- x: 1\nname: "half\nseed: 1 # 0..9\n';
    expect(paramControls(text).map(({ key }) => key)).toEqual(['seed']);
  });
});

describe('setParam', () => {
  const set = (key: string, value: Parameters<typeof setParam>[2], text = TEXT) => setParam(text, key, value);

  it('changes one line, only the value on it', () => {
    const cases: [string, Parameters<typeof setParam>[2], string, string][] = [
      ['columns.failures', true, 'failures: false    #', 'failures: true    #'],
      ['model.name', 'forest', 'name: linear #', 'name: forest #'],
      ['model.trees', 110, 'trees: 100 #', 'trees: 110 #'],
      ['model.depth', 4, 'depth: null #', 'depth: 4 #'],
      ['model.title', "it's: x", "title: 'a # b' #", "title: 'it''s: x' #"],
      ['seed', 7, 'seed: 42', 'seed: 7'],
    ];
    for (const [key, value, before, after] of cases) expect(set(key, value)).toBe(TEXT.replace(before, after));
    expect(set('a', 'x', 'a:\r\nb: 1\r\n')).toBe('a: x\r\nb: 1\r\n');
  });

  it('refuses what the line does not allow', () => {
    expect(() => set('model.trees', 501)).toThrow('`model.trees` must be from 1 to 500, but it would become 501.');
    expect(() => set('model.trees', 1.5)).toThrow(/a whole number/);
    expect(() => set('model.trees', null)).toThrow(/a number/);
    expect(() => set('model.name', 'svm')).toThrow(/one of mean, linear, ridge, forest/);
    expect(() => set('columns.failures', 'yes')).toThrow(/true or false/);
    expect(() => set('model.tree', 1)).toThrow(
      'params.yaml has no single value `model.tree`. Did you mean `model.trees`',
    );
    expect(() => set('model', 1)).toThrow(/no single value `model`/);
  });

  it('agrees with a YAML parser: reads what it reads, and an edit changes that value alone', () => {
    const flat = flattenParams(parse(TEXT) as ParamTree);
    for (const { key, value } of paramControls(TEXT)) expect(flat[key]).toEqual(value);
    const edited = flattenParams(parse(set('model.trees', 120)) as ParamTree);
    expect(edited).toEqual({ ...flat, 'model.trees': 120 });
  });

  it('writes any text so that a YAML parser reads the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), (word) => {
        const text = setParam('a: x # words\nb: 1\n', 'a', word);
        expect(text.split('\n').length).toBe(3);
        expect(parse(text)).toEqual({ a: word, b: 1 });
        expect(paramControls(text)[0]!.value).toBe(word);
        expect(readScalar(writeScalar(word))).toBe(word);
      }),
      {
        examples: [
          ['yes'],
          ['null'],
          ['1e3'],
          ['0x1'],
          ['a\nb'],
          ["'"],
          ['#'],
          ['a #b'],
          ['- a'],
          [''],
          [' a'],
          ['.5'],
          ['2024-01-01'],
          ['\u2028'],
          ['\u0085'],
          ['\ufeff'],
        ],
      },
    );
  });
});

describe('pickParams', () => {
  it('keeps the shape of the file and only what is declared', () => {
    const params = [
      { key: 'model.trees', line: 1 },
      { key: 'columns', line: 2 },
      { key: 'model.rate', line: 3 },
    ];
    const tree = parse(TEXT) as ParamTree;
    expect(pickParams(tree, { name: 'train', params })).toEqual({
      model: { trees: 100, rate: 0.1 },
      columns: { failures: false, Medu: true },
    });
  });
});
