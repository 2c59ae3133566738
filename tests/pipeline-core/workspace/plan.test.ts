import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cacheKey,
  cacheKeyText,
  descendants,
  leafParams,
  type ParamTree,
  type PlanInput,
  pathsOut,
  planStages,
  readPipeline,
  type Stage,
  type StageRecord,
} from '#pipeline-core';
import { stageReason } from '#session-core/sentences/en/stage-reasons.ts';
import { yamlNode } from './yaml-node.ts';

const FILES = {
  'src/prepare.ts': 'p1',
  'src/train.ts': 't1',
  'src/evaluate.ts': 'e1',
  'src/report.ts': 'r1',
  'data/raw/x.csv': 'x1',
};
const PARAMS = {
  prepare: { minAge: 15 },
  columns: { age: true, sex: false },
  train: { trees: 100, name: 'forest' },
  folds: 5,
  seed: 42,
};
const text = (frozen = '') => `stages:
  prepare:
    cmd: node src/prepare.ts
    deps: [src/prepare.ts, data/raw/x.csv]
    params: [prepare, columns]
    outs: [data/processed/x.csv]
  train:
    cmd: node src/train.ts
    deps: [src/train.ts, data/processed/x.csv]
    params: [train, seed]
    outs: [models/model.json]
${frozen === 'train' ? '    frozen: true\n' : ''}  evaluate:
    cmd: node src/evaluate.ts
    deps: [src/evaluate.ts, data/processed/x.csv]
    params: [train, folds, seed]
    metrics: [reports/metrics.json]
    plots: [reports/predictions.csv]
  report:
    cmd: node src/report.ts
    deps: [src/report.ts, models/model.json]
    outs: [reports/report.json]
`;
const stagesOf = (yaml: string): Stage[] => readPipeline(yamlNode(yaml), { files: Object.keys(FILES) });
const STAGES = stagesOf(text());

const recordOf = (stage: Stage): StageRecord => ({
  cmd: stage.cmd,
  deps: Object.fromEntries(
    stage.deps.map(({ path }) => [path, (FILES as Record<string, string>)[path] ?? `hash of ${path}`]),
  ),
  params: leafParams(PARAMS, stage),
  outs: Object.fromEntries(pathsOut(stage).map((path) => [path, `hash of ${path}`])),
  library: 'lib1',
});
const LAST = Object.fromEntries(STAGES.map((stage) => [stage.name, recordOf(stage)]));
const plan = (change: Partial<PlanInput> = {}) =>
  planStages({ stages: STAGES, files: FILES, params: PARAMS, library: 'lib1', last: LAST, ...change });
const ran = (planned: ReturnType<typeof plan>) => planned.filter((stage) => stage.willRun).map((stage) => stage.name);
const reasons = (planned: ReturnType<typeof plan>) =>
  Object.fromEntries(planned.map((stage) => [stage.name, stageReason(stage.reason)]));

describe('planStages', () => {
  it('runs nothing when nothing changed, all when nothing ever ran', () => {
    expect(ran(plan())).toEqual([]);
    expect(stageReason(plan()[0]!.reason)).toBe('nothing changed');
    const fresh = plan({ last: {} });
    expect(ran(fresh)).toEqual(['prepare', 'train', 'evaluate', 'report']);
    expect(stageReason(fresh[0]!.reason)).toBe('it has not run yet');
  });

  it('names a changed param with both values', () => {
    const changed = plan({ params: { ...PARAMS, train: { trees: 200, name: 'forest' } } });
    expect(reasons(changed)).toEqual({
      prepare: 'nothing changed',
      train: 'params.yaml: train.trees 100 → 200',
      evaluate: 'params.yaml: train.trees 100 → 200',
      report: 'train runs again: params.yaml: train.trees 100 → 200',
    });
  });

  it('tells the first cause at full depth, not only that something upstream ran', () => {
    const changed = plan({ params: { ...PARAMS, columns: { age: true, sex: true } } });
    expect(changed.at(-1)).toMatchObject({
      name: 'report',
      reason: {
        code: 'changes',
        changes: [
          {
            type: 'upstream',
            stage: 'train',
            because: { type: 'param', key: 'columns.sex', before: 'false', after: 'true' },
          },
        ],
      },
      changes: [
        {
          type: 'upstream',
          stage: 'train',
          because: [
            {
              type: 'upstream',
              stage: 'prepare',
              because: [{ type: 'param', key: 'columns.sex', before: false, after: true }],
            },
          ],
        },
      ],
    });
  });

  it('names files, added and dropped params, gone outs, the library and what is forced', () => {
    expect(reasons(plan({ files: { ...FILES, 'src/train.ts': 't2' } }))['train']).toBe('src/train.ts changed');
    const more = { ...PARAMS, train: { trees: 100, depth: null } };
    expect(reasons(plan({ params: more }))['train']).toBe(
      'params.yaml: train.depth is new (null); params.yaml: train.name is no longer read',
    );
    const gone = plan({ exists: (path) => path !== 'models/model.json' });
    expect(ran(gone)).toEqual(['train', 'report']);
    expect(reasons(gone)['train']).toBe('models/model.json is missing');
    expect(ran(plan({ library: 'lib2' })).length).toBe(4);
    const forced = plan({ force: ['evaluate'] });
    expect(ran(forced)).toEqual(['evaluate']);
    expect(reasons(forced)['evaluate']).toBe('forced');
    expect(() => plan({ force: ['nope'] })).toThrow('There is no stage "nope" to force');
  });

  it('sees a dep that another stage wrote anew since', () => {
    const last = { ...LAST, prepare: { ...LAST['prepare']!, outs: { 'data/processed/x.csv': 'other' } } };
    expect(reasons(plan({ last }))['train']).toBe('data/processed/x.csv changed (out of prepare)');
  });

  it('leaves a frozen stage and what follows it alone, and says what it leaves unheeded', () => {
    const frozen = { stages: stagesOf(text('train')), params: { ...PARAMS, prepare: { minAge: 16 } } };
    const planned = plan(frozen);
    expect(ran(planned)).toEqual(['prepare', 'evaluate']);
    expect(reasons(planned)['train']).toBe(
      'frozen: it keeps its outs, although prepare runs again: params.yaml: prepare.minAge 15 → 16',
    );
    const { train: _, ...never } = LAST;
    expect(reasons(plan({ ...frozen, last: never }))['train']).toBe('frozen, but it has not run yet');
    expect(ran(plan({ ...frozen, force: ['train'] }))).toContain('train');
  });

  it('one param changed: exactly the stages that declare it, and all behind them, run', () => {
    const keys = Object.keys(
      leafParams(PARAMS, { name: 'all', params: Object.keys(PARAMS).map((key) => ({ key, line: 1 })) }),
    );
    const set = (tree: ParamTree, parts: readonly string[], value: number): ParamTree => {
      const [head, ...rest] = parts;
      return { ...tree, [head!]: rest.length === 0 ? value : set(tree[head!] as ParamTree, rest, value) };
    };
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.integer({ min: 1000, max: 9999 }), (key, value) => {
        const own = STAGES.filter((stage) =>
          stage.params.some((param) => key === param.key || key.startsWith(`${param.key}.`)),
        );
        const expected = new Set(own.flatMap((stage) => [stage.name, ...descendants(STAGES, stage.name)]));
        const planned = plan({ params: set(PARAMS, key.split('.'), value) });
        expect(new Set(ran(planned))).toEqual(expected);
        for (const stage of own) {
          expect(reasons(planned)[stage.name]).toContain(`params.yaml: ${key} `);
        }
      }),
    );
  });

  it('refuses a declared param that is not there, with a near name and the line', () => {
    expect(() => plan({ params: { ...PARAMS, seed: undefined as never } })).toThrow(/declares the param `seed`/);
    expect(() => leafParams(PARAMS, { name: 'train', params: [{ key: 'train.tree', line: 9 }] })).toThrow(
      /Did you mean `train.trees`/,
    );
  });
});

describe('cacheKey', () => {
  const base = {
    cmd: 'node src/a.ts',
    deps: { b: '1', a: '2' },
    params: { y: 1, x: 'q' },
    outs: ['o', 'n'],
    library: 'v1',
  };

  it('does not depend on order, and depends on every fact', () => {
    const key = cacheKeyText(base);
    const shuffled = { ...base, deps: { a: '2', b: '1' }, params: { x: 'q', y: 1 }, outs: ['n', 'o'] };
    expect(cacheKeyText(shuffled)).toBe(key);
    const others = [
      { ...base, cmd: 'node src/b.ts' },
      { ...base, deps: { a: '2', b: '3' } },
      { ...base, deps: { a: '2', c: '1' } },
      { ...base, params: { y: '1', x: 'q' } },
      { ...base, outs: ['o'] },
      { ...base, library: 'v2' },
    ].map(cacheKeyText);
    expect(new Set([key, ...others]).size).toBe(others.length + 1);
  });

  it('cannot be forged by odd names', () => {
    const forged = { ...base, deps: { 'a","2"]\n["dep","b': '1' } };
    expect(cacheKeyText(forged)).not.toBe(cacheKeyText({ ...base, deps: { a: '2', b: '1' } }));
    expect(cacheKey(base, (line) => `<${line.length}>`)).toMatch(/^<\d+>$/);
  });
});
