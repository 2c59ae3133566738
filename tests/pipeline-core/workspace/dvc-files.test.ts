import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { dvcLock, dvcYaml, paramsYaml, readPipeline, utf8Length } from '#pipeline-core';
import { yamlNode } from './yaml-node.ts';

const YAML = `stages:
  train:
    cmd: node src/train.ts
    deps:
    - data/raw/x.csv
    - src/train.ts
    params:
    - seed
    - train
    outs:
    - models/model.json
    metrics:
    - reports/metrics.json:
        cache: false
    plots:
    - reports/p.csv:
        cache: false
        x: actual
        template: scatter
        title: 'Grades: a chart'
        header: false
    frozen: true
`;
// The same stage in another order: DVC sorts what it writes.
const UNSORTED = YAML.replace(
  '    - data/raw/x.csv\n    - src/train.ts',
  '    - src/train.ts\n    - data/raw/x.csv',
).replace('    - seed\n    - train', '    - train\n    - seed');
const files = {
  'src/train.ts': 'café\n',
  'data/raw/x.csv': 'a\n1\n',
  'models/model.json': '{}',
  'reports/metrics.json': '{}',
  'reports/p.csv': 'x\n',
};
const params = { seed: 42, train: { trees: 100, name: 'yes', list: [1, [2]], none: {} } };
const stages = readPipeline(yamlNode(YAML), { files: ['src/train.ts', 'data/raw/x.csv'] });
const md5 = (text: string) => createHash('md5').update(text, 'utf8').digest('hex');

describe('DVC files', () => {
  it('writes dvc.yaml as DVC does, and reads it back to the same stages', () => {
    expect(dvcYaml(stages)).toBe(YAML);
    expect(UNSORTED).not.toBe(YAML);
    expect(dvcYaml(readPipeline(yamlNode(UNSORTED), { files: ['src/train.ts', 'data/raw/x.csv'] }))).toBe(YAML);
  });

  it('writes a dvc.lock of schema 2.0 with md5 and sizes in bytes, sorted', () => {
    const text = dvcLock({ stages, files, params, md5 });
    expect(text).toBe(`schema: '2.0'
stages:
  train:
    cmd: node src/train.ts
    deps:
    - path: data/raw/x.csv
      hash: md5
      md5: ${md5('a\n1\n')}
      size: 4
    - path: src/train.ts
      hash: md5
      md5: ${md5('café\n')}
      size: 6
    params:
      params.yaml:
        seed: 42
        train:
          trees: 100
          name: 'yes'
          list:
          - 1
          - [2]
          none: {}
    outs:
    - path: models/model.json
      hash: md5
      md5: ${md5('{}')}
      size: 2
    - path: reports/metrics.json
      hash: md5
      md5: ${md5('{}')}
      size: 2
    - path: reports/p.csv
      hash: md5
      md5: ${md5('x\n')}
      size: 2
`);
    expect(parse(text).stages.train.params['params.yaml']).toEqual(params);
  });

  it('keeps hashes that look like numbers as text, and refuses a missing file', () => {
    const digits = dvcLock({ stages, files, params, md5: () => '12345678901234567890123456789e12' });
    expect(parse(digits).stages.train.deps[0].md5).toBe('12345678901234567890123456789e12');
    expect(() => dvcLock({ stages, files: {}, params, md5 })).toThrow(/needs `data\/raw\/x.csv` of stage train/);
  });

  it('writes params that read back the same, and counts bytes as UTF-8 does', () => {
    expect(parse(paramsYaml(params))).toEqual(params);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        expect(utf8Length(text)).toBe(Buffer.byteLength(text, 'utf8'));
      }),
    );
    expect(utf8Length('\ud800a')).toBe(Buffer.byteLength('\ud800a', 'utf8'));
  });
});
