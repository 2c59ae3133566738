// A function of each number as a step: one by name, or one of your own. After scikit-learn's FunctionTransformer.
// A function of your own is saved by its name, and loaded by whoever names it: `modelFromJSON(json, { ratio })`.

import { PipelineError } from '../core/errors.ts';
import type { Matrix } from '../estimator/model.ts';
import { refuse, resolveParams } from '../estimator/params.ts';
import { exp, log, square } from '../math/deterministic-math.ts';
import {
  demandInput,
  demandStep,
  FittedStep,
  mapCells,
  numberInput,
  type TransformerJson,
  type TransformInput,
} from './transformer.ts';

/** @param column its number from 0 */
export type CellFunction = (value: number, column: number) => number;

const NAMED = {
  identity: (x: number) => x,
  abs: Math.abs,
  square,
  sqrt: Math.sqrt,
  log,
  log1p: (x: number) => log1p(x),
  exp,
  expm1: (x: number) => expm1(x),
} as const;

export type FunctionName = keyof typeof NAMED;

export interface FunctionParams {
  /** A name, or a function of one value. */
  readonly func: FunctionName | CellFunction;
  /** Its way back; null: there is none. */
  readonly inverseFunc: FunctionName | CellFunction | null;
}

interface State {
  readonly names: readonly string[];
}

const DEFAULTS: FunctionParams = { func: 'identity', inverseFunc: null };

export class FunctionTransformer extends FittedStep<State> {
  readonly kind = 'FunctionTransformer';
  readonly params: FunctionParams;

  constructor(params: Partial<FunctionParams> = {}) {
    super();
    this.params = resolveParams(this.kind, DEFAULTS, params);
    for (const name of ['func', 'inverseFunc'] as const) {
      const func = this.params[name];
      if (typeof func === 'function' || (name === 'inverseFunc' && func === null)) continue;
      if (typeof func === 'string' && Object.hasOwn(NAMED, func)) continue;
      refuse(name, func, `one of ${Object.keys(NAMED).join(', ')}, or a function such as (x) => x / 2`);
    }
  }

  fit(input: TransformInput): this {
    demandInput(input, true);
    this.state = { names: numberInput(input).names };
    return this;
  }

  /** Throws PipelineError 'not-finite' where a number becomes none: the log of -1. */
  transform(input: TransformInput): Matrix {
    return this.apply(this.params.func, input);
  }

  /** Throws also PipelineError 'no-inverse'. */
  inverseTransform(input: TransformInput): Matrix {
    const { inverseFunc } = this.params;
    if (inverseFunc !== null) return this.apply(inverseFunc, input);
    throw new PipelineError(
      'no-inverse',
      "This FunctionTransformer has no way back: give inverseFunc, for log1p 'expm1'.",
    );
  }

  clone(): FunctionTransformer {
    return new FunctionTransformer(this.params);
  }

  /** Throws PipelineError 'not-saveable' for a function without a name. */
  toJSON(): TransformerJson {
    const { func, inverseFunc } = this.params;
    const params = { func: saved(func), inverseFunc: inverseFunc && saved(inverseFunc) };
    return { kind: this.kind, version: 1, params, state: this.state };
  }

  /** @param own functions of your own by name. Throws also PipelineError 'unknown-function'. */
  static fromJSON(json: TransformerJson, own: Readonly<Record<string, unknown>> = {}): FunctionTransformer {
    demandStep(json, 'FunctionTransformer');
    const { func, inverseFunc } = json.params as Record<'func' | 'inverseFunc', SavedFunction | null>;
    const back = (given: SavedFunction) => (typeof given === 'string' ? given : ownFunction(given.own, own));
    const step = new FunctionTransformer({ func: back(func!), inverseFunc: inverseFunc && back(inverseFunc) });
    step.state = json.state as State | null;
    return step;
  }

  private apply(func: FunctionName | CellFunction, input: TransformInput): Matrix {
    const { names } = this.demandFitted();
    const change: CellFunction = typeof func === 'string' ? NAMED[func] : func;
    const from = numberInput(input, names);
    const out = mapCells(from, (x, j) => {
      const value = change(x, j);
      if (typeof value === 'number' && (Number.isFinite(value) || !Number.isFinite(x))) return value;
      const message = `FunctionTransformer made ${String(value)} of ${x} in column "${names[j]}": it must be a finite number.`;
      throw new PipelineError('not-finite', message, { column: names[j]! });
    });
    return out;
  }
}

type SavedFunction = FunctionName | { readonly own: string };

function saved(func: FunctionName | CellFunction): SavedFunction {
  if (typeof func === 'string') return func;
  if (func.name !== '' && func.name !== 'func' && func.name !== 'inverseFunc') return { own: func.name };
  const message =
    'A function without a name cannot be saved: declare it (`function ratio(x: number) { ... }`) and load with modelFromJSON(json, { ratio }).';
  throw new PipelineError('not-saveable', message);
}

function ownFunction(name: string, own: Readonly<Record<string, unknown>>): CellFunction {
  const found = Object.hasOwn(own, name) ? own[name] : undefined;
  if (typeof found === 'function') return found as CellFunction;
  const message = `This saved step uses the function "${name}": name it when loading, modelFromJSON(json, { ${name} }).`;
  throw new PipelineError('unknown-function', message, { name });
}

// Near 0 the digits of x that 1 + x loses count: log(1 + x) is corrected by what the sum rounded away (Kahan).
function log1p(x: number): number {
  const u = 1 + x;
  return u === 1 ? x : (log(u) * x) / (u - 1);
}

function expm1(x: number): number {
  if (Math.abs(x) > 0.5) return exp(x) - 1;
  let sum = 1;
  for (let n = 20; n > 1; n--) sum = 1 + (x / n) * sum;
  return x * sum;
}
