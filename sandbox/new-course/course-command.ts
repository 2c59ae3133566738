// `npm run course -- new my.csv --target price | check <folder> | pack <folder>`: a course from a table, what is wrong in a
// course, and a course as one file to hand on.
// Invariant: nothing is written over; what `new` writes is read back and checked before it says that it is done.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PipelineError } from '#pipeline-core';
import { CourseError } from '../course/course-error.ts';
import { checkDataset } from '../course/dataset.ts';
import { readCourse } from '../course/read-course.ts';
import { columnNames } from '../data/column-names.ts';
import { type TidyTable, tidyTable } from '../data/tidy-table.ts';
import type { CoursePlan } from './course-plan.ts';
import { packedFolder } from './pack.ts';
import { planCourse } from './plan.ts';
import { KINDS, type Kind, kindsOf, MEASURES, type Proposal, proposeFor } from './propose.ts';
import { writeCourse } from './write-course.ts';

const USAGE = `npm run course -- new my.csv --target price   writes a course for a table
    --kind ${KINDS.join(' | ')}   --metric ${[...MEASURES.regression, ...MEASURES.classification].join(' | ')}
    --forbid a,b   further columns that no input may come from   --allow c   a proposed one that is fine
    --group patient   rows with the same value are never split between training and test
    --title "..."   --unit euro   --out folder
npm run course -- check folder                what is wrong in a course
npm run course -- pack folder                 the course as one file`;

class Usage extends Error {}

/** The lines to print. Throws Usage, PipelineError or CourseError, whose messages are for people. */
export function courseCommand(args: readonly string[]): string[] {
  const { values, positionals } = parsed(args);
  const [what, path, ...rest] = positionals;
  if (path === undefined || rest.length > 0) throw new Usage(USAGE);
  if (what === 'new') return newCourse(resolve(path), values);
  if (what === 'check') return checkCourse(path);
  if (what === 'pack') return packCourse(path);
  throw new Usage(USAGE);
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = {
    target: text,
    kind: text,
    metric: text,
    forbid: text,
    allow: text,
    group: text,
    title: text,
    unit: text,
    out: text,
  };
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new Usage(`${(error as Error).message}\n\n${USAGE}`);
  }
}

type Values = ReturnType<typeof parsed>['values'];

function newCourse(file: string, values: Values): string[] {
  if (!existsSync(file)) throw new Usage(`There is no file ${file}.`);
  const tidy = tidyTable(readFileSync(file));
  if (values.target === undefined) {
    const possible = tidy.columns.filter((column) => kindsOf(column).length > 0).map(({ name }) => name);
    throw new Usage(`Say what is to be predicted with --target: ${possible.join(', ')}.`);
  }
  const kind = KINDS.find((one) => one === values.kind);
  if (values.kind !== undefined && kind === undefined) throw new Usage(`--kind must be ${KINDS.join(' or ')}.`);
  const proposal = proposeFor(tidy, columnCalled(tidy, values.target), kind);
  const plan = planCourse(tidy, answersOf(tidy, { file, values, proposal, kind: kind ?? proposal.kinds[0]! }));
  const folder = resolve(values.out ?? plan.id);
  if (existsSync(folder)) throw new Usage(`${folder} is there already: choose another one with --out.`);
  mkdirSync(folder, { recursive: true });
  try {
    writeCourse(folder, plan);
    checkDataset(readCourse(folder), undefined);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return [...summaryOf(tidy, plan, proposal), `Written: ${folder}`, `Start it: npm start -- --course ${folder}`];
}

interface Asked {
  readonly file: string;
  readonly values: Values;
  readonly proposal: Proposal;
  readonly kind: Kind;
}

function answersOf(tidy: TidyTable, { file, values, proposal, kind }: Asked) {
  const list = (text = '') =>
    text
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
  const allowed = list(values.allow).map((name) => columnCalled(tidy, name));
  const proposed = proposal.forbidden.map(({ column }) => column).filter((name) => !allowed.includes(name));
  const name = basename(file).replace(/\.[^.]*$/, '');
  const id = basename(values.out ?? idOf(name));
  return {
    id,
    title: values.title ?? name,
    dataset: basename(file),
    target: proposal.target,
    kind,
    measure: values.metric ?? MEASURES[kind][0],
    forbidden: [...new Set([...proposed, ...list(values.forbid).map((one) => columnCalled(tidy, one))])],
    ...(values.group === undefined ? {} : { group: columnCalled(tidy, values.group) }),
    unit: values.unit ?? proposal.unit,
    inRepository: true,
  };
}

/** Words with hyphens: the name of a course's folder, from that of its table. */
export const idOf = (name: string): string =>
  columnNames([name])[0]!.toLowerCase().replaceAll('_', '-').replace(/-+/g, '-');

/** By its name in code, or as the table's header has it. */
function columnCalled({ columns }: TidyTable, said: string): string {
  const found = columns.find(({ name, header, label }) => [name, header, label].includes(said));
  if (found !== undefined) return found.name;
  const message = `There is no column "${said}". There are ${columns.map(({ name }) => name).join(', ')}.`;
  throw new PipelineError('bad-target', message, { column: said });
}

function summaryOf(tidy: TidyTable, plan: CoursePlan, proposal: Proposal): string[] {
  const { table, inputs, constant, rowsLeftOut, targetColumn, kind } = plan;
  const odd = tidy.columns.flatMap(({ label, odd: found }) =>
    found === undefined
      ? []
      : [
          `Row ${found.row}, column "${label}": "${found.value}" is not a number; ${found.count} such cells count as missing.`,
        ],
  );
  const forbidden = proposal.forbidden
    .filter(({ column }) => plan.forbidden.includes(column))
    .map(({ column, reason }) =>
      reason.code === 'identifier'
        ? `Forbidden: ${column} has a value of its own in every row.`
        : `Forbidden: ${column} alone explains ${reason.percent} % of ${plan.target}. If it is known before, add --allow ${column}.`,
    );
  return [
    ...tidy.notes,
    ...odd,
    ...forbidden,
    ...(constant.length === 0 ? [] : [`Left out, the same in every row: ${constant.join(', ')}.`]),
    ...(rowsLeftOut === 0 ? [] : [`Left out: ${rowsLeftOut} rows without a usable value of ${targetColumn.label}.`]),
    `${table.rowCount} rows, ${inputs.length} columns to predict ${targetColumn.label} from (${kind}).`,
  ];
}

function checkCourse(path: string): string[] {
  const course = readCourse(path);
  const warnings = checkDataset(course, undefined);
  const { tasks, checkpoints, agendas, schema } = course;
  const lengths = agendas.map(({ minutes, steps }) => `${steps.length} steps in ${minutes} minutes`);
  return [
    ...warnings.map((warning) => `Warning: ${warning}`),
    `${course.title}: ${schema.columns.length} columns, ${tasks.length === 1 ? '1 task' : `${tasks.length} tasks`}, ${checkpoints.length} checkpoints, agenda: ${lengths.length === 0 ? 'none' : lengths.join(', ')}. Nothing is wrong.`,
  ];
}

function packCourse(path: string): string[] {
  const folder = resolve(path);
  checkCourse(folder);
  const file = `${folder}.tar.gz`;
  if (existsSync(file)) throw new Usage(`${file} is there already: move it first.`);
  writeFileSync(file, packedFolder(folder), { flag: 'wx' });
  return [
    `Packed: ${file}`,
    `Unpack it elsewhere: tar xzf ${basename(file)}`,
    `Start it: npm start -- --course ${join('.', basename(folder))}`,
  ];
}

function main(args: readonly string[]): number {
  try {
    for (const line of courseCommand(args)) console.log(line);
    return 0;
  } catch (error) {
    if (!(error instanceof Usage || error instanceof PipelineError || error instanceof CourseError)) throw error;
    console.error(error.message);
    return error instanceof Usage ? 2 : 1;
  }
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2));
