// `npm run data -- <file or folder>`: checks the real tables of the default course and puts them where sessions find them,
// data/raw/.
// Invariant: nothing is written unless every table that was found is right.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PipelineError } from '#pipeline-core';
import { readTable, tablesAt, tableWarnings } from '../data/read-table.ts';
import type { Course } from './course.ts';
import { defaultCourse } from './default-course.ts';

const HOME = join(import.meta.dirname, '../../data/raw');

/** One line on what was found, and one for each warning. Throws PipelineError for a table that is missing or wrong. */
export function placeData(path: string, home = HOME, course: Course = defaultCourse()): string {
  const names = namesOf(course);
  const found = tablesAt(path, names).map(({ name, path: from }) => {
    const table = readTable(from, course.schema);
    const to = names.includes(name) ? name : names[0]!;
    const summary = `${name} (${table.rowCount} rows, ${table.names.length} columns)`;
    return { from, to, summary, warnings: tableWarnings(table).map((warning) => `\nWarning: ${name}: ${warning}`) };
  });
  mkdirSync(home, { recursive: true });
  for (const { from, to } of found) {
    // Written anew, not copied: a read-only original must not leave a read-only copy.
    if (resolve(from) !== join(home, to)) writeFileSync(join(home, to), readFileSync(from));
  }
  return `Found ${found.map(({ summary }) => summary).join(' and ')}: placed in data/raw, new sessions run on ${found[0]!.to}.${found.flatMap(({ warnings }) => warnings).join('')}`;
}

/** By which the tables of a course are found in data/raw/. Throws PipelineError for a course that has its own table. */
function namesOf({ id, table }: Course): readonly string[] {
  const names = 'generator' in table ? table.replacedBy : [];
  if (names.length > 0) return names;
  throw new PipelineError('no-data', `The course ${id} has a table of its own: change it there.`);
}

function main(args: readonly string[]): number {
  const [path, ...rest] = args;
  if (path === undefined || rest.length > 0) {
    console.error('Say which file or folder: npm run data -- path/to/table.csv');
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
