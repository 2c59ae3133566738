// Raw table -> what the model may know, and what it shall predict.
import { readCSV } from 'danfojs';
import { params, writeCsv } from 'workshop';
import { isColumn, targetName } from './dish.ts';

const { columns } = params<{ columns: Record<string, boolean> }>();
const chosen = Object.keys(columns).filter((name) => columns[name] === true);
const known = chosen.filter(isColumn);
if (known.length < chosen.length) {
  throw new Error(`src/dish.ts has no fact called ${chosen.filter((name) => !isColumn(name)).join(', ')}.`);
}
if (known.length === 0) throw new Error('Switch on at least one column in params.yaml.');

const raw = await readCSV('data/raw/dishes.csv');
// The number of the row in the raw table stays with each dish, whichever are left out here.
const dishes = raw.assign({ row: raw.index }).loc({ columns: ['row', 'kitchen', ...known, targetName] });

console.log(`${dishes.shape[0]} dishes, ${known.length} columns: ${known.join(', ')}`);
writeCsv('data/processed/dishes.csv', dishes);
