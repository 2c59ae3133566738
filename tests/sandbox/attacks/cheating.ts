// Group 5: a better number without a better model.
import { oneStage, SMALL } from '../rig.ts';
import { type Attack, finding, harmless, refused } from './attack.ts';

const metrics = (text: string) =>
  oneStage(`import { writeText } from 'workshop'; writeText('out.json', ${JSON.stringify(text)});`);
const withFile = (path: string, edit: (text: string) => string) => ({ ...SMALL, [path]: edit(SMALL[path]!) });
/** The small pipeline with models/fitted.csv as the code writes it. */
const fitted = (code: string) => ({
  ...SMALL,
  'dvc.yaml': SMALL['dvc.yaml']!.replace(
    '      - data/processed/points.csv\n  evaluate',
    '      - data/processed/points.csv\n      - models/fitted.csv\n  evaluate',
  ),
  'src/prepare.ts': `${SMALL['src/prepare.ts']}\nimport { writeText } from 'workshop';\n${code}`,
});

export const CHEATING: readonly Attack[] = [
  {
    name: 'a written zero',
    tries: 'write the score without measuring',
    files: withFile('src/evaluate.ts', (t) =>
      t.replace(/writeJson\('reports\/metrics.json'.*/, "writeJson('reports/metrics.json', { cv: { rmse: 0 } });"),
    ),
    verdict: finding('metric-differs'),
  },
  {
    name: 'a patched sum',
    tries: 'patch reduce in the model, where evaluate imports it',
    files: withFile(
      'src/model.ts',
      (t) =>
        `${t}\nArray.prototype.reduce = (() => 0) as never; Float64Array.prototype.reduce = (() => 0) as never; Math.hypot;`,
    ),
    verdict: harmless(/./),
  },
  {
    name: 'a patched square root',
    tries: 'replace Math.sqrt in the model',
    files: withFile('src/model.ts', (t) => `${t}\n(Math as any).sqrt = () => 0;`),
    verdict: refused(/read only|read-only/),
  },
  {
    name: 'a negated comparison',
    tries: 'a score below zero',
    files: withFile('src/evaluate.ts', (t) =>
      t.replace(/writeJson\('reports\/metrics.json'.*/, "writeJson('reports/metrics.json', { cv: { rmse: -5 } });"),
    ),
    verdict: finding('metric-differs'),
  },
  {
    name: 'not a number',
    tries: 'a metric that compares with nothing',
    files: oneStage("import { writeJson } from 'workshop'; writeJson('out.json', { cv: { rmse: NaN } });"),
    verdict: refused(/`rmse` is NaN/),
  },
  {
    name: 'infinite',
    tries: 'a metric beyond all',
    files: metrics('{"cv": {"rmse": -1e999}}'),
    verdict: refused(/must be a finite number/),
  },
  {
    name: 'null',
    tries: 'a metric that is nothing',
    files: metrics('{"cv": {"rmse": null}}'),
    verdict: refused(/must be a finite number/),
  },
  {
    name: 'text',
    tries: 'a metric that is a text',
    files: metrics('{"cv": {"rmse": "0"}}'),
    verdict: refused(/must be a finite number/),
  },
  {
    name: 'a list',
    tries: 'a metric that is a list',
    files: metrics('{"cv": [0]}'),
    verdict: refused(/must be a finite number/),
  },
  {
    name: 'not JSON',
    tries: 'metrics that cannot be read',
    files: metrics('{"cv": '),
    verdict: refused(/must be JSON/),
  },
  {
    name: 'too many',
    tries: 'bury the metric among many',
    files: metrics(JSON.stringify(Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`m${i}`, i])))),
    verdict: refused(/more than 64 metrics/),
  },
  {
    name: 'too deep',
    tries: 'nest a metric a hundred deep',
    files: metrics(`${'{"a":'.repeat(100)}1${'}'.repeat(100)}`),
    verdict: refused(/must be a finite number/),
  },
  {
    name: 'prototype as metric',
    tries: "reach a prototype by a metric's name",
    files: metrics('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 2}}}'),
    verdict: harmless(/^$/),
  },
  {
    name: 'undeclared metrics',
    tries: 'write metrics where none are expected',
    files: oneStage("import { writeJson } from 'workshop'; writeJson('reports/metrics.json', { cv: { rmse: 0 } });"),
    verdict: refused(/not among its outs/),
  },
  {
    name: 'no metrics',
    tries: 'leave the declared metrics out',
    files: oneStage('export {};'),
    verdict: refused(/without writing out.json/),
  },
  {
    name: 'another model served',
    tries: 'measure one model and serve another',
    files: {
      ...SMALL,
      'dvc.yaml': SMALL['dvc.yaml']!.replace(
        '      - data/processed/points.csv\n  evaluate',
        '      - data/processed/points.csv\n      - models/fitted.csv\n  evaluate',
      ),
      'src/prepare.ts': `${SMALL['src/prepare.ts']}\nwriteCsv('models/fitted.csv', points.map(({ x }, row) => ({ row, predicted: 2 * x + 3 + (row === 17 ? 1 : 0) })));`,
    },
    verdict: finding('served-differs'),
  },
  {
    name: 'a fit that cannot be read',
    tries: 'serve another model beside a fit that nobody can compare',
    files: fitted("writeText('models/fitted.csv', 'row,predicted\\n0\\n');"),
    verdict: finding('served-unchecked'),
  },
  {
    name: 'a fit of one row',
    tries: 'fit one row, thirty times, and serve the others from another model',
    files: fitted("writeText('models/fitted.csv', 'row,predicted\\n' + '0,3\\n'.repeat(30));"),
    verdict: finding('served-unchecked'),
  },
  {
    name: 'predictions beyond all numbers',
    tries: 'make the true score infinite, so that any score is as near',
    files: withFile('src/evaluate.ts', (t) =>
      t
        .replace('predicted: predictOne(x, p)', 'predicted: 1e200')
        .replace(/writeJson\('reports\/metrics.json'.*/, "writeJson('reports/metrics.json', { cv: { rmse: 0 } });"),
    ),
    verdict: finding('metric-differs'),
  },
  {
    name: 'no predictions',
    tries: 'a score of 0 and nothing to check it by',
    files: oneStage("import { writeJson } from 'workshop'; writeJson('out.json', { cv: { rmse: 0 } });"),
    verdict: finding('metric-unproven'),
  },
  {
    name: 'predictions of no rows',
    tries: 'a score of 0 on nobody',
    files: withFile('src/evaluate.ts', (t) =>
      t
        .replace(
          "writeCsv('reports/predictions.csv', predictions)",
          "writeText('reports/predictions.csv', 'row,fold,actual,predicted\\n')",
        )
        .replace('import { params,', 'import { writeText, params,')
        .replace(/writeJson\('reports\/metrics.json'.*/, "writeJson('reports/metrics.json', { cv: { rmse: 0 } });"),
    ),
    verdict: finding('metric-unproven'),
  },
  {
    name: 'a metric in two writings',
    tries: 'write the score again under the same dotted name',
    files: metrics('{"cv": {"rmse": 2}, "cv.rmse": 0}'),
    verdict: refused(/is there twice/),
  },
  {
    name: 'other data',
    tries: "put easier rows in place of the session's data",
    files: { ...SMALL, 'data/raw/points.csv': 'x,y,name\n1,5,a\n2,7,b\n' },
    verdict: refused(/the session's data, which nobody may replace/),
  },
  {
    name: 'hold-out answers beyond all numbers',
    tries: 'an infinite hold-out score, which no JSON holds',
    files: { ...SMALL, 'src/predict.ts': 'export const predict = (rows: unknown[]) => rows.map(() => 1.7e308);' },
    extra: { holdout: { rows: [{ x: 1 }], actual: [5] } },
    verdict: finding('served-fails'),
  },
  {
    name: 'unreadable predictions',
    tries: 'escape the comparison by broken predictions',
    files: withFile('src/evaluate.ts', (t) => t.replace('fold: row % 5', "fold: 'none'")),
    verdict: finding('predictions-unreadable'),
  },
];
