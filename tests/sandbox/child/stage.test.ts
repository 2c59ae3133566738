// What the code of a stage may count on, wherever it runs.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRig, type Rig, SMALL } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig.close());

describe('what a stage may count on', () => {
  it('a file that two others import runs once', async () => {
    const report = await rig.run({
      files: {
        'dvc.yaml': `stages:
  work:
    cmd: node src/work.ts
    deps: [src/work.ts, src/a.ts, src/b.ts, src/shared.ts]
    outs: [reports/out.json]
`,
        'params.yaml': '{}\n',
        'src/work.ts': `import { writeJson } from 'workshop';
import { a } from './a.ts';
import { b } from './b.ts';
writeJson('reports/out.json', { same: a === b });
console.log(a === b ? 'one' : 'two');
`,
        'src/a.ts': "import { shared } from './shared.ts';\nexport const a = shared;\n",
        'src/b.ts': "import { shared } from './shared.ts';\nexport const b = shared;\n",
        'src/shared.ts': "export const shared = {};\nconsole.log('made');\n",
      },
      sessionId: 'diamond',
    });
    expect(report.error).toBeUndefined();
    expect(report.log.map(({ text }) => text)).toEqual(['made', 'one']);
  });

  it('the same dates on every machine', async () => {
    const files = {
      ...SMALL,
      'src/prepare.ts': `${SMALL['src/prepare.ts']}console.log(new Date(2020, 0, 1).toISOString());\n`,
    };
    const report = await rig.run({ files, sessionId: 'dates' });
    expect(report.log.map(({ text }) => text)).toContain('2020-01-01T00:00:00.000Z');
  });
});
