// `npm run data -- <file or folder>`: checks the real tables and puts them where sessions find them, data/raw/.
// Invariant: nothing is written unless every table that was found is right.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PipelineError } from '#pipeline-core';
import { FIRST_TABLE, readStudentTable, SECOND_TABLE, studentTables, tableWarnings } from './student-table.ts';

const HOME = join(import.meta.dirname, '../../data/raw');

/** One line on what was found, and one for each warning. Throws PipelineError for a table that is missing or wrong. */
export function placeData(path: string, home = HOME): string {
  const found = studentTables(path).map(({ name, path: from }) => {
    const table = readStudentTable(from);
    const to = name === SECOND_TABLE ? name : FIRST_TABLE;
    const summary = `${name} (${table.rowCount} students, ${table.names.length} columns)`;
    return { from, to, summary, warnings: tableWarnings(table).map((warning) => `\nWarning: ${name}: ${warning}`) };
  });
  mkdirSync(home, { recursive: true });
  for (const { from, to } of found) {
    // Written anew, not copied: a read-only original must not leave a read-only copy.
    if (resolve(from) !== join(home, to)) writeFileSync(join(home, to), readFileSync(from));
  }
  return `Found ${found.map(({ summary }) => summary).join(' and ')}: placed in data/raw, new sessions run on ${found[0]!.to}.${found.flatMap(({ warnings }) => warnings).join('')}`;
}

function main(args: readonly string[]): number {
  const [path, ...rest] = args;
  if (path === undefined || rest.length > 0) {
    console.error('Say which file or folder: npm run data -- path/to/student-por.csv');
    return 2;
  }
  try {
    console.log(placeData(path));
    return 0;
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    console.error(error.message);
    return 1;
  }
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2));
