// Group 1, second half: what is thrown, and how the code is written, to confuse those who read it.
import { oneStage, SMALL } from '../rig.ts';
import { type Attack, attack, finding, harmless, refused, stopped } from './attack.ts';

const source = (name: string, tries: string, code: string, verdict: Attack['verdict']): Attack => ({
  name: `source: ${name}`,
  tries,
  files: oneStage(`import { writeJson } from 'workshop';\n${code}\nwriteJson('out.json', { one: 1 });\n`),
  verdict,
});
const predict = (name: string, code: string, verdict: Attack['verdict']): Attack => ({
  name: `predict: ${name}`,
  tries: 'take over what carries the answers',
  files: { ...SMALL, 'src/predict.ts': code },
  verdict,
});

export const ODD_CODE: readonly Attack[] = [
  attack('throw nothing', 'throw what has no message', 'throw null;', refused(/threw null, which is no Error/)),
  attack('throw a function', 'throw what cannot be copied', 'throw () => 1;', refused(/something that is no Error/)),
  attack(
    'throw what never becomes text',
    'hang whoever shows it',
    'throw { toString() { for (;;) {} } };',
    refused(/no Error/),
  ),
  attack(
    'throw 100 MB',
    'drown whoever shows it',
    "throw 'x'.repeat(1e8);",
    refused(/^The stage threw the string x+, which is no Error$/),
  ),
  attack(
    'an endless stack',
    'hang the teller of errors, past the clock',
    "throw Object.defineProperty(new Error('x'), 'stack', { get() { for (;;) {} } });",
    stopped,
  ),
  attack(
    'an endless prepareStackTrace',
    'hang V8 itself as it makes a stack',
    "(Error as any).prepareStackTrace = () => { for (;;) {} }; throw new Error('x');",
    stopped,
  ),
  attack(
    'a stack of lies',
    'have a place outside the workspace shown',
    "throw Object.assign(new Error('x'), { stack: 'Error: x\\n    at f (/etc/passwd:1:1)\\n    at g (src/work.ts:999999:1)' });",
    refused(/^x$/),
  ),
  attack(
    'an error that steers terminals',
    'write escape codes by an error',
    "throw new Error('\\u001b[2J\\u0007');",
    refused(/^\uFFFD\[2J\uFFFD$/),
  ),
  attack(
    'errors of the server',
    'learn where the libraries are',
    "try { readText('nope'); } catch (e) { say(e, { e }, new Error('outer', { cause: e })); }",
    harmless(/cause\]: Error: work reads nope/),
  ),
  attack(
    'throw after the end',
    'fail when all is said',
    "Promise.resolve().then(() => 1).then(() => { throw new Error('late'); });",
    refused(/^late$/),
  ),
  attack(
    'microtasks after the end',
    'never stop after the end',
    'const f = (): unknown => Promise.resolve().then(f); f();',
    stopped,
  ),
  attack(
    'accessors for all objects',
    "read the server's arrays as they are filled",
    "for (const k of ['0', 'text', 'path', 'stage']) Object.defineProperty(Object.prototype, k, { set(v) { say('stole', String(v)); }, configurable: true });",
    harmless(/^$/),
  ),
  attack(
    'built-ins taken away',
    'break the bridge from within',
    'Map.prototype.set = Map.prototype.forEach = Map.prototype.get = (() => 1) as never; Function.prototype.call = Function.prototype.apply = (() => 1) as never;',
    harmless(/^$/),
  ),
  source(
    'an end of line that is none',
    'shift the lines of errors',
    "const a = '\u2028'; throw new Error('at ' + a.length);",
    refused(/^at 1$/),
  ),
  source('half a character', 'make text that is no text', 'console.log("\\ud800".length);', harmless(/^1$/)),
  source('a zero in the code', 'end the text early', 'const a = 1;\0\0', refused(/Unexpected character/)),
  source(
    'writing turned round',
    'show other code than runs',
    '/* \u202e } \u2066 */ console.log("plain");',
    harmless(/^plain$/),
  ),
  source('functions in functions', "end the compiler's stack", `const a = ${'()=>'.repeat(30_000)}1;`, refused(/./)),
  source(
    'templates in templates',
    "end the stripper's stack",
    `const a = ${'`${'.repeat(20_000)}1${'}`'.repeat(20_000)};`,
    refused(/./),
  ),
  source(
    'a pattern of brackets',
    "end the pattern compiler's stack",
    `/${'('.repeat(40_000)}${')'.repeat(40_000)}/.test('a');`,
    refused(/regular expression/),
  ),
  source(
    'a name of 150 000 letters',
    'tire who looks for near names',
    `import x from './${'a'.repeat(150_000)}.ts';`,
    refused(/There is no file/),
  ),
  source(
    'a false address',
    'have another file named',
    'throw new Error("x");\n//# sourceURL=/etc/passwd',
    refused(/^x$/),
  ),
  source(
    'import a library of the server',
    'import under its inner name',
    "import x from 'library:danfojs'; console.log(x);",
    refused(/cannot be imported/),
  ),
  predict(
    'another answerer',
    'Object.defineProperty(globalThis, "__predict", { value: () => "[]", configurable: false });\nexport const predict = () => [];',
    finding('served-fails'),
  ),
  predict(
    'rows taken away',
    'export const predict = (rows: unknown[]) => { rows.length = 0; return []; };',
    finding('served-fails'),
  ),
  predict(
    'a promise of answers',
    'export const predict = async (rows: unknown[]) => rows.map(() => 1);',
    finding('served-fails'),
  ),
  predict(
    'writing while asked',
    "import { writeText } from 'workshop';\nexport const predict = (rows: unknown[]) => { writeText('out.json', '1'); return rows.map(() => 1); };",
    finding('served-fails'),
  ),
];
