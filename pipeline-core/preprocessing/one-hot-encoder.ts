// Words to columns of 0 and 1, one a value: `school_GP`, `school_MS`.
// Parameters, order and names as scikit-learn's OneHotEncoder; a missing value is a value of its own (`school_missing`).

import type { Matrix } from '../estimator/model.ts';
import { demandOneOf, refuse, resolveParams } from '../estimator/params.ts';
import type { Cell } from '../table/column.ts';
import { type Categories, codesOf, learnCategories, unknownCategory } from './categories.ts';
import { cellInput, demandStep, FittedStep, type TransformerJson, type TransformInput } from './transformer.ts';

export interface OneHotParams {
  readonly categories: Categories;
  /** 'first' drops each column's first value, 'if_binary' only where there are two; null keeps all. */
  readonly drop: 'first' | 'if_binary' | null;
  /** What transform does with a value not seen at fit: 'error', or 'ignore' (all zeros). */
  readonly handleUnknown: 'error' | 'ignore';
}

interface State {
  readonly names: readonly string[];
  readonly categories: readonly (readonly Cell[])[];
}

const DEFAULTS: OneHotParams = { categories: 'auto', drop: null, handleUnknown: 'error' };

export class OneHotEncoder extends FittedStep<State> {
  readonly kind = 'OneHotEncoder';
  readonly params: OneHotParams;

  constructor(params: Partial<OneHotParams> = {}) {
    super();
    this.params = resolveParams(this.kind, DEFAULTS, params);
    const { drop, handleUnknown } = this.params;
    if (drop !== null && drop !== 'first' && drop !== 'if_binary') refuse('drop', drop, 'null, first or if_binary');
    demandOneOf('handleUnknown', handleUnknown, ['error', 'ignore']);
  }

  /** The values of each column, after fit. */
  get categories(): readonly (readonly Cell[])[] {
    return this.demandFitted().categories;
  }

  fit(input: TransformInput): this {
    const cells = cellInput(input);
    const categories = learnCategories(cells, this.params.categories);
    this.state = { names: cells.names, categories };
    if (this.params.categories !== 'auto') this.transform(input);
    return this;
  }

  /** Throws PipelineError 'unknown-category' (row, column, near values) where handleUnknown is 'error'. */
  transform(input: TransformInput): Matrix {
    const { names, categories } = this.demandFitted();
    const cells = cellInput(input, names);
    const kept = categories.map((values) => values.length - (this.drops(values) ? 1 : 0));
    const cols = kept.reduce((sum, n) => sum + n, 0);
    const data = new Float64Array(cells.rows * cols);
    let offset = 0;
    categories.forEach((values, j) => {
      const codes = codesOf(cells, j, values);
      const shift = this.drops(values) ? 1 : 0;
      const strict = this.params.handleUnknown === 'error';
      for (let row = 0; row < codes.length; row++) {
        const code = codes[row]!;
        if (code < 0 && strict) throw unknownCategory(cells, { row, column: j }, values);
        if (code >= shift) data[row * cols + offset + code - shift] = 1;
      }
      offset += kept[j]!;
    });
    return { data, rows: cells.rows, cols, names: this.outputNames() };
  }

  outputNames(): string[] {
    const { names, categories } = this.demandFitted();
    return names.flatMap((name, j) => {
      const values = categories[j]!;
      return values.slice(this.drops(values) ? 1 : 0).map((value) => `${name}_${value === null ? 'missing' : value}`);
    });
  }

  clone(): OneHotEncoder {
    return new OneHotEncoder(this.params);
  }

  toJSON(): TransformerJson {
    return { kind: this.kind, version: 1, params: { ...this.params }, state: this.state };
  }

  static fromJSON(json: TransformerJson): OneHotEncoder {
    demandStep(json, 'OneHotEncoder');
    const step = new OneHotEncoder(json.params);
    step.state = json.state as State | null;
    return step;
  }

  private drops(values: readonly Cell[]): boolean {
    return this.params.drop === 'first' || (this.params.drop === 'if_binary' && values.length === 2);
  }
}
