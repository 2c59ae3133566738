// Group 1: out of the isolate, into the child's own realm, or into the server's functions.
import { attack, harmless, refused } from './attack.ts';

export const ESCAPE = [
  attack(
    'constructor chain',
    'reach process by the Function of any object',
    `say(({}).constructor.constructor('return typeof process')());`,
    harmless(/^undefined$/),
  ),
  attack(
    'function of the log',
    'reach process by the Function of a function the server made',
    `say(console.log.constructor('return typeof process + typeof require')());`,
    harmless(/^undefinedundefined$/),
  ),
  attack(
    'function of workshop',
    'reach the host by the Function of a bridge function',
    `say(writeText.constructor('return Object.keys(globalThis).join()')());`,
    harmless(/^[\w,]*$/),
  ),
  attack(
    'indirect eval',
    'find the host in the global scope',
    `say((0, eval)('typeof process + typeof require + typeof module'));`,
    harmless(/^undefinedundefinedundefined$/),
  ),
  attack(
    'call sites',
    'take receivers and functions out of a stack',
    `(Error as any).prepareStackTrace = (_: unknown, sites: any[]) => sites;
const sites = (new Error() as any).stack as any[];
say(sites.map((s) => [typeof s.getThis?.(), typeof s.getFunction?.()].join()).join(' '));`,
    harmless(/^(undefined,undefined ?)*$/),
  ),
  attack(
    'caller',
    'walk up to the code that called',
    `function f() { try { return String((f as any).caller); } catch (e) { return (e as Error).name; } } say(f());`,
    harmless(/^TypeError$/),
  ),
  attack(
    'dynamic import',
    'load a built-in module at run time',
    `await import('node:fs');`,
    refused(/import\(\) is not available/),
  ),
  attack(
    'dynamic import by Function',
    'load a built-in module through a made function',
    `await (async () => {}).constructor('return import("node:fs")')();`,
    refused(/import\(\) is not available/),
  ),
  attack(
    'import a built-in',
    'import node:fs',
    `import fs from 'node:fs'; say(fs);`,
    refused(/'node:fs' cannot be imported/),
  ),
  attack(
    'import child_process',
    'import child_process',
    `import cp from 'child_process'; say(cp);`,
    refused(/'child_process' cannot be imported/),
  ),
  attack(
    'import isolated-vm',
    'import the very addon',
    `import ivm from 'isolated-vm'; say(ivm);`,
    refused(/'isolated-vm' cannot be imported/),
  ),
  attack(
    'import by climbing',
    'climb out of the workspace',
    `import x from '../../../../etc/passwd'; say(x);`,
    refused(/There is no file/),
  ),
  attack(
    'import by address',
    'import a file address',
    `import x from 'file:///etc/passwd'; say(x);`,
    refused(/cannot be imported/),
  ),
  attack(
    'import a data address',
    'import code from a data address',
    `import x from 'data:text/javascript,export default 1'; say(x);`,
    refused(/cannot be imported/),
  ),
  attack(
    'import the server',
    'import the module that ends a stage',
    `import { end } from 'runner:end'; say(end);`,
    refused(/'runner:end' cannot be imported/),
  ),
  attack(
    'import by absolute path',
    'import as the server imports',
    `import * as x from '/src/work.ts'; say(x);`,
    refused(/cannot be imported/),
  ),
  attack(
    'the open entry',
    'find what the snapshot left behind',
    `say(typeof (globalThis as any).__runner, typeof (globalThis as any).__predict, typeof (globalThis as any).__warmed);`,
    harmless(/^undefined undefined undefined$/),
  ),
  attack('import.meta', 'read the address of the module', `say(JSON.stringify(import.meta));`, harmless(/^\{\}$/)),
  attack(
    'setters on Object.prototype',
    'catch what the server assigns',
    `let caught = '';
for (const key of ['kind', 'files', 'path', 'then', 'stage', '0', 'copy', 'timeout']) Object.defineProperty(Object.prototype, key, { set(v) { caught += key + typeof v; }, get() { return undefined; }, configurable: true });
writeText('out.json', '{"one": 1}'); say(caught); for (const key of ['kind', 'files', 'path', 'then', 'stage', '0', 'copy', 'timeout']) delete (Object.prototype as any)[key];`,
    harmless(/^$/),
  ),
  attack(
    'patched built-ins',
    'make the server call ours',
    `const stolen: unknown[] = []; const take = (...a: unknown[]) => { stolen.push(a); return undefined as any; };
Map.prototype.set = take; Map.prototype.get = take; Map.prototype.has = take; Map.prototype.forEach = take; JSON.parse = take; Array.prototype.join = take; String.prototype.slice = take; Function.prototype.call = take; Function.prototype.apply = take; Reflect.apply = take;
say('still here');`,
    harmless(/^still here$/),
  ),
  attack(
    'thenable module',
    'make the loader wait on our own then',
    `export const then = (resolve: (x: unknown) => void) => resolve({}); say('loaded');`,
    harmless(/^loaded$/),
  ),
  attack(
    'spoofed stack',
    'show a file of the host as the place of an error',
    `const e = new Error('spoof'); e.stack = 'Error: spoof\\n    at x (/etc/shadow:1:1)\\n    at y (src/other.ts:9:9)'; throw e;`,
    refused(/^spoof$/),
  ),
  attack(
    'hostile error',
    'break the teller of errors with getters',
    `class E extends Error { get message(): string { throw new Error('inner'); } get stack(): string { return this.message; } } throw new E('outer');`,
    refused(/./),
  ),
  attack(
    'throw a proxy',
    'break the teller of errors with a proxy',
    `throw new Proxy({}, { get() { throw 1; }, ownKeys() { throw 2; }, getPrototypeOf() { throw 3; } });`,
    refused(/./),
  ),
  attack('throw a symbol', 'throw what cannot be text', `throw Symbol('x');`, refused(/./)),
  attack(
    'removed built-ins',
    'find the built-ins that escape limits',
    `say([typeof WebAssembly, typeof SharedArrayBuffer, typeof Atomics, typeof WeakRef, typeof FinalizationRegistry].join());`,
    harmless(/^(undefined,?){5}$/),
  ),
  attack(
    'removed built-ins by Function',
    'find them in another scope',
    `say(Function('return typeof WebAssembly + typeof SharedArrayBuffer')());`,
    harmless(/^undefinedundefined$/),
  ),
  attack(
    'array buffer by its instances',
    'get the unbounded constructor back',
    `const A = new Uint8Array(1).buffer.constructor as any; try { new A(1, { maxByteLength: 1e9 }); say('got it'); } catch (e) { say((e as Error).name); }
class B extends (ArrayBuffer as any) { constructor() { super(1, { maxByteLength: 1e9 }); } } try { new B(); say('got it'); } catch (e) { say((e as Error).name); }
try { Reflect.construct(A, [1, { maxByteLength: 1e9 }], Object); say('got it'); } catch (e) { say((e as Error).name); }`,
    harmless(/^RangeError\nRangeError\nRangeError$/),
  ),
  attack(
    'buffer options by getter',
    'show the option only at second sight',
    `let n = 0; const o = { get maxByteLength() { return n++ ? 1e9 : undefined; } }; try { new (ArrayBuffer as any)(1, o); say('made', n); } catch (e) { say((e as Error).name); }`,
    harmless(/^RangeError$/),
  ),
  attack(
    'realm functions',
    'find functions that only hosts have',
    `say(['setTimeout', 'fetch', 'queueMicrotask', 'structuredClone', 'postMessage', 'performance', 'crypto', 'ShadowRealm', 'Deno', 'Bun', 'gc', 'print', 'load', 'read', 'd8'].filter((k) => k in globalThis).join());`,
    harmless(/^$/),
  ),
] as const;
