// Raw table -> what the model may know, and what it shall predict.
import { params, readCsv, writeCsv } from 'workshop';
import { isColumn, parse, type Row, target, targetName } from './row.ts';

const { columns } = params<{ columns: Record<string, boolean> }>();
const unclear = Object.keys(columns).filter((name) => typeof columns[name] !== 'boolean');
if (unclear.length > 0) throw new Error(`Switch ${unclear.join(', ')} on by true or off by false in params.yaml.`);
const chosen = Object.keys(columns).filter((name) => columns[name]);
const known = chosen.filter(isColumn);
if (known.length < chosen.length) {
  throw new Error(`src/row.ts has no fact called ${chosen.filter((name) => !isColumn(name)).join(', ')}.`);
}
if (known.length === 0) throw new Error('Switch on at least one column in params.yaml.');

// The number of the row in the raw table stays with each item, whatever is left out here.
const items = readCsv<Row>('data/raw/table.csv').map((row, i) => ({
  row: i,
  ...parse(row, known),
  [targetName]: target(row),
}));
console.log(`${items.length} rows, ${known.length} columns: ${known.join(', ')}`);
writeCsv('data/processed/table.csv', items);
