// Group 4: from stage to stage, from run to run, from session to session.
import { oneStage, SMALL } from '../rig.ts';
import { type Attack, harmless, refused } from './attack.ts';

const report = (code: string) => `import { writeJson, readText, writeText } from 'workshop';
void [readText, writeText];
${code}
writeJson('out.json', { one: 1 });
`;
/** prepare does `first`, evaluate does `second`. */
const stages = (first: string, second: string) => ({
  ...SMALL,
  'src/prepare.ts': `${first}\n${SMALL['src/prepare.ts']!.replace(/console.log.*\n/, '')}`,
  'src/evaluate.ts': `${SMALL['src/evaluate.ts']!}\n${second}`,
});
const twice = (first: string, second: string): Pick<Attack, 'files' | 'again'> => ({
  files: oneStage(report(first)),
  again: oneStage(report(second)),
});

const MEANING = (k: number) => ({
  'dvc.yaml':
    'stages:\n  a:\n    cmd: node src/a.ts\n    deps: [src/a.ts]\n    params: [k]\n    outs: [__proto__]\n  b:\n    cmd: node src/b.ts\n    deps: [src/b.ts, __proto__]\n    metrics: [out.json]\n',
  'params.yaml': `k: ${k}\n`,
  'src/a.ts': "import { params, writeJson } from 'workshop';\nwriteJson('__proto__', params());",
  'src/b.ts': "import { readJson, writeJson } from 'workshop';\nwriteJson('out.json', readJson('__proto__'));",
});
const FROZEN = (outs: string, more: string, files: Record<string, string>) => ({
  'dvc.yaml': `stages:\n  write:\n    cmd: node src/write.ts\n    deps: [src/write.ts]\n    outs: [${outs}]\n${more}`,
  'src/write.ts': `import { writeText } from 'workshop';\nfor (const path of ['src/made.ts', 'kept.txt']) try { writeText(path, 'export const made = "old";'); } catch {}`,
  'src/read.ts': `import { writeJson } from 'workshop';\nimport { made } from './made.ts';\nconsole.log(made);\nwriteJson('out.json', { one: 1 });`,
  ...files,
});

export const LEAKS: readonly Attack[] = [
  {
    name: 'global from stage to stage',
    tries: 'leave a global for the next stage',
    files: stages('(globalThis as any).left = 1;', 'console.log(typeof (globalThis as any).left);'),
    verdict: harmless(/^undefined$/),
  },
  {
    name: 'patched prototype',
    tries: 'patch Array.prototype for the next stage',
    files: stages(
      'const map = Array.prototype.map; Array.prototype.map = function (this: any, ...a: any) { return map.apply(this, a); } as any; (Array.prototype as any).mark = 1;',
      'console.log((Array.prototype as any).mark, /native code/.test(String(Array.prototype.map)));',
    ),
    verdict: harmless(/^undefined true$/),
  },
  {
    name: 'patched library',
    tries: 'patch a class of danfojs for the next stage',
    files: stages(
      `import { DataFrame } from 'danfojs'; (DataFrame as any).prototype.mean = () => 0;`,
      `import { DataFrame } from 'danfojs'; console.log(new DataFrame({ a: [1, 3] }).mean().values[0]);`,
    ),
    verdict: harmless(/^2$/),
  },
  {
    name: 'patched metric',
    tries: 'change a function of pipeline-core for the next stage',
    files: stages(
      `import * as core from 'pipeline-core'; try { (core as any).rmse = () => 0; } catch {}`,
      'console.log(1);',
    ),
    verdict: harmless(/^1$/),
  },
  {
    name: 'shared memory',
    tries: 'keep a buffer across stages',
    files: stages(
      'try { (globalThis as any).b = new (globalThis as any).SharedArrayBuffer(8); } catch {}',
      'console.log(typeof (globalThis as any).b);',
    ),
    verdict: harmless(/^undefined$/),
  },
  {
    name: 'global from run to run',
    tries: 'leave a global for the next run',
    ...twice('(globalThis as any).left = 1;', 'console.log(typeof (globalThis as any).left);'),
    verdict: harmless(/^undefined$/),
  },
  {
    name: 'file from run to run',
    tries: 'read what the last run wrote',
    ...twice(
      "writeText('out.json', 'secret');",
      "try { console.log(readText('out.json')); } catch (e) { console.log('none'); }",
    ),
    verdict: harmless(/^none$/),
  },
  {
    name: 'failed outs',
    tries: 'leave an out behind by failing after it',
    files: oneStage(report("writeText('out.json', '{\"one\": 666}'); throw new Error('on purpose');")),
    again: oneStage(report("console.log('clean');")),
    verdict: harmless(/^clean$/),
  },
  {
    name: 'poisoned cache',
    tries: 'keep a wrong out under the key of honest code',
    files: oneStage(report("writeText('out.json', '{\"one\": 666}'); throw new Error('on purpose');")),
    again: oneStage(report("writeText('out.json', '{\"one\": 666}'); throw new Error('on purpose');")),
    verdict: refused(/^on purpose$/),
  },
  {
    name: 'chance',
    tries: 'tell one run from another by Math.random',
    ...twice(
      "console.log('first', Math.random());",
      'console.log([Math.random(), Math.random()].join().length > 10, Date.now() === new Date().getTime(), new Date(2020, 0).getFullYear());',
    ),
    verdict: harmless(/^true true 2020$/),
  },
  {
    name: 'the clock',
    tries: 'measure time by any route',
    files: oneStage(
      report(
        "const a = [Date.now(), +new Date(), new Intl.DateTimeFormat('en', { timeStyle: 'long', timeZone: 'UTC' }).format(), Date()].join('|'); for (let i = 0; i < 3e6; i++); const b = [Date.now(), +new Date(), new Intl.DateTimeFormat('en', { timeStyle: 'long', timeZone: 'UTC' }).format(), Date()].join('|'); console.log(a === b, typeof (globalThis as any).Temporal);",
      ),
    ),
    verdict: harmless(/^true undefined$/),
  },
  {
    name: 'Date of a subclass',
    tries: 'ask the clock through a subclass or the old constructor',
    files: oneStage(
      report(
        'class D extends Date {} const real = Object.getPrototypeOf(Date.prototype.constructor) === Function.prototype; const C = new Date(0).constructor as any; console.log(new D().getTime() === Date.now(), new C().getTime() === Date.now(), real);',
      ),
    ),
    verdict: harmless(/^true true true$/),
  },
  {
    name: 'an out with a name of its own meaning',
    tries: 'have a changed out restored under an old key',
    files: MEANING(1),
    again: MEANING(2),
    verdict: refused(/`__proto__` is a word of JavaScript's own/),
  },
  {
    name: 'an out of old over a source of new',
    tries: 'have a frozen stage put its old out over a file of the workspace',
    files: FROZEN('src/made.ts, kept.txt', '', {}),
    again: FROZEN(
      'kept.txt',
      `    frozen: true\n  read:\n    cmd: node src/read.ts\n    deps: [src/read.ts, src/made.ts, kept.txt]\n    metrics: [out.json]\n`,
      { 'src/made.ts': 'export const made = "new";' },
    ),
    verdict: harmless(/^new$/),
  },
  {
    name: 'late writes',
    tries: 'write after the end',
    files: oneStage(
      `import { writeJson, writeText } from 'workshop'; writeJson('out.json', { one: 1 }); void Promise.resolve().then(() => Promise.resolve()).then(() => { try { writeText('out.json', '{"one": 2}'); } catch {} });`,
    ),
    verdict: harmless(/^$/),
  },
  {
    name: 'frozen chance',
    tries: 'put real chance back',
    files: oneStage(
      report(
        "try { (Math as any).random = () => 0.5; } catch (e) { console.log((e as Error).name); } try { Object.defineProperty(Math, 'random', { value: () => 0.5 }); } catch (e) { console.log((e as Error).name); }",
      ),
    ),
    verdict: harmless(/^TypeError\nTypeError$/),
  },
];
