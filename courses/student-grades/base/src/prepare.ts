// Raw table -> what the model may know, and what it shall predict: read, derive, choose, look, write, as in pandas.
import { readCSV } from 'danfojs';
import { params, writeCsv } from 'workshop';
import { isColumn, target, targetName } from './student.ts';

const { columns } = params<{ columns: Record<string, boolean> }>();
const unclear = Object.keys(columns).filter((name) => typeof columns[name] !== 'boolean');
if (unclear.length > 0) throw new Error(`Switch ${unclear.join(', ')} on by true or off by false in params.yaml.`);
const chosen = Object.keys(columns).filter((name) => columns[name]);
const known = chosen.filter(isColumn);
if (known.length < chosen.length) {
  throw new Error(`src/student.ts has no fact called ${chosen.filter((name) => !isColumn(name)).join(', ')}.`);
}
if (known.length === 0) throw new Error('Switch on at least one column in params.yaml.');

const raw = await readCSV('data/raw/students.csv');
// The number of the row in the raw table stays with each student, whoever is left out here, as by .query('age < 20').
const students = raw.assign({ row: raw.index, [targetName]: target }).loc({ columns: ['row', ...known, targetName] });

console.log(`${students.shape[0]} students, ${known.length} columns: ${known.join(', ')}`);
students.drop('row').describe().print();
writeCsv('data/processed/students.csv', students);
