// A run as participants see it: what ran and why, how runs compare.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareReports, type Progress } from '#sandbox/index.ts';
import { withText } from '#tests/support/report-text.ts';
import { oneStage, openRig, type Rig, SMALL } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig.close());

const edited = (path: string, text: string) => ({ ...SMALL, [path]: text });
const states = (report: { stages: readonly { name: string; status: string }[] }) =>
  report.stages.map(({ name, status }) => `${name} ${status}`).join(', ');

describe('which stages run, and why', () => {
  it('all at first, none the second time, then only what a change reaches', async () => {
    const sessionId = 'why';
    const first = await rig.run({ files: SMALL, sessionId });
    expect(first).toMatchObject({ status: 'succeeded', metrics: { 'cv.rmse': 2 }, findings: [] });
    expect(states(first)).toBe('prepare ran, evaluate ran');
    expect(first.log.map((line) => line.text)).toEqual(['30 points']);
    expect(first.predictions?.row.length).toBe(30);
    expect(first.plots[0]).toMatchObject({ path: 'reports/predictions.csv', x: 'actual', y: 'predicted' });
    expect(first.stages[0]!.outs[0]).toMatchObject({ path: 'data/processed/points.csv', rows: 30, cols: 2 });

    const again = await rig.run({ files: SMALL, sessionId });
    expect(states(again)).toBe('prepare cached, evaluate cached');
    expect({ ...again, ms: 0, stages: [], log: [] }).toEqual({ ...first, ms: 0, stages: [], log: [] });
    // What a cached stage logged when it ran is shown again, as such.
    expect(again.log).toMatchObject([{ stage: first.log[0]!.stage, text: '30 points', cached: true }]);
    expect(first.log[0]!.cached).toBeUndefined();
    expect(again.stages[0]!.savedMs).toBeGreaterThan(0);

    const changed = await rig.run({ files: edited('params.yaml', 'k: 1\n'), sessionId });
    expect(states(changed)).toBe('prepare cached, evaluate ran');
    expect(changed.stages[1]!.reason).toEqual({
      code: 'changes',
      changes: [{ type: 'param', key: 'k', before: '3', after: '1' }],
    });
    expect(changed.metrics).toEqual({ 'cv.rmse': 0 });

    const back = await rig.run({ files: SMALL, sessionId });
    expect(states(back)).toBe('prepare cached, evaluate cached');
    expect(back.stages[1]!.reason).toEqual({ code: 'inputs-cached' });

    const forced = await rig.run({ files: SMALL, sessionId, force: ['prepare'] });
    expect(states(forced)).toBe('prepare ran, evaluate cached');
    expect(forced.outsKey).toBe(first.outsKey);
  });

  it('a comment in a file that a stage imports runs it again, to the same result', async () => {
    const sessionId = 'comment';
    const before = await rig.run({ files: SMALL, sessionId });
    const after = await rig.run({ files: edited('src/model.ts', `${SMALL['src/model.ts']}// tidy\n`), sessionId });
    expect(states(after)).toBe('prepare cached, evaluate ran');
    expect(compareReports(before, after, { measure: 'rmse', seed: 1 })).toMatchObject({ verdict: 'same-result' });
  });

  it('a failed stage skips what follows it and says so', async () => {
    const report = await rig.run({ files: edited('src/prepare.ts', 'throw new Error("no");'), sessionId: 'skip' });
    expect(report.status).toBe('failed');
    expect(states(report)).toBe('prepare failed, evaluate skipped');
    expect(report.stages[1]!.reason).toEqual({ code: 'after-failure', stage: 'prepare' });
    expect(report.metrics).toEqual({});
  });

  it('a stage under a new name is run, as its chance is another', async () => {
    const sessionId = 'renamed';
    const files = oneStage("import { writeJson } from 'workshop';\nwriteJson('out.json', { chance: Math.random() });");
    const renamed = { ...files, 'dvc.yaml': files['dvc.yaml']!.replace('work:', 'other:') };
    const first = await rig.run({ files, sessionId });
    const second = await rig.run({ files: renamed, sessionId });
    expect(states(second)).toBe('other ran');
    expect(second.metrics).not.toEqual(first.metrics);
    const forced = await rig.run({ files: renamed, sessionId, force: ['other'] });
    expect(forced.metrics).toEqual(second.metrics);
  });

  it('a damaged copy in the cache is run again, not believed', async () => {
    const { readdirSync, writeFileSync } = await import('node:fs');
    const sessionId = 'damaged';
    await rig.run({ files: SMALL, sessionId });
    for (const name of readdirSync(`${rig.home}/${sessionId}/objects`)) {
      writeFileSync(`${rig.home}/${sessionId}/objects/${name}`, 'x,y\n1,1\n');
    }
    const report = await rig.run({ files: SMALL, sessionId });
    expect(states(report)).toBe('prepare ran, evaluate ran');
    expect(report.metrics).toEqual({ 'cv.rmse': 2 });
  });

  it('streams plan, stages, log and progress in order', async () => {
    const seen: Progress[] = [];
    const code = SMALL['src/evaluate.ts']!.replace('import { params,', 'import { progress, params,');
    const files = edited('src/evaluate.ts', `${code}progress(0.5);\nconsole.log('half');\nprogress(1);\n`);
    await rig.run({ files, sessionId: 'stream', onProgress: (progress) => seen.push(progress) });
    const reported = seen.map((progress) =>
      progress.type === 'staged'
        ? `staged ${progress.result.name}`
        : progress.type === 'stage'
          ? `stage ${progress.name}`
          : progress.type,
    );
    expect(reported.filter((type) => type !== 'queued')).toEqual([
      'started',
      'plan',
      'stage prepare',
      'log',
      'staged prepare',
      'stage evaluate',
      'progress',
      'progress',
      'log',
      'staged evaluate',
    ]);
  });

  it('console.table shows a frame to everyone', async () => {
    const code = `import { DataFrame } from 'danfojs';
import { writeJson } from 'workshop';
console.table(new DataFrame({ school: ['GP', 'MS'], mean: [11.25, 9] }));
console.table([{ a: 1 }, { a: 20 }]);
writeJson('out.json', {});
`;
    const report = await rig.run({ files: oneStage(code), sessionId: 'table' });
    expect(report.log.map((line) => line.text)).toEqual([
      '   school   mean',
      '0  GP      11.25',
      '1  MS          9',
      '    a',
      '0   1',
      '1  20',
    ]);
  });

  it('a preview leaves no trace in the reasons of the next main run', async () => {
    const sessionId = 'preview';
    await rig.run({ files: SMALL, sessionId });
    const preview = await rig.run({ files: edited('params.yaml', 'k: 2\n'), sessionId, kind: 'preview' });
    expect(preview.metrics).toEqual({ 'cv.rmse': 1 });
    const main = await rig.run({ files: edited('params.yaml', 'k: 1\n'), sessionId });
    expect(main.stages[1]!.reason).toEqual({
      code: 'changes',
      changes: [{ type: 'param', key: 'k', before: '3', after: '1' }],
    });
  });
});

describe('before anything runs', () => {
  it('an import that is not among the deps is reported with the line to add, and nothing has run', async () => {
    const reported: string[] = [];
    const files = edited('src/prepare.ts', `import './model.ts';\n${SMALL['src/prepare.ts']}`);
    const report = await rig.run({ files, sessionId: 'import', onProgress: ({ type }) => reported.push(type) });
    expect(withText(report.error)).toMatchObject({
      stage: 'prepare',
      kind: 'user',
      message: 'prepare imports src/model.ts, which is not among its deps: add it to deps of prepare in dvc.yaml',
      file: 'src/prepare.ts',
      line: 1,
      column: 8,
      source: "import './model.ts';",
      quickFix: { file: 'dvc.yaml', insert: '      - src/model.ts' },
    });
    expect(report.stages).toEqual([]);
    expect(reported).not.toContain('stage');
  });

  it('an import through another file is reported in the file that has it', async () => {
    const files = {
      ...edited('src/model.ts', `export * from './more.ts';\n${SMALL['src/model.ts']}`),
      'src/more.ts': 'export const more = 1;\n',
    };
    const report = await rig.run({ files, sessionId: 'import' });
    expect(withText(report.error)).toMatchObject({ stage: 'evaluate', file: 'src/model.ts', line: 1 });
  });

  it('what only looks like an import fails nothing', async () => {
    const code = `// import './model.ts';\n/* import x from './model.ts' */\nimport type { Params } from './model.ts';\n${SMALL['src/prepare.ts']}\nconst text = \`\nimport './model.ts';\n\`;\nvoid (text as unknown as Params);\n`;
    const report = await rig.run({ files: edited('src/prepare.ts', code), sessionId: 'import' });
    expect(report.error).toBeUndefined();
  });
});

describe('how runs compare', () => {
  const evaluations: [string, string, (text: string) => string][] = [
    ['evaluate.ts', 'src/evaluate.ts', (text) => text.replace('predictOne(x, p) }', 'predictOne(x, p) + 1 }')],
    ['the rows scored', 'src/prepare.ts', (text) => text.replace('points.map(', 'points.slice(5).map(')],
    ['the target', 'src/prepare.ts', (text) => text.replace('=> ({ x, y })', '=> ({ x, y: y / 2 })')],
  ];
  it.each(evaluations)('a change of %s is a change of how we measure', async (_what, path, change) => {
    const sessionId = 'compare';
    const before = await rig.run({ files: SMALL, sessionId });
    const after = await rig.run({ files: edited(path, change(SMALL[path]!)), sessionId, kind: 'preview' });
    expect(after.error).toBeUndefined();
    expect(compareReports(before, after, { measure: 'rmse', seed: 1 }).verdict).toBe('measure-changed');
  });

  it.each<[string, (text: string) => string]>([
    ['another metric', (text) => text.replace('cv: { rmse:', 'cv: { bias: 2, rmse:')],
    ['a comment', (text) => `// how far off\n${text}`],
    [
      'the order of the rows',
      (text) => text.replace("predictions.csv', predictions", "predictions.csv', predictions.toReversed()"),
    ],
  ])('%s in evaluate.ts is the same result where every prediction is the same', async (_what, change) => {
    const sessionId = 'more metrics';
    const before = await rig.run({ files: SMALL, sessionId });
    const evaluate = change(SMALL['src/evaluate.ts']!);
    expect(evaluate).not.toBe(SMALL['src/evaluate.ts']);
    const after = await rig.run({ files: edited('src/evaluate.ts', evaluate), sessionId, kind: 'preview' });
    expect(after.error).toBeUndefined();
    expect(after.measureKey).not.toBe(before.measureKey);
    expect(compareReports(before, after, { measure: 'rmse', seed: 1 }).verdict).toBe('same-result');
  });

  it.each([
    [
      'named among the deps of another stage',
      'dvc.yaml',
      (text: string) => text.replace('      - src/prepare.ts\n', '      - src/prepare.ts\n      - src/evaluate.ts\n'),
    ],
    ['imported by what serves', 'src/predict.ts', (text: string) => `import type {} from './evaluate.ts';\n${text}`],
  ])('the evaluation %s stays the evaluation', async (_how, path, share) => {
    const sessionId = 'evaluation';
    const shared = { ...SMALL, [path]: share(SMALL[path]!) };
    const before = await rig.run({ files: shared, sessionId });
    expect(before.error).toBeUndefined();
    const easier = SMALL['src/evaluate.ts']!.replace('predictOne(x, p) }', 'predictOne(x, p) - 2 }');
    const after = await rig.run({ files: { ...shared, 'src/evaluate.ts': easier }, sessionId, kind: 'preview' });
    expect(after.metrics).toEqual({ 'cv.rmse': 0 });
    expect(compareReports(before, after, { measure: 'rmse', seed: 1 }).verdict).toBe('measure-changed');
  });

  it('a change of the model is compared in the metric', async () => {
    const before = await rig.run({ files: SMALL, sessionId: 'compare' });
    const after = await rig.run({
      files: edited('src/model.ts', SMALL['src/model.ts']!.replace('+ k', '+ k - 1.5')),
      sessionId: 'compare',
      kind: 'preview',
    });
    expect(compareReports(before, after, { measure: 'rmse', seed: 1 })).toMatchObject({
      verdict: 'better',
      change: -1.5,
    });
    expect(compareReports(after, before, { measure: 'rmse', seed: 1 })).toMatchObject({
      verdict: 'worse',
      change: 1.5,
    });
  });
});
