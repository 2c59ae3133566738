// One question put to both sides: the same class with the same parameters, fitted to the same rows.
// Parameters are written as ours (`maxDepth`) and named as scikit-learn's for it (`max_depth`).
import type { Rng } from '#pipeline-core';
import type { Drawn } from './data.ts';

export type Params = Readonly<Record<string, unknown>>;

export interface Kind {
  readonly name: string;
  /** Parameters, drawn. A model inside is `{ class, params }`. */
  readonly params: (random: Rng, data: Drawn) => Params;
  readonly target?: 'value' | 'count' | 'label';
  readonly ask: Ask;
  readonly data?: { readonly missing?: boolean; readonly smooth?: boolean; readonly least?: number };
  /** Whether weights are given now and then. */
  readonly weights?: boolean;
  /** Of the largest answer, or of 1 where that is smaller. */
  readonly tolerance: number;
  /** How far data are moved to see which answers hang on rounding; absent: none should. */
  readonly jitter?: number;
  /** Which answers hang on the order of ties by what the data alone say. */
  readonly tied?: (params: Params, data: Drawn) => readonly boolean[];
  /** What a fit makes small: an answer of theirs that makes it less small than ours is one that stopped early. */
  readonly loss?: (question: Fitted, coef: readonly (readonly number[])[], intercept: readonly number[]) => number;
  /** Whether answers of which each column is off by the same amount in all rows, ours less theirs, fit the rows as well. */
  readonly asGood?: (question: Fitted, shifts: readonly number[]) => boolean;
  /** Parameters of theirs alone: solvers, tolerances. */
  readonly theirs?: Params;
  /** Compared without regard to the sign of each column. */
  readonly anySign?: boolean;
  /** Needs this version or newer. */
  readonly since?: string;
  /** Codes of refusals of ours where scikit-learn answers, with what it answers. */
  readonly refuses?: Readonly<Record<string, string>>;
}

/** What a model was fitted to. */
export interface Fitted {
  readonly params: Params;
  readonly data: Drawn;
  readonly y: readonly (number | string)[];
  readonly weight: readonly number[] | null;
}

/** What is asked: ours and theirs. */
export type Ask =
  | 'predict'
  | 'predict_proba'
  | 'transform'
  | 'feature_importances_'
  | 'decision_function'
  | 'fit_transform';

export const snake = (name: string): string =>
  name === 'C' ? name : name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

interface Nested {
  readonly class: string;
  readonly params: Params;
  /** Parameters of theirs alone. */
  readonly theirs?: Params;
}

const theirModel = (model: Nested) => ({
  class: model.class,
  params: { ...theirParams(model.params), ...model.theirs },
});

const isNested = (value: unknown): value is Nested => typeof value === 'object' && value !== null && 'class' in value;

/** Our parameters in scikit-learn's names. */
export function theirParams(params: Params): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (isNested(value)) return [snake(name), theirModel(value)];
      if (name === 'estimators') {
        const all = value as [string, Nested][];
        return [name, all.map(([own, model]) => [own, theirModel(model)])];
      }
      if (name === 'cv' && Array.isArray(value)) {
        return [name, value.map(({ train, test }) => [[...train], [...test]])];
      }
      return [snake(name), value];
    }),
  );
}

/** The parameters with models in place of what describes them. */
export function ourParams(params: Params, build: (nested: Nested) => unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (isNested(value)) return [name, build(value)];
      if (name === 'estimators') {
        return [name, (value as [string, Nested][]).map(([own, model]) => [own, build(model)])];
      }
      return [name, value];
    }),
  );
}
