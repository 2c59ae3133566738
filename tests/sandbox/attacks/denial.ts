// Group 3: time, memory, output, results: take more than one's share, or break whoever reads what comes back.
import { oneStage, SMALL } from '../rig.ts';
import { type Attack, attack, finding, harmless, refused, refusedOrStopped, stopped } from './attack.ts';

const many = (count: number, make: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => make(i)).join('');

export const DENIAL: readonly Attack[] = [
  // Time.
  attack('endless loop', 'never give the thread back', `for (;;) {}`, stopped),
  attack(
    'endless loop that catches',
    'catch the end of time',
    `for (;;) { try { for (;;) {} } catch {} finally { continue; } }`,
    stopped,
  ),
  attack(
    'endless generator',
    'never end a spread',
    `function* f() { for (;;) yield 1; } say([...f()].length);`,
    stopped,
  ),
  attack(
    'endless microtasks',
    'never let the queue run dry',
    `const f = (): Promise<void> => Promise.resolve().then(f); void f(); await new Promise(() => {});`,
    stopped,
  ),
  attack('endless await', 'await for ever', `for (;;) await 1;`, stopped),
  attack(
    'await nothing',
    'await what never comes',
    `await new Promise(() => {});`,
    refused(/waits for something that never happens/),
  ),
  attack(
    'catastrophic pattern',
    'a regular expression without end',
    `say(/^(a+)+$/.test('a'.repeat(40) + 'b'));`,
    stopped,
  ),
  attack(
    'native indexOf',
    'a native loop that heeds no clock',
    `Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);`,
    stopped,
  ),
  attack('native fill', 'a native loop that takes memory', `new Array(2 ** 32 - 1).fill(0);`, stopped),
  attack(
    'native sort',
    'a comparator that never tires',
    `const a = Array.from({ length: 1e6 }, (_, i) => i); for (;;) a.sort(() => (globalThis as any).x ? 1 : -1);`,
    stopped,
  ),
  attack('big integers', 'multiplication that heeds no clock', `let x = 2n ** 64n; for (;;) x = x * x;`, stopped),
  attack(
    'big shift',
    'one shift of gigabits',
    `let x = 1n << (2n ** 29n); for (let i = 0; i < 50; i++) x = x * 3n; say(x.toString().length);`,
    stopped,
  ),
  attack(
    'endless toJSON',
    'a value that is never serialised',
    `const v = { toJSON(): unknown { return { a: v, b: [1] }; } }; writeJson('out.json', v);`,
    refusedOrStopped(/call stack/),
  ),
  attack(
    'endless getter',
    'a getter that never returns',
    `writeCsv('out.json', [{ get a() { for (;;) {} } }]);`,
    stopped,
  ),
  attack('slow predict', 'serve without end', '', stopped),
  // Memory.
  attack('arrays', 'grow arrays', `const a: unknown[] = []; for (;;) a.push(new Array(1000).fill(1.5));`, stopped),
  attack('a map', 'grow a Map in native code', `const m = new Map(); for (let i = 0; ; i++) m.set(i, i);`, stopped),
  attack('a set of strings', 'grow a Set', `const s = new Set(); for (let i = 0; ; i++) s.add('x' + i);`, stopped),
  attack(
    'string doubling',
    'double a string for ever',
    `let s = 'x'; const keep: string[] = []; for (;;) { s += s; if (s.length > 2e8) { keep.push(s.slice(1)); s = 'x' + keep.length; } }`,
    stopped,
  ),
  attack(
    'flattened strings',
    'ropes made flat',
    `const keep: string[] = []; for (let i = 0; ; i++) { let s = 'x'.repeat(2 ** 22) + i; s += s; keep.push(s); s.charCodeAt(5); /x$/.test(s); }`,
    stopped,
  ),
  attack(
    'typed arrays',
    'hold typed arrays',
    `const a: Float64Array[] = []; for (;;) a.push(new Float64Array(1e6).fill(1));`,
    stopped,
  ),
  attack(
    'one giant buffer',
    'ask for 8 GB at once',
    `try { new ArrayBuffer(8e9); say('got it'); } catch (e) { say((e as Error).name); }`,
    harmless(/^RangeError$/),
  ),
  attack(
    'resizable buffer',
    'grow a buffer past the accounting',
    `const b = new (ArrayBuffer as any)(1, { maxByteLength: 4e9 }); b.resize(4e9);`,
    refused(/resizable ArrayBuffer is not available/),
  ),
  attack(
    'transfer of buffers',
    'grow by transfer',
    `const b = new ArrayBuffer(8) as any; say(typeof b.transfer, typeof b.resize, typeof b.transferToFixedLength);`,
    harmless(/^undefined undefined undefined$/),
  ),
  attack(
    'wasm memory',
    'grow WebAssembly memory',
    `new (globalThis as any).WebAssembly.Memory({ initial: 60000 });`,
    refused(/Cannot read properties of undefined/),
  ),
  attack('Array.from a length', 'a native loop of a thousand million', `Array.from({ length: 1e9 });`, stopped),
  attack(
    'recursive proxy',
    'crash V8 by a trap that makes functions',
    `const p: any = new Proxy(function () {}, { get: (t, k, r) => { Function(); return r[k + '1']; } }); p.x;`,
    { stopped: true },
  ),
  attack(
    'deep recursion',
    'end the stack',
    `const f = (): number => f() + 1; f();`,
    refused(/Maximum call stack size exceeded/),
  ),
  attack(
    'deep nesting',
    'end the stack of the serialiser',
    `let v: unknown = 1; for (let i = 0; i < 1e5; i++) v = [v]; writeJson('out.json', v);`,
    refusedOrStopped(/call stack/),
  ),
  attack(
    'symbols and closures',
    'grow what is collected last',
    `const keep: unknown[] = []; for (let i = 0; ; i++) keep.push(Symbol('s' + i), () => i, new WeakMap([[{}, i]]));`,
    stopped,
  ),
  attack(
    'error stacks',
    'grow by errors',
    `const keep: unknown[] = []; Error.stackTraceLimit = 1e6; const f = (n: number): void => { if (n > 0) f(n - 1); else for (;;) keep.push(new Error('x'.repeat(1e4) + keep.length).stack); }; f(500);`,
    stopped,
  ),
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
  attack('control characters', 'steer the terminal', `say('\\u001b[2J\\u001b]0;x\\u0007\\u0000');`, harmless(/./)),
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
  attack('large out', 'write 100 MB', `writeText('out.json', 'x'.repeat(1e8));`, refused(/writes more than/)),
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
    verdict: refused(/call stack/),
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
].filter((item) => item.name !== 'slow predict');
