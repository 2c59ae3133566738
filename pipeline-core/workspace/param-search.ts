// Which texts of params.yaml to try, one after another, each given what came of the one before: switches, choices, then
// numbers, each from the best so far. What is allowed is read from the lines' own comments (param-controls.ts).
// Invariant: no clock and no chance: the same results lead to the same trials on every machine; a parameter that changes
// how the score is made is left alone.
import type { Scalar } from '../core/yaml-scalar.ts';
import { power } from '../math/deterministic-math.ts';
import { type ParamControl, paramControls, setParam } from './param-controls.ts';

export interface ParamChange {
  readonly key: string;
  readonly before: Scalar;
  readonly after: Scalar;
}

export interface Trial {
  readonly text: string;
  /** Against the text that the search began with. */
  readonly changes: readonly ParamChange[];
}

/** `other-protocol`: it has a score, but one that is made in another way. */
export type TrialResult = { readonly score: number } | 'failed' | 'other-protocol';

/** Ends by itself when no single change improves the score any more. The first trial is the text as it is. */
export function* searchParams(text: string, direction: 'lower' | 'higher'): Generator<Trial, void, TrialResult> {
  const tried = new Set<string>();
  const left = new Set<string>();
  let best = { text, score: direction === 'lower' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY };

  function* attempt(changed: string, key?: string): Generator<Trial, boolean, TrialResult> {
    if (tried.has(changed)) return false;
    tried.add(changed);
    const result = yield { text: changed, changes: changesBetween(text, changed) };
    if (result === 'other-protocol' && key !== undefined) left.add(key);
    if (typeof result === 'string') return false;
    const better = direction === 'lower' ? result.score < best.score : result.score > best.score;
    if (better) best = { text: changed, score: result.score };
    return better;
  }

  yield* attempt(text);
  for (const group of switchGroups(paramControls(text))) {
    yield* attempt(
      withValues(
        best.text,
        group.map(({ key }) => [key, true]),
      ),
    );
  }
  for (const { key, choices = [] } of paramControls(text).filter(({ kind }) => kind === 'choice')) {
    for (const choice of choices) {
      yield* attempt(setParam(best.text, key, choice), key);
      if (left.has(key)) break;
      const middles = ownNumbers(paramControls(text), choice).map((own) => [own.key, middleOf(own)] as const);
      if (middles.length > 0) yield* attempt(withValues(setParam(best.text, key, choice), middles));
    }
  }
  for (let improved = true; improved; ) {
    improved = false;
    for (const { key } of tunable(paramControls(best.text))) {
      const control = paramControls(best.text).find((one) => one.key === key);
      for (const value of control === undefined ? [] : candidates(control)) {
        if (left.has(key)) break;
        if (yield* attempt(setParam(best.text, key, value), key)) improved = true;
      }
    }
  }
}

function changesBetween(before: string, after: string): ParamChange[] {
  const now = new Map(paramControls(after).map(({ key, value }) => [key, value]));
  return paramControls(before).flatMap(({ key, value }) =>
    now.get(key) === value ? [] : [{ key, before: value, after: now.get(key) ?? null }],
  );
}

const withValues = (text: string, values: readonly (readonly [string, Scalar])[]): string =>
  values.reduce((changed, [key, value]) => setParam(changed, key, value), text);

const groupOf = (key: string): string => key.slice(0, key.lastIndexOf('.'));

/** Switches of one group, where some of them are off. */
function switchGroups(controls: readonly ParamControl[]): ParamControl[][] {
  const switches = controls.filter(({ kind }) => kind === 'switch');
  const groups = Map.groupBy(switches, ({ key }) => groupOf(key));
  return [...groups.values()].filter((group) => group.length > 1 && group.some(({ value }) => value === false));
}

const isRange = ({ kind, min, max }: ParamControl): boolean =>
  kind === 'number' && min !== undefined && max !== undefined;

/** The numbers of the group that is named like the choice: `forest.trees` for `model: forest`. */
const ownNumbers = (controls: readonly ParamControl[], choice: string | number): ParamControl[] =>
  controls.filter((control) => isRange(control) && control.key.startsWith(`${choice}.`));

/** Without the numbers of what is not chosen, as long as what is chosen has numbers of its own. */
function tunable(controls: readonly ParamControl[]): ParamControl[] {
  const choosing = controls.filter(({ kind }) => kind === 'choice');
  const unused = choosing.flatMap(({ value, choices = [] }) =>
    ownNumbers(controls, String(value)).length === 0
      ? []
      : choices.filter((choice) => choice !== value).flatMap((choice) => ownNumbers(controls, choice)),
  );
  const numbers = controls.filter((control) => isRange(control) && !unused.includes(control));
  return [...numbers, ...controls.filter(({ kind }) => kind === 'switch')];
}

const POINTS = 7;

function candidates(control: ParamControl): Scalar[] {
  if (control.kind === 'switch') return [control.value !== true];
  const shares = Array.from({ length: POINTS }, (_, i) => i / (POINTS - 1));
  const values = [...new Set(shares.map((share) => along(control, share)))];
  const near = (value: number) => Math.abs(value - Number(control.value));
  return values.filter((value) => value !== control.value).sort((a, b) => near(a) - near(b) || a - b);
}

const middleOf = (control: ParamControl): number => along(control, 0.5);

/** A share of the way from `min` to `max`, in equal ratios where the range spans several orders, on a step of the control. */
function along({ min = 0, max = 1, step = 1 }: ParamControl, share: number): number {
  const ratio = min > 0 && max / min >= 20;
  const exact = ratio ? min * power(max / min, share) : min + (max - min) * share;
  const stepped = min + Math.round((exact - min) / step) * step;
  // Steps such as 0.05 add up to 0.15000000000000002.
  return Number(Math.min(max, Math.max(min, stepped)).toPrecision(12));
}
