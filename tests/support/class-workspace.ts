// A hand-written workspace that asks for three classes, and its table: probabilities by a rule, no model to train.
import type { Job } from '#sandbox/index.ts';

export const CLASSES = ['left', 'middle', 'right'];
/** Sixty rows in fifteen groups of four; the class follows from x, but for a third of the rows. */
export const rows = Array.from({ length: 60 }, (_, i) => {
  const x = ((i * 7) % 60) / 2;
  return { x, side: CLASSES[(Math.floor(x / 10) + (i % 3 === 0 ? 1 : 0)) % 3]!, box: `b${i >> 2}` };
});
export const csv = `x,side,box\n${rows.map(({ x, side, box }) => `${x},${side},${box}`).join('\n')}\n`;
export const FILES: Job['files'] = {
  'dvc.yaml': `stages:
  evaluate:
    cmd: node src/evaluate.ts
    deps:
      - data/raw/sides.csv
      - src/evaluate.ts
      - src/model.ts
    outs:
      - models/fitted.csv
      - models/inputs.csv
    metrics:
      - reports/metrics.json
    plots:
      - reports/predictions.csv:
          x: actual
          y: predicted
          template: confusion
`,
  'src/model.ts': `export const classes = ['left', 'middle', 'right'];
/** Sure of the third it is in, and less at its ends. */
export function shares(x: number): Record<string, number> {
  const at = Math.min(2, Math.floor(x / 10));
  const sure = 0.6 + 0.3 * (1 - Math.abs((x % 10) - 5) / 5);
  return Object.fromEntries(classes.map((name, k) => [name, k === at ? sure : (1 - sure) / 2]));
}
`,
  'src/evaluate.ts': `import { accuracy, logLoss, groupKFold, kFold } from 'pipeline-core';
import { readCsv, writeCsv, writeJson } from 'workshop';
import { classes, shares } from './model.ts';
const rows = readCsv<{ x: number; side: string; box: string }>('data/raw/sides.csv');
const folds = kFold(rows, { nSplits: 5, randomState: 1, stratify: rows.map(({ side }) => side) });
const foldOf: number[] = [];
folds.forEach(({ test }, fold) => { for (const row of test) foldOf[row] = fold; });
const p = rows.map(({ x }) => shares(x));
const said = p.map((own) => classes.reduce((best, name) => (own[name]! > own[best]! ? name : best)));
const named = (own: Record<string, number>) => Object.fromEntries(classes.map((name) => ['p=' + name, own[name]]));
const written = p.map((own, row) => ({ row, fold: foldOf[row], actual: rows[row]!.side, predicted: said[row], ...named(own) }));
writeCsv('reports/predictions.csv', written);
writeCsv('models/fitted.csv', p.map((own, row) => ({ row, predicted: said[row], ...named(own) })));
writeCsv('models/inputs.csv', rows.map(({ x }, row) => ({ row, x })));
const actual = rows.map(({ side }) => side);
writeJson('reports/metrics.json', { cv: { logLoss: logLoss(actual, p), accuracy: accuracy(actual, said) } });
`,
  'src/predict.ts': `import { shares } from './model.ts';
export const predict = (rows: { x: number }[]) => rows.map(({ x }) => shares(x));
`,
};
