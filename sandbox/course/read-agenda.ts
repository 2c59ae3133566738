// agenda.yaml of a course: the facilitator's steps, in one or several lengths. A course without one has none.
// Invariant: the lines of a tour are lines of the checkpoint that the session is at in that step.
import { join } from 'node:path';
import * as v from 'valibot';
import { checkedYaml } from './checked-yaml.ts';
import { CourseError } from './course-error.ts';
import type { LoadedCheckpoint } from './read-checkpoints.ts';

const MOST_STEPS = 100;
const SCENES = ['join', 'code', 'pipeline', 'results', 'queue', 'reveal', 'compare', 'data', 'poll'] as const;

export interface CoursePlace {
  readonly file: string;
  /** From 1. */
  readonly fromLine: number;
  readonly toLine: number;
  readonly sentence: string;
}

export interface AgendaStep {
  readonly title: string;
  /** To be said aloud. */
  readonly say: string;
  readonly ask: string;
  /** Of the question, where it is asked to everybody; without them it is open. */
  readonly choices?: readonly string[];
  readonly minutes: number;
  readonly scene: (typeof SCENES)[number];
  /** The checkpoint to load if the session has not got there by itself. */
  readonly checkpoint?: string;
  /** The hold-out score is revealed in this step. */
  readonly reveal?: boolean;
  /** What ticks it. */
  readonly done?:
    | { readonly run: true }
    | { readonly score: number; readonly task: string }
    | { readonly file: string };
  /** A tour of the code. */
  readonly show?: readonly CoursePlace[];
  /** The checkpoint whose lines the tour names. */
  readonly counted?: string;
}

export interface CourseAgenda {
  readonly minutes: number;
  readonly steps: readonly AgendaStep[];
}

interface Around {
  readonly checkpoints: readonly LoadedCheckpoint[];
  /** Name of the checkpoint that a session begins with. */
  readonly first: string;
}

const text = (most: number) => {
  const message = `must be a text of 1 to ${most} characters`;
  return v.pipe(v.string(message), v.trim(), v.minLength(1, message), v.maxLength(most, message));
};
const whole = (least: number, most: number, message = `must be a whole number from ${least} to ${most}`) =>
  v.pipe(v.number(message), v.integer(message), v.minValue(least, message), v.maxValue(most, message));

const line = whole(1, 20_000, 'must be a line, or the first and the last one: [10, 24]');
const lines = v.lazy((given) =>
  Array.isArray(given)
    ? v.pipe(
        v.strictTuple([line, line], 'must be the first and the last line, such as [10, 24]'),
        v.check(([from, to]) => from <= to, 'must not end before they begin'),
      )
    : v.pipe(
        line,
        v.transform((one): [number, number] => [one, one]),
      ),
);
const place = v.strictObject({ file: v.string('must be a file of the workspace'), lines, sentence: text(200) });
const places = v.pipe(
  v.array(place, 'must be a place, or a list of places'),
  v.minLength(1, 'must have a place'),
  v.maxLength(12, 'must have at most 12 places'),
);
const minutes = whole(1, 240);
const isGiven = (value: unknown) => value !== undefined;
const done = v.pipe(
  v.strictObject({
    run: v.exactOptional(v.literal(true, 'must be true')),
    score: v.exactOptional(v.number('must be a number')),
    file: v.exactOptional(v.string('must be a file of the workspace')),
  }),
  v.check(
    (one) => Object.values(one).filter(isGiven).length === 1,
    'must have one of `run: true`, `score: 2.5` and `file: params.yaml`',
  ),
);
const choice = text(60);
const choices = v.pipe(
  v.array(choice, 'must be a list of 2 to 6 texts'),
  v.minLength(2, 'must be a list of 2 to 6 texts'),
  v.maxLength(6, 'must be a list of 2 to 6 texts'),
  v.check(
    (all) => new Set(all.map((one) => one.toLowerCase())).size === all.length,
    'must be different from each other',
  ),
);

function agendaSchema(checkpoints: readonly string[]) {
  const step = v.strictObject({
    title: text(80),
    say: text(600),
    ask: text(160),
    choices: v.exactOptional(choices),
    minutes: v.lazy((given) =>
      typeof given === 'object' && given !== null
        ? v.record(v.string(), minutes, 'must be minutes, or minutes for each of the lengths')
        : minutes,
    ),
    scene: v.picklist(SCENES, `must be one of ${SCENES.join(', ')}`),
    checkpoint: v.exactOptional(v.picklist(checkpoints, `must be one of ${checkpoints.join(', ')}`)),
    reveal: v.exactOptional(v.boolean('must be true or false')),
    done: v.exactOptional(done),
    show: v.exactOptional(
      v.lazy((given) =>
        isOne(given)
          ? v.pipe(
              place,
              v.transform((one) => [one]),
            )
          : places,
      ),
    ),
  });
  const list = `must be a list of 1 to ${MOST_STEPS} steps`;
  const lengths = 'must be a list of different minutes, such as [90, 45]';
  return v.strictObject({
    lengths: v.exactOptional(
      v.pipe(
        v.array(whole(1, 480), lengths),
        v.minLength(1, lengths),
        v.maxLength(6, 'must be at most 6 lengths'),
        v.check((all) => new Set(all).size === all.length, lengths),
      ),
    ),
    steps: v.pipe(v.array(step, list), v.minLength(1, list), v.maxLength(MOST_STEPS, list)),
  });
}

const isOne = (given: unknown): boolean => typeof given === 'object' && given !== null && !Array.isArray(given);

type Written = v.InferOutput<ReturnType<typeof agendaSchema>>;
type WrittenStep = Written['steps'][number];

/** The default first. Throws CourseError. */
export function readAgendas(folder: string, source: string | null, around: Around): CourseAgenda[] {
  if (source === null) return [];
  const path = join(folder, 'agenda.yaml');
  const written = checkedYaml(path, source, agendaSchema(around.checkpoints.map(({ name }) => name)));
  const problem: Problem = (step, key, what, fix, nth) =>
    new CourseError(path, what, fix, lineOf(source, { step, key, nth: nth ?? 0 }));
  const { lengths } = written;
  if (lengths === undefined) {
    const split = written.steps.findIndex((step) => typeof step.minutes !== 'number');
    if (split >= 0) {
      const what = `The step "${written.steps[split]?.title}" has minutes for several lengths, and the agenda has one.`;
      throw problem(split, 'minutes', what, 'Add `lengths: [90, 45]` above `steps`, or write one number.');
    }
    const steps = stepsOf(written.steps, null, around, problem);
    return [{ minutes: steps.reduce((sum, step) => sum + step.minutes, 0), steps }];
  }
  written.steps.forEach(({ minutes: each, title }, i) => {
    const other =
      typeof each === 'number' ? undefined : Object.keys(each).find((key) => !lengths.includes(Number(key)));
    if (other === undefined) return;
    const what = `The step "${title}" has minutes for a length of ${other}, which the agenda does not have.`;
    throw problem(i, 'minutes', what, `It has ${lengths.join(', ')}.`);
  });
  return lengths.map((length) => {
    const steps = stepsOf(written.steps, length, around, problem);
    const sum = steps.reduce((all, step) => all + step.minutes, 0);
    if (sum > length || steps.length === 0) {
      const what = `The steps of the agenda of ${length} minutes take ${sum}.`;
      throw problem(null, 'lengths', what, 'Give them other minutes, or change the length.');
    }
    return { minutes: length, steps };
  });
}

/** `nth`: of the lines of that step with this key, from 0. */
type Problem = (step: number | null, key: string, what: string, fix: string, nth?: number) => CourseError;

/** The steps of one length, each with the checkpoint that the session is at. */
function stepsOf(
  written: readonly WrittenStep[],
  length: number | null,
  around: Around,
  problem: Problem,
): AgendaStep[] {
  let at = around.first;
  return written.flatMap((step, i): AgendaStep[] => {
    const { minutes: each, show, done: when, ...rest } = step;
    const taken = typeof each === 'number' ? each : each[String(length)];
    if (taken === undefined) return [];
    at = step.checkpoint ?? at;
    const { files = {}, task = '' } = around.checkpoints.find(({ name }) => name === at) ?? {};
    const missing = (file: string, key: string, nth?: number) => {
      const there = `There are ${Object.keys(files).join(', ')}.`;
      return problem(i, key, `There is no file ${file} in the checkpoint ${at}.`, there, nth);
    };
    if (when?.file !== undefined && !Object.hasOwn(files, when.file)) throw missing(when.file, 'done');
    const shown = show?.map(({ file, lines: [fromLine, toLine], sentence }, n): CoursePlace => {
      const content = Object.hasOwn(files, file) ? files[file] : undefined;
      if (content === undefined) throw missing(file, 'file', n);
      const has = content.replace(/\n$/, '').split('\n').length;
      if (toLine > has) {
        const what = `There is no line ${toLine} in ${file} of the checkpoint ${at}.`;
        throw problem(i, 'lines', what, `It has ${has} lines.`, n);
      }
      return { file, fromLine, toLine, sentence };
    });
    return [
      {
        ...rest,
        minutes: taken,
        ...(when ? { done: doneOf(when, task) } : {}),
        ...(shown ? { show: shown, counted: at } : {}),
      },
    ];
  });
}

/** A score is one of the task that the session has in that step. */
function doneOf(when: NonNullable<WrittenStep['done']>, task: string): NonNullable<AgendaStep['done']> {
  if (when.score !== undefined) return { score: when.score, task };
  return when.file !== undefined ? { file: when.file } : { run: true };
}

interface Where {
  /** null: a key of the file. */
  readonly step: number | null;
  readonly key: string;
  readonly nth: number;
}

/** The line of a key; that of its step where the key is written in another way; undefined where that is, too. */
function lineOf(source: string, { step, key, nth }: Where): number | undefined {
  const rows = source.split('\n');
  // Before them may be a list of lengths.
  const first = rows.findIndex((row) => /^steps:/.test(row));
  const starts = rows.flatMap((row, i) => (i > first && /^ {0,2}- /.test(row) ? [i] : []));
  const from = step === null ? 0 : starts[step];
  if (from === undefined) return undefined;
  const to = step === null ? rows.length : (starts[step + 1] ?? rows.length);
  const named = new RegExp(`^\\s*(- )?${key}:`);
  const found = rows.flatMap((row, i) => (i >= from && i < to && named.test(row) ? [i] : []))[nth];
  if (found !== undefined) return found + 1;
  return step === null ? undefined : from + 1;
}
