// Group 3, third part: dvc.yaml, params.yaml, plots and tables that the server itself reads, made to keep it busy.
import { oneStage, SMALL } from '../rig.ts';
import { type Attack, finding, harmless, refused } from './attack.ts';

const list = (count: number, make: (i: number) => string, by = ''): string =>
  Array.from({ length: count }, (_, i) => make(i)).join(by);
const WORK = `import { writeJson, writeText } from 'workshop';\nvoid writeText;\n`;
const one = (code = '') => oneStage(`${WORK}${code}\nwriteJson('out.json', { one: 1 });`);
const pipeline = (name: string, tries: string, yaml: string, message: RegExp): Attack => ({
  name: `dvc.yaml: ${name}`,
  tries,
  files: { ...one(), 'dvc.yaml': yaml },
  verdict: refused(message),
});
const plot = (name: string, code: string, verdict: Attack['verdict'], options = 'x: a'): Attack => ({
  name: `plot: ${name}`,
  tries: 'keep the server busy with what it draws',
  files: {
    ...one(code),
    'dvc.yaml': `stages:\n  work:\n    cmd: node src/work.ts\n    deps: [src/work.ts]\n    metrics: [out.json]\n    plots:\n      - ${/p\.\w+/.exec(code)![0]}:\n          ${options}\n`,
  },
  verdict,
});
const out = (name: string, code: string): Attack => ({
  name: `out: ${name}`,
  tries: 'keep the server busy counting rows',
  files: {
    ...one(code),
    'dvc.yaml':
      'stages:\n  work:\n    cmd: node src/work.ts\n    deps: [src/work.ts]\n    outs: [big.csv]\n    metrics: [out.json]\n',
  },
  verdict: harmless(/^$/),
});
/** Forty stages in a row that all write in one file's name, and a param as long as it may be. */
/** Reasons of so many stages are more than a report may hold, if each had the whole value. */
const CHAIN = 20;
const chain = (value: string) => ({
  'dvc.yaml': `stages:\n${list(
    CHAIN,
    (i) =>
      `  s${i}:\n    cmd: node src/work.ts\n    deps: [src/work.ts${i === 0 ? '' : `, o${i - 1}`}]\n    params: [k]\n    outs: [o${i}]\n`,
  )}`,
  'params.yaml': `k: ${value.repeat(15_000)}\n`,
  'src/work.ts': `import { writeText } from 'workshop';\nfor (let i = 0; i < ${CHAIN}; i++) try { writeText(\`o\${i}\`, 'x'); } catch {}`,
});

export const DENIAL_BY_FILES: readonly Attack[] = [
  pipeline(
    'four thousand names',
    'have each name compared with each',
    `stages: {${list(4_000, (i) => i.toString(36), ',')}}`,
    /more than 1000 names/,
  ),
  pipeline('too long', 'tire the parser', `a:\n${list(12_000, (i) => `${i.toString(36)}:\n`)}`, /is longer than/),
  pipeline(
    'errors by the thousand',
    'have each error reported',
    list(9_000, () => '}\n'),
    /Unexpected/,
  ),
  pipeline('nested dashes', "end the parser's stack", '- '.repeat(9_000), /nested deeper than 10 levels/),
  pipeline('nested questions', "end the parser's stack by keys", '? '.repeat(9_000), /nested deeper than 10 levels/),
  pipeline(
    'a chain backwards',
    'sort a thousand stages',
    `stages:\n${list(300, (i) => ` s${299 - i}:\n  cmd: node src/work.ts\n  outs: [o${299 - i}]\n`)}`,
    /at most 40|more than 1000/,
  ),
  pipeline(
    'outs by the thousand',
    'compare every out with every other',
    `stages:\n work:\n  cmd: node src/work.ts\n  deps: [src/work.ts]\n  outs: [${list(3_000, (i) => `o${i}`, ',')}]\n`,
    /more than 1000 names/,
  ),
  pipeline(
    'a name twice',
    'hide a stage behind another of its name',
    'stages:\n  a:\n    cmd: node src/work.ts\n  a:\n    cmd: node src/work.ts\n',
    /`a` is here twice/,
  ),
  pipeline(
    'a stage called constructor',
    'name what every object has',
    'stages:\n  constructor:\n    cmd: node src/work.ts\n    deps: [src/work.ts]\n    outs: [a]\n  b:\n    cmd: node src/work.ts\n    deps: [src/work.ts, a]\n    metrics: [out.json]\n',
    /a word of JavaScript's own/,
  ),
  pipeline(
    'a section called constructor',
    'have a function reported',
    'constructor: 1\n',
    /a word of JavaScript's own/,
  ),
  pipeline(
    'a long param',
    'have a long name compared with others',
    `stages:\n  work:\n    cmd: node src/work.ts\n    deps: [src/work.ts]\n    params:\n      - ${'a'.repeat(9_000)}\n`,
    /at most 200/,
  ),
  pipeline(
    'a look-alike of node',
    'run another program',
    SMALL['dvc.yaml']!.replace('node', 'nоde'),
    /must be exactly/,
  ),
  pipeline(
    'a look-alike of a name',
    'a stage in two writings',
    SMALL['dvc.yaml']!.replace('prepare', 'prераrе'),
    /no name for a stage/,
  ),
  pipeline('a tag for bytes', 'hand over bytes', 'stages:\n  work: !!binary aGVsbG8=\n', /is not a value/),
  {
    name: 'params.yaml: reasons without end',
    tries: 'have a value of a page reported twenty times as the reason',
    files: chain('x'),
    again: chain('y'),
    verdict: harmless(/^$/),
  },
  plot(
    'a hundred thousand columns',
    "let t = ''; for (let i = 0; i < 1e5; i++) t += 'c' + i + ','; writeText('p.csv', t + 'z\\n');",
    refused(/columns, more than/),
  ),
  plot(
    'columns in quotes',
    `writeText('p.csv', '"\\n",' + Array.from({ length: 9e4 }, (_, i) => 'c' + i).join() + '\\n');`,
    refused(/columns, more than/),
  ),
  plot(
    'a long name for near ones',
    "writeText('p.csv', 'b'.repeat(9e5) + ',c\\n1,2\\n');",
    refused(/which is not there/),
    `x: ${'a'.repeat(190)}`,
  ),
  plot(
    'cells that are objects',
    `writeText('p.json', '[{"a": {"toString": 1}}]');`,
    refused(/neither a number nor a word/),
  ),
  plot(
    'cells nested without end',
    "writeText('p.json', '[{\"a\": ' + '['.repeat(2e5) + ']'.repeat(2e5) + '}]');",
    refused(/neither a number nor a word/),
  ),
  plot(
    'points that are texts',
    `writeText('p.json', JSON.stringify(['x'.repeat(9e5)]));`,
    refused(/a plot needs columns|not an object/),
  ),
  plot(
    'keys by the thousand',
    `writeText('p.json', JSON.stringify([Object.fromEntries(Array.from({ length: 5e4 }, (_, i) => ['c' + i, 1]))]));`,
    refused(/columns, more than/),
  ),
  plot(
    'characters by the million',
    `writeText('p.csv', 'a\\n' + '1\\n'.repeat(6e6));`,
    refused(/characters, a plot at most/),
  ),
  out('sixteen million commas', "writeText('big.csv', ','.repeat(1.6e7) + '\\n');"),
  out('sixteen million lines', "writeText('big.csv', '\\n'.repeat(1.6e7));"),
  {
    name: 'metrics: names that cannot be shown',
    tries: 'steer the screens by the name of a metric',
    files: oneStage("import { writeJson } from 'workshop'; writeJson('out.json', { 'a\\u202e': 1 });"),
    verdict: refused(/cannot be shown/),
  },
  {
    name: 'predict: an error without end',
    tries: 'have an error shown whose stack never ends',
    files: {
      ...SMALL,
      'src/predict.ts':
        'export const predict = () => { throw Object.defineProperty(new Error("a"), "stack", { get() { for (;;) {} } }); };',
    },
    extra: { limits: { stageMs: 1_000, runMs: 20_000 } },
    verdict: finding('served-fails'),
  },
];
