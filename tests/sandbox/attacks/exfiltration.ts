// Group 2: get at the environment, files, the network, other sessions, hold-out rows, and carry them out.
import { oneStage, SMALL } from '../rig.ts';
import { type Attack, attack, harmless, refused } from './attack.ts';

const yaml = (text: string): Record<string, string> => ({
  ...oneStage(`import { writeJson } from 'workshop'; writeJson('out.json', { one: 1 });`),
  'dvc.yaml': text,
});
const stage = (lines: string): string =>
  `stages:\n  work:\n    cmd: node src/work.ts\n${lines}    metrics:\n      - out.json\n`;
const HOLDOUT = {
  rows: [
    { x: 1, name: 'HOLDOUT-ROW-CANARY' },
    { x: 2, name: 'HOLDOUT-ROW-CANARY' },
  ],
  actual: [7_777_777, 8_888_888],
};

export const EXFILTRATION: readonly Attack[] = [
  attack(
    'environment',
    'read the environment',
    `say(typeof process, Object.keys(globalThis).filter((k) => /env|process/i.test(k)).join());`,
    harmless(/^undefined ?$/),
  ),
  attack(
    'environment by /proc',
    'read the environment as a file',
    `say(readText('/proc/self/environ'));`,
    refused(/there is no such file/),
  ),
  attack('passwd', 'read a file of the system', `say(readText('/etc/passwd'));`, refused(/there is no such file/)),
  attack(
    'climb',
    'read above the workspace',
    `say(readText('data/raw/../../../../etc/passwd'));`,
    refused(/there is no such file/),
  ),
  attack('file address', 'read by address', `say(readText('file:///etc/passwd'));`, refused(/there is no such file/)),
  attack(
    'canary file',
    'read the file that the test laid down',
    `say(readText('CANARY_FILE'));`,
    refused(/there is no such file/),
  ),
  attack(
    'undeclared source',
    'read a workspace file that is not a dep',
    `say(readText('dvc.yaml'));`,
    refused(/not among its deps/),
  ),
  attack(
    'write above',
    'write above the workspace',
    `writeText('../../escaped.txt', 'x');`,
    refused(/not among its outs/),
  ),
  attack(
    'write absolute',
    'write to a path of the system',
    `writeText('/tmp/escaped.txt', 'x');`,
    refused(/not among its outs/),
  ),
  attack(
    'write over a source',
    'change the code of a stage',
    `writeText('src/work.ts', 'x');`,
    refused(/not among its outs/),
  ),
  attack('fetch', 'call out', `await fetch('http://127.0.0.1:1/');`, refused(/fetch is not defined/)),
  attack(
    'sockets',
    'call out by any other name',
    `say(['WebSocket', 'XMLHttpRequest', 'EventSource', 'navigator', 'Worker', 'importScripts'].filter((k) => k in globalThis).join());`,
    harmless(/^$/),
  ),
  attack('import net', 'import sockets', `import net from 'node:net'; say(net);`, refused(/cannot be imported/)),
  attack(
    'params not declared',
    'read params that belong to others',
    `say(JSON.stringify(params()));`,
    harmless(/^\{\}$/),
  ),
  attack(
    'path as object',
    'pass a path that changes between check and use',
    `let n = 0; const p = { toString: () => (n++ ? '/etc/passwd' : 'src/work.ts'), startsWith: () => false }; say(readText(p as unknown as string));`,
    refused(/must be a text/),
  ),
  attack(
    'own source',
    'read what it declares: that is allowed',
    `say(readText('src/work.ts').length > 10);`,
    harmless(/^true$/),
  ),
  {
    name: 'dep of the system',
    tries: 'declare a file of the system as a dep',
    files: yaml(stage('    deps:\n      - src/work.ts\n      - /etc/passwd\n')),
    verdict: refused(/is not a name for a file/),
  },
  {
    name: 'dep above',
    tries: 'declare a file above as a dep',
    files: yaml(stage('    deps:\n      - src/work.ts\n      - ../../etc/passwd\n')),
    verdict: refused(/is not a name for a file/),
  },
  {
    name: 'out of the system',
    tries: 'declare a file of the system as an out',
    files: yaml(stage('    deps:\n      - src/work.ts\n    outs:\n      - /tmp/escaped\n')),
    verdict: refused(/is not a name for a file/),
  },
  {
    name: 'out over a source',
    tries: 'declare a source as an out',
    files: yaml(stage('    deps:\n      - src/work.ts\n    outs:\n      - src/work.ts\n')),
    verdict: refused(/is a file of the workspace/),
  },
  {
    name: 'shell command',
    tries: 'run a command of the system',
    files: yaml(
      stage('    deps:\n      - src/work.ts\n').replace('node src/work.ts', 'node src/work.ts; cat /etc/passwd'),
    ),
    verdict: refused(/must be exactly/),
  },
  {
    name: 'node option',
    tries: 'give node an option',
    files: yaml(stage('    deps:\n      - src/work.ts\n').replace('node src/work.ts', 'node -r fs src/work.ts')),
    verdict: refused(/must be exactly/),
  },
  {
    name: 'template',
    tries: 'have a template filled in',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is DVC's template
    files: yaml(stage('    deps:\n      - src/work.ts\n      - ${env:HOME}\n')),
    verdict: refused(/is no name of a value/),
  },
  {
    name: 'yaml tag',
    tries: 'make the YAML parser run code',
    files: yaml('stages: !!js/function "function () { return process.env }"\n'),
    verdict: refused(/./),
  },
  {
    name: 'yaml references',
    tries: 'make a gigabyte of ten lines',
    files: yaml(
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
        .split('')
        .map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefg'[i]}`).join()}]`)
        .join('\n')}\nstages: *h\n`,
    ),
    verdict: refused(/more than 1000 names and values/),
  },
  {
    name: 'yaml nesting',
    tries: "end the parser's stack",
    files: yaml('['.repeat(50_000)),
    verdict: refused(/dvc.yaml/),
  },
  {
    name: 'yaml prototype',
    tries: 'set a prototype by a key',
    files: {
      ...oneStage(
        `import { params, writeJson } from 'workshop'; console.log(({} as any).polluted, JSON.stringify(params())); writeJson('out.json', { one: 1 });`,
      ),
      'dvc.yaml': stage('    deps:\n      - src/work.ts\n    params:\n      - a\n'),
      'params.yaml': 'a: 1\n__proto__:\n  polluted: true\nconstructor:\n  prototype:\n    polluted: 1\n',
    },
    verdict: harmless(/^undefined \{"a":1\}$/),
  },
  {
    name: 'hold-out rows by log',
    tries: 'tell the hold-out rows in the log of predict',
    files: {
      ...SMALL,
      'src/predict.ts':
        'export const predict = (rows: any[]) => { console.log(JSON.stringify(rows)); return rows.map((r) => 2 * r.x + 3); };',
    },
    extra: { holdout: HOLDOUT },
    verdict: harmless(/^30 points$/),
  },
  {
    name: 'hold-out rows by error',
    tries: 'tell the hold-out rows in an error of predict',
    files: {
      ...SMALL,
      'src/predict.ts':
        'export const predict = (rows: any[]) => { if (rows.length < 10) throw new Error(JSON.stringify(rows)); return rows.map((r) => 2 * r.x + 3); };',
    },
    extra: { holdout: HOLDOUT },
    verdict: { finding: 'served-fails' },
  },
  {
    name: 'hold-out labels',
    tries: 'find the labels of the hold-out rows beside the rows',
    files: {
      ...SMALL,
      'src/predict.ts':
        'export const predict = (rows: any[]) => rows.map((r) => { const found = Object.values(r).find((v) => typeof v === "number" && v > 1e6); return found === undefined ? 1 : found as number; });',
    },
    extra: { holdout: HOLDOUT },
    verdict: harmless(/^30 points$/),
  },
];
