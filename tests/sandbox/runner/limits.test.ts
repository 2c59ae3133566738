// The limits of a run, in the words that participants read.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorText, withText } from '#tests/support/report-text.ts';
import { oneStage, openRig, type Rig, SMALL } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig.close());

describe('limits, in words', () => {
  const limited = (code: string, limits: object) => rig.run({ files: oneStage(code), limits, sessionId: 'limits' });
  it('time, with the line', async () => {
    const report = await limited('\nfor (;;) {}\n', { stageMs: 300 });
    expect(withText(report.error)).toMatchObject({
      kind: 'limit',
      message: 'The work stage took longer than 0.3 s and was stopped',
      line: 2,
    });
  });
  it('time, where the code ignores the polite end', async () => {
    const report = await limited('[].indexOf.call({ length: 2 ** 53 - 1 }, 1 as never);', { stageMs: 200 });
    expect(withText(report.error)).toMatchObject({
      kind: 'limit',
      message: 'The work stage took longer than 0.2 s and was stopped',
    });
  });
  it('the whole run', async () => {
    const report = await limited('for (;;) {}', { stageMs: 5_000, runMs: 300 });
    expect(withText(report.error)).toMatchObject({
      kind: 'limit',
      message: expect.stringMatching(/^The run took longer than 0.3 s in total/),
    });
  });
  it('memory', async () => {
    const report = await limited('const keep: unknown[] = []; for (;;) keep.push(new Float64Array(1e6).fill(1));', {
      memoryMb: 200,
    });
    expect(withText(report.error)).toMatchObject({
      kind: 'limit',
      message: 'The work stage used more than 200 MB and was stopped',
    });
  });
  it('outs', async () => {
    const report = await limited("import { writeText } from 'workshop';\nwriteText('out.json', 'x'.repeat(2000));", {
      outBytes: 1_000,
    });
    expect(errorText(report.error)).toMatch(/writes more than/);
  });
  it('log lines, with a last one that says so', async () => {
    const report = await limited(
      "import { writeJson } from 'workshop';\nfor (let i = 0; i < 50; i++) console.log(i);\nwriteJson('out.json', {});",
      { logLines: 10 },
    );
    expect(report.status).toBe('succeeded');
    expect(report.log.length).toBe(11);
    expect(report.log.at(-1)!.text).toMatch(/further lines are not shown/);
  });
  it('a report too large loses its plots, not its numbers', async () => {
    const report = await rig.run({ files: SMALL, limits: { resultBytes: 1_000 }, sessionId: 'large' });
    expect(report).toMatchObject({ status: 'succeeded', metrics: { 'cv.rmse': 2 }, plots: [] });
    expect(report.findings.map(({ code }) => code)).toEqual(['result-too-large']);
  });
});
