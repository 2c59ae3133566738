// Errors as participants meet them: the stage, the sentence, the place with its line, and the edit that mends it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorText, withText } from '#tests/support/report-text.ts';
import { oneStage, openRig, type Rig, SMALL } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig.close());

const edited = (path: string, text: string) => ({ ...SMALL, [path]: text });

describe('errors that people can act on', () => {
  const evaluate = (code: string) => rig.run({ files: edited('src/evaluate.ts', code), sessionId: 'errors' });
  it.each([
    [
      'a runtime error',
      'const a: any = null;\n\n  a.foo();\n',
      {
        message: "TypeError: Cannot read properties of null (reading 'foo')",
        file: 'src/evaluate.ts',
        line: 3,
        column: 5,
        source: '  a.foo();',
      },
    ],
    [
      'a syntax error',
      'const a = 1;\nconst b = = 2;\n',
      {
        message: expect.stringContaining('SyntaxError'),
        file: 'src/evaluate.ts',
        line: 2,
        column: 11,
        source: 'const b = = 2;',
      },
    ],
    [
      'an enum',
      'const a = 1;\nenum X { A }\n',
      { message: expect.stringContaining('`enum` cannot run here'), file: 'src/evaluate.ts', line: 2, column: 1 },
    ],
    [
      'an angle-bracket assertion',
      'const a = <any>1;\n',
      { message: expect.stringContaining('`value as T`'), line: 1 },
    ],
    [
      'a missing export',
      "import { predictOme } from './model.ts';\nvoid predictOme;\n",
      {
        message: "'./model.ts' has no export named predictOme. Did you mean predictOne?",
        file: 'src/evaluate.ts',
        line: 1,
        column: 10,
      },
    ],
    [
      'a type imported as a value',
      "import { Params } from './model.ts';\n",
      { message: expect.stringContaining('It is a type: write `type Params`'), line: 1 },
    ],
    [
      'a missing export of a library',
      "import { rmsse } from 'pipeline-core';\nvoid rmsse;\n",
      { message: expect.stringMatching(/has no export named rmsse. Did you mean (rmse|.* or rmse)/), line: 1 },
    ],
    [
      'a model that the library does not have',
      "import { DBSCAN } from 'pipeline-core';\nvoid DBSCAN;\n",
      {
        message: expect.stringMatching(/has no export named DBSCAN. Its models are .*Ridge.*let the editor complete/),
        line: 1,
      },
    ],
    [
      'a name known from scikit-learn',
      "import { StratifiedKFold } from 'pipeline-core';\nvoid StratifiedKFold;\n",
      { message: expect.stringContaining('Here it is kFold(labels, { nSplits, stratify: labels })'), line: 1 },
    ],
    [
      'a name in the spelling of Python',
      "import { mean_squared_error } from 'pipeline-core';\nvoid mean_squared_error;\n",
      { message: expect.stringContaining('Did you mean meanSquaredError?'), line: 1 },
    ],
    [
      'a type of a library imported as a value',
      "import { Regressor } from 'pipeline-core';\nvoid Regressor;\n",
      { message: expect.stringContaining('It is a type: write `type Regressor` in the import'), line: 1 },
    ],
    [
      'an import without its ending',
      "import { predictOne } from './model';\nvoid predictOne;\n",
      { message: "There is no file src/model: write the ending, './model.ts'", line: 1 },
    ],
    [
      'a misspelt file',
      "import './modle.ts';\n",
      { message: 'There is no file src/modle.ts. Did you mean src/model.ts?', line: 1 },
    ],
    [
      'data imported as code',
      "import rows from '../data/processed/points.csv';\nvoid rows;\n",
      {
        message:
          "data/processed/points.csv is not code: only .ts files can be imported. Read it with readCsv, readJson or readText of 'workshop'",
        line: 1,
      },
    ],
    [
      'nesting beyond all reading',
      `const a = ${'['.repeat(60_000)}${']'.repeat(60_000)};\n`,
      { message: 'This file is nested too deeply to be read: write it flatter' },
    ],
    [
      'a metric that is no number',
      "import { writeJson } from 'workshop';\nwriteJson('reports/metrics.json', { cv: { rmse: 0 / 0 } });\n",
      { message: "RangeError: writeJson('reports/metrics.json', ...): `rmse` is NaN, which JSON cannot hold", line: 2 },
    ],
    [
      'a promise nobody awaits',
      'void (async () => { await 1; throw new Error("floating"); })();\n',
      { message: 'floating', line: 1 },
    ],
    [
      'a misspelt dep',
      "import { readText } from 'workshop';\nreadText('data/processed/point.csv');\n",
      {
        message:
          'evaluate reads data/processed/point.csv, but there is no such file. Did you mean data/processed/points.csv?',
        line: 2,
      },
    ],
    [
      'an error deep in a library',
      "import { rmse } from 'pipeline-core';\nconst f = () => rmse([1, 2], [1]);\nf();\n",
      { file: 'src/evaluate.ts', line: 2, trace: [{ file: 'src/evaluate.ts', line: 3, column: 1 }] },
    ],
  ])('%s', async (_name, code, wanted) => {
    const report = await evaluate(code);
    expect(withText(report.error)).toMatchObject({ stage: 'evaluate', kind: 'user', ...wanted });
  });

  it('an undeclared read, write and import each offer the line to add', async () => {
    const read = await evaluate("import { readText } from 'workshop';\nreadText('data/raw/points.csv');\n");
    expect(withText(read.error)).toMatchObject({
      message:
        'evaluate reads data/raw/points.csv, which is not among its deps: add it to deps of evaluate in dvc.yaml',
      line: 2,
      quickFix: { item: 'data/raw/points.csv', section: 'deps', stage: 'evaluate', file: 'dvc.yaml' },
    });
    const mended = withQuickFix(SMALL['dvc.yaml']!, read.error!.quickFix!);
    const rerun = await rig.run({
      files: {
        ...SMALL,
        'dvc.yaml': mended,
        'src/evaluate.ts':
          "import { readText } from 'workshop';\nconsole.log(readText('data/raw/points.csv').length);\nthrow new Error('read it');\n",
      },
      sessionId: 'errors',
    });
    expect(errorText(rerun.error)).toBe('read it');

    const write = await evaluate("import { writeText } from 'workshop';\nwriteText('reports/notes.txt', 'x');\n");
    expect(write.error?.quickFix).toMatchObject({ insert: '    outs:\n      - reports/notes.txt' });
    const imported = await evaluate("import './prepare.ts';\n");
    expect(imported.error?.quickFix).toMatchObject({ insert: '      - src/prepare.ts' });
  });

  it('an undeclared param offers its line, and is in nothing that lists the params', async () => {
    const files = { ...SMALL, 'params.yaml': `${SMALL['params.yaml']}model:\n  kind: ridge\n  alpha: 2\n` };
    const run = (code: string, dvc = SMALL['dvc.yaml']!) =>
      rig.run({ files: { ...files, 'dvc.yaml': dvc, 'src/evaluate.ts': code }, sessionId: 'errors' });
    const code =
      "import { params } from 'workshop';\nconst { alpha } = params<any>().model;\nthrow new Error(alpha);\n";
    const read = await run(code);
    expect(withText(read.error)).toMatchObject({
      message: 'evaluate reads the param model, which it does not declare: add model to params of evaluate in dvc.yaml',
      line: 2,
      quickFix: { item: 'model', section: 'params', stage: 'evaluate', file: 'dvc.yaml' },
    });
    expect(errorText((await run(code, withQuickFix(SMALL['dvc.yaml']!, read.error!.quickFix!))).error)).toBe('2');
    const part = withQuickFix(SMALL['dvc.yaml']!, { ...read.error!.quickFix!, insert: '      - model.kind' });
    expect(errorText((await run(code, part)).error)).toContain('reads the param model.alpha');
    const listed = await run(
      "import { params } from 'workshop';\nthrow new Error(JSON.stringify({ ...params<any>() }) + Object.keys(params<any>().model));\n",
      part,
    );
    expect(errorText(listed.error)).toBe('{"k":3,"model":{"kind":"ridge"}}kind');
  });

  it('dvc.yaml and params.yaml: the line, and what to do', async () => {
    const cycle = SMALL['dvc.yaml']!.replace('- data/raw/points.csv', '- reports/metrics.json');
    expect(withText((await rig.run({ files: edited('dvc.yaml', cycle) })).error)).toMatchObject({
      file: 'dvc.yaml',
      message: expect.stringContaining('circle'),
    });
    const unknown = SMALL['dvc.yaml']!.replace('- src/model.ts', '- src/modle.ts');
    expect(withText((await rig.run({ files: edited('dvc.yaml', unknown) })).error)).toMatchObject({
      file: 'dvc.yaml',
      line: 14,
      source: '      - src/modle.ts',
    });
    expect(withText((await rig.run({ files: edited('dvc.yaml', 'stages:\n  a: [') })).error)).toMatchObject({
      stage: null,
      file: 'dvc.yaml',
    });
    expect(withText((await rig.run({ files: edited('params.yaml', 'z: 3\n') })).error)).toMatchObject({
      stage: 'evaluate',
      line: 16,
      message: expect.stringContaining('params.yaml has none of that name'),
    });
    expect(withText((await rig.run({ files: edited('params.yaml', 'k: 3\nk: 4\n') })).error)).toMatchObject({
      file: 'params.yaml',
      line: 2,
    });
  });

  it('an error thrown by danfojs points to the line of the workspace', async () => {
    const report = await rig.run({
      files: oneStage(
        "import { DataFrame } from 'danfojs';\nconst df = new DataFrame({ age: [1] });\ndf.column('agee');\n",
      ),
    });
    expect(withText(report.error)).toMatchObject({
      message: 'The frame has no column agee. Did you mean age?',
      file: 'src/work.ts',
      line: 3,
    });
  });
});

function withQuickFix(text: string, { beforeLine, insert }: { beforeLine: number; insert: string }): string {
  const lines = text.split('\n');
  lines.splice(beforeLine - 1, 0, insert);
  return lines.join('\n');
}
