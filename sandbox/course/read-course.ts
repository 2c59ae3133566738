// Reads the folder of a course: course.yaml, schema.yaml, agenda.yaml, base/ and checkpoints/.
// Invariant: what comes out fits together; a folder where anything does not is refused with file, line and remedy.
import { readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import * as v from 'valibot';
import { GENERATORS } from '#courses/generators/index.ts';
import { isWithinDataFolder } from '#pipeline-core/workspace/file-names.ts';
import { checkedYaml } from './checked-yaml.ts';
import type { Course, RunLimits, TableSource } from './course.ts';
import { CourseError } from './course-error.ts';
import { readAgendas } from './read-agenda.ts';
import { readCheckpoints } from './read-checkpoints.ts';
import { readSchema } from './read-schema.ts';
import { readTask, taskSchema } from './read-tasks.ts';

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const TASK_ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

const title = 'must be a title of 1 to 80 characters';
const notice = 'must be a text of at most 2000 characters';
const path = 'must be a file below data/raw/, such as data/raw/table.csv';
const rows = 'must be a whole number from 50 to 100000';
const seed = 'must be a whole number from 0 to 9999';
const amount = (least: number, most: number, unit: string) => {
  const message = `must be a number of ${unit} from ${least} to ${most}`;
  return v.optional(v.pipe(v.number(message), v.minValue(least, message), v.maxValue(most, message)));
};
const titleSchema = v.pipe(v.string(title), v.trim(), v.minLength(1, title), v.maxLength(80, title));

const courseSchema = v.strictObject({
  title: titleSchema,
  language: v.pipe(
    v.string('must be a language, such as en'),
    v.regex(/^[a-z]{2}$/, 'must be two letters, such as en'),
  ),
  data: v.strictObject({
    title: titleSchema,
    notice: v.optional(v.pipe(v.string(notice), v.trim(), v.maxLength(2_000, notice))),
    path: v.pipe(v.string(path), v.check(isWithinDataFolder, path)),
    file: v.optional(v.string('must be the path of a CSV file in this folder')),
    generator: v.optional(v.picklist(Object.keys(GENERATORS), `must be one of ${Object.keys(GENERATORS).join(', ')}`)),
    rows: v.optional(v.pipe(v.number(rows), v.integer(rows), v.minValue(50, rows), v.maxValue(100_000, rows))),
    seed: v.optional(v.pipe(v.number(seed), v.integer(seed), v.minValue(0, seed), v.maxValue(9999, seed))),
    inRepository: v.optional(v.boolean('must be true or false')),
    replacedBy: v.optional(v.array(v.string('must be the name of a file'), 'must be a list of file names')),
  }),
  tasks: v.record(
    v.pipe(v.string(), v.regex(TASK_ID, 'must be lower-case words with hyphens')),
    taskSchema,
    'must be tasks, each with a sentence',
  ),
  limits: v.optional(
    v.strictObject({
      stage: amount(1, 120, 'seconds'),
      run: amount(5, 300, 'seconds'),
      memory: amount(128, 2048, 'megabytes'),
      outs: amount(1, 64, 'megabytes'),
    }),
  ),
  first: v.strictObject({
    task: v.string('must be a task of this course'),
    checkpoint: v.string('must be a checkpoint of this course'),
  }),
  edit: v.optional(v.string('must be the path of a file in base/')),
});

/** Throws CourseError. */
export function readCourse(at: string): Course {
  const folder = resolve(at);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CourseError(folder, 'There is no such folder.', 'Give the folder of a course.');
  }
  const id = basename(folder);
  if (!ID.test(id)) {
    throw new CourseError(
      folder,
      'The name of this folder cannot name a course.',
      'Use lower-case words with hyphens.',
    );
  }
  const read = (name: string): string => {
    const text = textOf(folder, name);
    if (text === null) throw new CourseError(join(folder, name), 'This file is missing.', 'Create it.');
    return text;
  };
  const file = join(folder, 'course.yaml');
  const source = read('course.yaml');
  const about = checkedYaml(file, source, courseSchema);
  const problem = (keys: readonly string[], what: string, fix: string) =>
    new CourseError(file, `${what}`, fix, lineOfKeys(source, keys));
  const schema = readSchema(folder, read, id);
  const ids = Object.keys(about.tasks);
  if (ids.length === 0) throw problem(['tasks'], 'There is no task.', 'Add one.');
  const context = { course: id, dataset: about.data.title, schema, problem };
  const tasks = Object.entries(about.tasks).map(([task, one]) => readTask(task, one, context));
  const table = tableSource(folder, about.data, problem);
  const checkpoints = readCheckpoints(folder, { tasks: ids, data: table.path });
  const names = checkpoints.map(({ name }) => name);
  const { first } = about;
  if (!ids.includes(first.task)) {
    throw problem(['first', 'task'], `There is no task "${first.task}".`, `There are ${ids.join(', ')}.`);
  }
  const begins = checkpoints.find(({ name }) => name === first.checkpoint);
  if (begins === undefined) {
    const what = `There is no checkpoint "${first.checkpoint}".`;
    throw problem(['first', 'checkpoint'], what, `There are ${names.join(', ')}.`);
  }
  if (begins.task !== first.task) {
    const what = `The checkpoint ${begins.name} answers the task ${begins.task}, not ${first.task}.`;
    throw problem(['first', 'task'], what, 'Name the task of the checkpoint.');
  }
  const { edit = Object.keys(begins.files)[0]! } = about;
  if (!Object.hasOwn(begins.files, edit)) {
    throw problem(['edit'], `There is no file ${edit} in ${begins.name}.`, 'Name a file of base/.');
  }
  const agendas = readAgendas(folder, textOf(folder, 'agenda.yaml'), { checkpoints, first: begins.name });
  const { title: named, language } = about;
  const limits = limitsOf(about.limits);
  return {
    id,
    folder,
    title: named,
    language,
    table,
    schema,
    limits,
    tasks,
    checkpoints,
    agendas,
    first: begins.name,
    edit,
  };
}

function limitsOf({
  stage,
  run,
  memory,
  outs,
}: NonNullable<v.InferOutput<typeof courseSchema>['limits']> = {}): RunLimits {
  return {
    ...(stage === undefined ? {} : { stageMs: stage * 1000 }),
    ...(run === undefined ? {} : { runMs: run * 1000 }),
    ...(memory === undefined ? {} : { memoryMb: Math.round(memory) }),
    ...(outs === undefined ? {} : { outBytes: Math.round(outs * 1024 * 1024) }),
  };
}

function tableSource(
  folder: string,
  about: v.InferOutput<typeof courseSchema>['data'],
  problem: (keys: readonly string[], what: string, fix: string) => CourseError,
): TableSource {
  const { file, generator, rows: count, replacedBy = [], path: inWorkspace, title: dataset, seed: draw = 1 } = about;
  const { notice = '', inRepository = true } = about;
  const common = { path: inWorkspace, title: dataset, notice, seed: draw, inRepository };
  if ((file === undefined) === (generator === undefined)) {
    throw problem(['data'], 'The data needs either `file` or `generator`.', 'Keep one of them.');
  }
  if (generator !== undefined) {
    if (count === undefined) throw problem(['data', 'generator'], 'A generator needs `rows`.', 'Say how many.');
    return { ...common, generator, rows: count, replacedBy };
  }
  const at = resolve(folder, file!);
  if (!at.startsWith(join(folder, '/')) || !statSync(at, { throwIfNoEntry: false })?.isFile()) {
    throw problem(['data', 'file'], `There is no file ${file} in this folder.`, 'Name a CSV file of this folder.');
  }
  return { ...common, file: at };
}

function textOf(folder: string, name: string): string | null {
  const at = join(folder, name);
  if (!statSync(at, { throwIfNoEntry: false })?.isFile()) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(at)).replaceAll('\r\n', '\n');
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new CourseError(at, 'This is not text in UTF-8.', 'Save it as UTF-8.');
  }
}

/** The line where the last of nested keys is written, in the way people write YAML; undefined where it is not found. */
function lineOfKeys(source: string, keys: readonly string[]): number | undefined {
  const lines = source.split('\n');
  let at = -1;
  for (const key of keys) {
    const next = lines.findIndex((line, i) => i > at && line.trimStart().startsWith(`${key}:`));
    if (next === -1) break;
    at = next;
  }
  return at === -1 ? undefined : at + 1;
}
