// A course as somebody writes it by hand: another table with two tasks and an agenda, in a folder that is deleted after the tests.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

export const root = mkdtempSync(join(tmpdir(), 'courses-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

export const COURSE = `title: Which flat sells?
language: en
data:
  title: Flats of a town
  path: data/raw/flats.csv
  file: data/flats.csv
tasks:
  price:
    sentence: Predict the price of a flat.
    kind: regression
    target: price
    metric: cv.rmse
    unit: euro
    folds: 4
    holdout: 0.25
  sold:
    sentence: Predict how long it takes to sell it.
    kind: regression
    target: { name: waiting, mean: [days, shown] }
    forbidden: [price]
    metric: cv.rmse
first: { task: price, checkpoint: 1-start }
`;
export const SCHEMA = `columns:
  rooms:
    type: integer
    label: Rooms
    range: [1, 9]
    typical: 3
  town:
    type: nominal
    label: Town
    levels: [Ada, Bel, Cor]
  days:
    type: integer
    label: Days on the market
    range: [0, null]
  shown:
    type: integer
    label: Times shown
  price:
    type: number
    label: Price
    unit: euro
`;
export const AGENDA = `steps:
  - title: Hello
    say: Welcome.
    ask: Who are you?
    minutes: 5
    scene: join
  - title: Look
    say: Look at it.
    ask: What do you see?
    minutes: 5
    scene: code
    checkpoint: 1-start
    reveal: true
`;
const rows = Array.from(
  { length: 80 },
  (_, i) => `${1 + (i % 9)};${['Ada', 'Bel', 'Cor'][i % 3]};${i};${2 * i};${1000 + i},5`,
);
export const GOOD: Readonly<Record<string, string>> = {
  'course.yaml': COURSE,
  'schema.yaml': SCHEMA,
  'agenda.yaml': AGENDA,
  'data/flats.csv': `\uFEFFrooms;town;days;shown;price\n${rows.join('\n')}\n`,
  'base/dvc.yaml':
    'stages:\n  train:\n    cmd: node src/train.ts\n    deps: [data/raw/flats.csv, src/train.ts]\n    outs: [m.json]\n',
  'base/src/train.ts': 'export {};\n',
  'checkpoints/1-start/checkpoint.yaml': 'title: Start\ntask: price\n',
  'checkpoints/2-sold/checkpoint.yaml': 'title: Sold\ntask: sold\n',
};

let made = 0;
/** A folder of its own; null: without that file. */
export function courseWith(changes: Readonly<Record<string, string | null>> = {}): string {
  const folder = join(root, `flats-${++made}`);
  for (const [path, text] of Object.entries({ ...GOOD, ...changes })) {
    if (text === null) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
