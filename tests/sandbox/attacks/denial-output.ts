// Group 3, second half: floods of output, and results that hurt whoever reads them.
import { oneStage, SMALL } from '../rig.ts';
import { type Attack, attack, finding, harmless, refused, stopped } from './attack.ts';

const many = (count: number, make: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => make(i)).join('');

export const DENIAL_BY_OUTPUT: readonly Attack[] = [
  // Output.
  attack(
    'log flood',
    'a million lines',
    `for (let i = 0; i < 1e6; i++) say('line ' + i);`,
    harmless(/further lines are not shown/),
  ),
  attack('one long line', 'a line of 100 MB', `say('x'.repeat(1e8));`, harmless(/^x{2000}…$/)),
  attack(
    'a line of lines',
    'a million line ends in one text',
    `say('a\\n'.repeat(1e6));`,
    harmless(/further lines are not shown/),
  ),
  attack(
    'wide object',
    'an object of a million keys',
    `const o: any = {}; for (let i = 0; i < 3e4; i++) o['k' + i] = i; say(o);`,
    harmless(/…/),
  ),
  attack(
    'hostile log values',
    'proxies and getters in the log',
    `say(new Proxy({}, { get() { throw 1; }, ownKeys() { throw 2; } }), { get a() { throw 3; } }, { toString() { throw 4; } });`,
    harmless(/cannot be shown/),
  ),
  attack(
    'control characters',
    'steer the terminal',
    `say('\\u001b[2J\\u001b]0;x\\u0007\\u0000');`,
    harmless(/^\uFFFD\[2J\uFFFD\]0;x\uFFFD\uFFFD$/),
  ),
  attack(
    'turned writing and half characters',
    'show a log other than it is',
    `say('a\\u202eb\\u2066c\\ud800d');`,
    harmless(/^a\uFFFDb\uFFFDc\uFFFDd$/),
  ),
  attack(
    'progress to and fro',
    'a million steps of progress that all count',
    `for (let i = 0; i < 1e5; i++) progress(i % 2);`,
    harmless(/^$/),
  ),
  attack(
    'progress flood',
    'a million steps of progress',
    `for (let i = 0; i < 1e6; i++) progress(i / 1e6); progress(NaN); progress({} as never); progress(-5);`,
    harmless(/^$/),
  ),
  attack(
    'missing flood',
    'reach for a million undeclared files',
    `for (let i = 0; i < 3e3; i++) try { readText('no/' + i); } catch {}`,
    harmless(/^$/),
  ),
  attack(
    'large out',
    'write 100 MB',
    `writeText('out.json', 'x'.repeat(1e8));`,
    refused(/work writes more than 16 MB in all/),
  ),
  {
    name: 'wide out',
    tries: 'write what is more bytes than characters',
    files: oneStage("import { writeText } from 'workshop'; writeText('out.json', '€'.repeat(1.5e7));"),
    verdict: stopped,
  },
  attack(
    'many writes',
    'write the same out a hundred thousand times',
    `for (let i = 0; i < 1e5; i++) writeText('out.json', '{"i": 1}');`,
    harmless(/^$/),
  ),
  // Results that hurt whoever reads them.
  {
    name: 'metrics: a hundred thousand',
    tries: 'drown the reader of metrics',
    files: oneStage(
      `import { writeText } from 'workshop'; let t = '{"a":1'; for (let i = 0; i < 1e5; i++) t += ',"m' + i + '":' + i; writeText('out.json', t + '}');`,
    ),
    verdict: refused(/more than 64 metrics/),
  },
  attack(
    'metrics: cycle',
    'metrics in a circle',
    `const m: any = {}; m.m = m; writeJson('out.json', m);`,
    refused(/circular|cyclic/i),
  ),
  attack(
    'metrics: proxy',
    'metrics that are no values',
    `writeJson('out.json', new Proxy({}, { ownKeys() { throw new Error('trap'); } }));`,
    refused(/trap/),
  ),
  attack(
    'metrics: thenable',
    'metrics that answer then',
    `writeJson('out.json', { then(resolve: (x: unknown) => void) { for (;;) resolve(1); } });`,
    harmless(/^$/),
  ),
  {
    name: 'code: nested brackets',
    tries: "end the compiler's stack",
    files: oneStage(`const a = ${'['.repeat(50_000)}${']'.repeat(50_000)};`),
    verdict: refused(/./),
  },
  {
    name: 'code: nested types',
    tries: "end the type stripper's stack",
    files: oneStage(`type A = ${'Array<'.repeat(30_000)}1${'>'.repeat(30_000)};`),
    verdict: refused(/./),
  },
  {
    name: 'code: long expression',
    tries: 'tire the compiler',
    files: oneStage(
      `import { writeJson } from 'workshop';\nconst a = ${'1 + '.repeat(20_000)}1;\nwriteJson('out.json', { a });`,
    ),
    verdict: refused(/nested too deeply/),
  },
  {
    name: 'code: many files',
    tries: 'import five hundred modules',
    files: {
      ...Object.fromEntries(
        Array.from({ length: 300 }, (_, i) => [
          `src/m${i}.ts`,
          i === 299 ? 'export const v = 1;' : `export { v } from './m${i + 1}.ts';`,
        ]),
      ),
      ...oneStage(`import { writeJson } from 'workshop';\nimport { v } from './m0.ts';\nwriteJson('out.json', { v });`),
      'dvc.yaml': `stages:\n  work:\n    cmd: node src/work.ts\n    deps:\n      - src/work.ts\n${many(300, (i) => `      - src/m${i}.ts\n`)}    metrics:\n      - out.json\n`,
    },
    verdict: harmless(/^$/),
  },
  {
    name: 'predict: endless',
    tries: 'serve without end',
    files: { ...SMALL, 'src/predict.ts': 'export const predict = () => { for (;;) {} };' },
    verdict: finding('served-fails'),
  },
  {
    name: 'predict: native loop',
    tries: 'serve without end or clock',
    files: { ...SMALL, 'src/predict.ts': 'export const predict = () => [].indexOf.call({ length: 2 ** 53 - 1 }, 1);' },
    verdict: finding('served-fails'),
  },
  {
    name: 'predict: wrong length',
    tries: 'serve fewer answers than rows',
    files: { ...SMALL, 'src/predict.ts': 'export const predict = () => [1];' },
    verdict: finding('served-fails'),
  },
  {
    name: 'predict: not numbers',
    tries: 'serve what is no number',
    files: { ...SMALL, 'src/predict.ts': 'export const predict = (rows: unknown[]) => rows.map(() => NaN);' },
    verdict: finding('served-fails'),
  },
  {
    name: 'predict: hostile list',
    tries: 'serve a list that lies about its length',
    files: {
      ...SMALL,
      'src/predict.ts':
        'export const predict = (rows: unknown[]) => new Proxy([], { get: (t, k) => (k === "length" ? 1e12 : 1) });',
    },
    verdict: finding('served-fails'),
  },
];
