// Every line of params.yaml as a control for a thumb, and the one-line edit that a tap makes.
// Invariant: the range is in the line's own comment, so whoever edits the file edits the control:
//   trees: 100      # 1..500            ranged number ("1..500 step 20" names the step)
//   depth: null     # 1..30 | null      ranged number that may be off
//   name: ridge     # mean | ridge      choice
//   failures: true  # past failures     switch; any further text is the label
// setParam changes exactly one line and nothing else on it.
import { nearNames, PipelineError } from '../core/errors.ts';
import { readScalar, type Scalar, writeScalar } from '../core/yaml-scalar.ts';
import { type ParamLine, readParamLines } from './param-lines.ts';

/** The file that they are in. */
export const PARAMS_FILE = 'params.yaml';

export interface ParamControl {
  /** Dotted: 'model.trees'. */
  readonly key: string;
  /** From 1. */
  readonly line: number;
  /** 'number' without min and max and 'text' come from lines that say no range. */
  readonly kind: 'switch' | 'choice' | 'number' | 'text';
  readonly value: Scalar;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  /** Whole numbers only. */
  readonly whole?: boolean;
  /** null is a value too: no limit. */
  readonly nullable?: boolean;
  readonly choices?: readonly (string | number)[];
  /** The comment's words, or the last part of the key. */
  readonly label: string;
}

const NUM = '[-+]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][-+]?\\d+)?';
const RANGE = new RegExp(
  `^(${NUM})\\s*\\.\\.\\s*(${NUM})(?:\\s+step\\s+(${NUM}))?(\\s*\\|\\s*null)?(?:\\s*[,;:]\\s*(.*)|\\s+[-(]\\s*(.*))?$`,
);
const CHOICES = /^([^|,;:\s]+(?:\s*\|\s*[^|,;:\s]+)+)(?:\s*[,;:]\s*(.*)|\s+[-(]\s*(.*))?$/;

/** One control for each line that holds a single value, in the order of the file. */
export function paramControls(text: string): ParamControl[] {
  return readParamLines(text).map(controlOf);
}

/**
 * The text with that one value changed; indentation, comment and line ends stay. A key without range takes any value
 * of its kind.
 * Throws PipelineError 'unknown-param' (with near names) or 'out-of-range' (saying what is allowed).
 */
export function setParam(text: string, key: string, value: Scalar): string {
  const lines = readParamLines(text);
  const place = lines.find((line) => line.key === key);
  if (place === undefined) {
    const near = nearNames(
      key,
      lines.map((line) => line.key),
    );
    const hint = near.length > 0 ? ` Did you mean \`${near.join('` or `')}\`?` : '';
    throw new PipelineError('unknown-param', `params.yaml has no single value \`${key}\`.${hint}`, { param: key });
  }
  demandAllowed(controlOf(place), value);
  const all = text.split('\n');
  const line = all[place.line - 1]!;
  const space = line[place.from - 1] === ':' ? ' ' : '';
  all[place.line - 1] = line.slice(0, place.from) + space + writeScalar(value) + line.slice(place.to);
  return all.join('\n');
}

function controlOf(line: ParamLine): ParamControl {
  const { key, value, comment } = line;
  const base = { key, line: line.line, value };
  const label = (words: string | undefined) => words?.replace(/\)$/, '').trim() || key.split('.').at(-1)!;
  if (typeof value === 'boolean') return { ...base, kind: 'switch', label: label(comment) };
  const range = RANGE.exec(comment);
  if (range !== null && (typeof value === 'number' || value === null)) {
    const [, min, max, step, nullable] = range;
    const written = [value === null ? undefined : line.text, min, max, step];
    const whole = written.every((text) => text === undefined || !/[.eE]/.test(text));
    const bounds = { min: Number(min), max: Number(max) };
    if (bounds.min < bounds.max) {
      return {
        ...base,
        kind: 'number',
        ...bounds,
        step: step === undefined ? defaultStep(bounds.max - bounds.min, whole) : Number(step),
        whole,
        ...(nullable === undefined && value !== null ? {} : { nullable: true }),
        label: label(range[5] ?? range[6]),
      };
    }
  }
  const choices = CHOICES.exec(comment);
  if (choices !== null) {
    const options = choices[1]!.split('|').map((word) => readScalar(word));
    const allowed = options.map((option) => (typeof option === 'number' ? option : String(option)));
    const given = typeof value === 'number' ? value : String(value);
    if (allowed.includes(given)) {
      return { ...base, kind: 'choice', choices: allowed, label: label(choices[2] ?? choices[3]) };
    }
  }
  if (typeof value === 'number') return { ...base, kind: 'number', label: label(comment) };
  return { ...base, kind: 'text', label: label(comment) };
}

/** About fifty steps over the range, rounded to 1, 2 or 5 times a power of ten; at least 1 for whole numbers. */
function defaultStep(span: number, whole: boolean): number {
  const rough = span / 50;
  const [digit, power] = rough.toExponential().split('e').map(Number) as [number, number];
  const round = digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10;
  // Through text: 2e-2 is 0.02, where 2 times a hundredth may be 0.020000000000000004.
  const step = Number(`${round}e${power}`);
  return whole ? Math.max(1, step) : step;
}

function demandAllowed(control: ParamControl, value: Scalar): void {
  const allowed = allowedInstead(control, value);
  if (allowed === null) return;
  const message = `\`${control.key}\` must be ${allowed}, but it would become ${JSON.stringify(value)}.`;
  throw new PipelineError('out-of-range', message, { param: control.key, value: String(value) });
}

/** null where the value is allowed, else what would be. */
function allowedInstead({ kind, nullable, ...control }: ParamControl, value: Scalar): string | null {
  if (value === null && nullable === true) return null;
  switch (kind) {
    case 'switch':
      return typeof value === 'boolean' ? null : 'true or false';
    case 'choice': {
      const choices = control.choices ?? [];
      return choices.some((choice) => choice === value) ? null : `one of ${choices.join(', ')}`;
    }
    case 'number': {
      const { min = -Infinity, max = Infinity, whole = false } = control;
      if (typeof value !== 'number' || !Number.isFinite(value)) return 'a number';
      if (value < min || value > max) return `from ${min} to ${max}`;
      return whole && !Number.isInteger(value) ? 'a whole number' : null;
    }
    case 'text':
      return typeof value === 'string' ? null : 'a text';
  }
}
