// Code over danfojs, run in a real isolate, and what it sets `result` to.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorText } from '#tests/support/report-text.ts';
import { oneStage, openRig } from './rig.ts';

export interface DanfojsIsolate {
  /** @param module the text of a file that exports `answers`, beside the code. Throws the run's error with its place. */
  run(code: string, module?: string): Promise<unknown>;
  close(): Promise<void>;
}

const NO_MODULE = 'export const answers = (..._: unknown[]): unknown => null;';

export async function openDanfojsIsolate(): Promise<DanfojsIsolate> {
  const rig = await openRig();
  return {
    close: () => rig.close(),
    async run(code, module = NO_MODULE) {
      const files = oneStage(`import * as dfd from 'danfojs';
import * as core from 'pipeline-core';
import { readCsv, writeJson, writeText } from 'workshop';
import { answers } from './answers.ts';
const { DataFrame, Series, getDummies, concat, StandardScaler } = dfd;
let result: any;
${code}
writeText('result.json', JSON.stringify(result ?? null));
writeJson('out.json', {});
void [answers, core, readCsv, DataFrame, Series, getDummies, concat, StandardScaler];`);
      const dvc = files['dvc.yaml']!.replace(
        '- src/work.ts',
        '- src/work.ts\n      - src/answers.ts\n    outs:\n      - result.json',
      );
      let out = '';
      const report = await rig.run({
        files: { ...files, 'dvc.yaml': dvc, 'src/answers.ts': module },
        force: ['work'],
        onProgress: (progress) => {
          if (progress.type !== 'staged') return;
          out = progress.result.outs.find((own) => own.path === 'result.json')?.sha256 ?? '';
        },
      });
      if (report.error !== undefined) {
        throw new Error(`${errorText(report.error)} (${report.error.file}:${report.error.line})`);
      }
      return JSON.parse(readFileSync(join(rig.home, 'session/objects', out), 'utf8')) as unknown;
    },
  };
}
