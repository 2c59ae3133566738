// Group 3, first half: take more time or memory than one's share.
import { type Attack, attack, harmless, refused, refusedOrStopped, stopped } from './attack.ts';

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
    refusedOrStopped(/call stack/),
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
];
