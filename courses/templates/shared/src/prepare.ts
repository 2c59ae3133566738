// Raw table -> what the model may know, and what it shall predict.
import { columnOf, Table } from 'pipeline-core';
import { params, readTable, writeCsv } from 'workshop';
import { isColumn, parse, target, targetName } from './row.ts';

const { columns } = params<{ columns: Record<string, boolean> }>();
const unclear = Object.keys(columns).filter((name) => typeof columns[name] !== 'boolean');
if (unclear.length > 0) throw new Error(`Switch ${unclear.join(', ')} on by true or off by false in params.yaml.`);
const chosen = Object.keys(columns).filter((name) => columns[name]);
const known = chosen.filter(isColumn);
if (known.length < chosen.length) {
  throw new Error(`src/row.ts has no fact called ${chosen.filter((name) => !isColumn(name)).join(', ')}.`);
}
if (known.length === 0) throw new Error('Switch on at least one column in params.yaml.');

const raw = readTable('data/raw/table.csv');
const prepared = new Table([
  // The number of the row in the raw table stays with each row, whatever is left out below.
  columnOf('row', [...Array(raw.rowCount).keys()]),
  ...parse(raw, known).columns,
  columnOf(targetName, target(raw)),
]);
console.log(`${prepared.rowCount} rows, ${known.length} columns: ${known.join(', ')}`);
// Leave rows out by prepared.filter((row) => ...).
writeCsv('data/processed/table.csv', prepared);
