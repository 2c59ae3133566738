// Products of columns as new columns: `a`, `b`, `a^2`, `a b`, `b^2`, so that a linear model can bend.
// Parameters, order and names as scikit-learn's PolynomialFeatures. Missing values are refused.

import { PipelineError } from '../core/errors.ts';
import { toMatrix } from '../estimator/input.ts';
import type { Matrix } from '../estimator/model.ts';
import { demandBoolean, demandWhole, refuse, resolveParams } from '../estimator/params.ts';
import {
  demandInput,
  demandStep,
  FittedStep,
  numberInput,
  type TransformerJson,
  type TransformInput,
} from './transformer.ts';

export interface PolynomialParams {
  /** The most factors of a product; or the fewest and the most. */
  readonly degree: number | readonly [least: number, most: number];
  /** Only products of different columns. */
  readonly interactionOnly: boolean;
  /** A first column of ones, the product of no factors. */
  readonly includeBias: boolean;
}

interface State {
  readonly names: readonly string[];
}

const DEFAULTS: PolynomialParams = { degree: 2, interactionOnly: false, includeBias: true };
/** More products than this are a slip: 200 columns to the third would be 1.4 million. */
const MOST = 20_000;

export class PolynomialFeatures extends FittedStep<State> {
  readonly kind = 'PolynomialFeatures';
  readonly params: PolynomialParams;

  constructor(params: Partial<PolynomialParams> = {}) {
    super();
    this.params = resolveParams(this.kind, DEFAULTS, params);
    const { degree } = this.params;
    const [least, most] = this.degrees();
    demandWhole('degree', least, 0);
    demandWhole('degree', most, 0);
    if (least > most) refuse('degree', degree, 'the fewest and the most factors, in this order');
    demandBoolean('interactionOnly', this.params.interactionOnly);
    demandBoolean('includeBias', this.params.includeBias);
    if (most === 0 && !this.params.includeBias) refuse('degree', degree, 'above 0 where includeBias is false');
  }

  /** Throws PipelineError 'too-many-columns'. */
  fit(input: TransformInput): this {
    demandInput(input, true);
    const { names, cols } = numberInput(input);
    productsOf(cols, this.params, this.degrees());
    this.state = { names };
    return this;
  }

  transform(input: TransformInput): Matrix {
    const { names } = this.demandFitted();
    const { data, rows, cols } = toMatrix(numberInput(input, names));
    const products = productsOf(cols, this.params, this.degrees());
    const width = products.length;
    const out = new Float64Array(rows * width);
    for (let i = 0; i < rows; i++) {
      for (let p = 0; p < width; p++) {
        let value = 1;
        for (const j of products[p]!) value *= data[i * cols + j]!;
        out[i * width + p] = value;
      }
    }
    return { data: out, rows, cols: width, names: this.outputNames() };
  }

  outputNames(): string[] {
    const { names } = this.demandFitted();
    return productsOf(names.length, this.params, this.degrees()).map((factors) => {
      const counts = new Map<number, number>();
      for (const j of factors) counts.set(j, (counts.get(j) ?? 0) + 1);
      const parts = [...counts].map(([j, count]) => (count === 1 ? names[j]! : `${names[j]}^${count}`));
      return parts.length === 0 ? '1' : parts.join(' ');
    });
  }

  clone(): PolynomialFeatures {
    return new PolynomialFeatures(this.params);
  }

  toJSON(): TransformerJson {
    return { kind: this.kind, version: 1, params: { ...this.params }, state: this.state };
  }

  static fromJSON(json: TransformerJson): PolynomialFeatures {
    demandStep(json, 'PolynomialFeatures');
    const step = new PolynomialFeatures(json.params);
    step.state = json.state as State | null;
    return step;
  }

  private degrees(): readonly [number, number] {
    const { degree } = this.params;
    return typeof degree === 'object' ? degree : [1, degree];
  }
}

function productsOf(
  cols: number,
  { interactionOnly, includeBias }: PolynomialParams,
  [least, most]: readonly [number, number],
): number[][] {
  const products: number[][] = includeBias ? [[]] : [];
  let level: number[][] = [[]];
  for (let d = 1; d <= most; d++) {
    level = level.flatMap((factors) => {
      const last = factors.at(-1) ?? (interactionOnly ? -1 : 0);
      const from = interactionOnly ? last + 1 : last;
      return Array.from({ length: Math.max(0, cols - from) }, (_, k) => [...factors, from + k]);
    });
    if (products.length + level.length > MOST) {
      const message = `PolynomialFeatures of degree ${most} would make more than ${MOST} columns of ${cols}: lower degree, set interactionOnly, or choose columns first (SelectKBest).`;
      throw new PipelineError('too-many-columns', message, { columns: cols, degree: most });
    }
    if (d >= Math.max(1, least)) products.push(...level);
  }
  return products;
}
