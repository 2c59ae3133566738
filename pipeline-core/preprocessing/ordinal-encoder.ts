// Words to whole numbers 0, 1, 2 ... one column a column; give `categories` where their order has a meaning.
// Parameters as scikit-learn's OrdinalEncoder.

import type { Matrix } from '../estimator/model.ts';
import { demandOneOf, refuse, resolveParams } from '../estimator/params.ts';
import type { Cell } from '../table/column.ts';
import { type Categories, codesOf, learnCategories, unknownCategory } from './categories.ts';
import { cellInput, demandStep, FittedStep, type TransformerJson, type TransformInput } from './transformer.ts';

export interface OrdinalParams {
  readonly categories: Categories;
  /** For a value not seen at fit: 'error', or 'use_encoded_value' (gives `unknownValue`). */
  readonly handleUnknown: 'error' | 'use_encoded_value';
  /** null stands for missing (NaN). */
  readonly unknownValue: number | null;
  /** What a missing value becomes; null, the default, leaves it missing (NaN). */
  readonly encodedMissingValue: number | null;
}

interface State {
  readonly names: readonly string[];
  /** Without null: missing values have no place in an order. */
  readonly categories: readonly (readonly Cell[])[];
}

const DEFAULTS: OrdinalParams = {
  categories: 'auto',
  handleUnknown: 'error',
  unknownValue: null,
  encodedMissingValue: null,
};

export class OrdinalEncoder extends FittedStep<State> {
  readonly kind = 'OrdinalEncoder';
  readonly params: OrdinalParams;

  constructor(params: Partial<OrdinalParams> = {}) {
    super();
    this.params = resolveParams(this.kind, DEFAULTS, params);
    const { handleUnknown, unknownValue, encodedMissingValue } = this.params;
    demandOneOf('handleUnknown', handleUnknown, ['error', 'use_encoded_value']);
    if (unknownValue !== null && !Number.isFinite(unknownValue))
      refuse('unknownValue', unknownValue, 'a number or null');
    if (encodedMissingValue !== null && !Number.isFinite(encodedMissingValue)) {
      refuse('encodedMissingValue', encodedMissingValue, 'a number or null');
    }
  }

  get categories(): readonly (readonly Cell[])[] {
    return this.demandFitted().categories;
  }

  fit(input: TransformInput): this {
    const cells = cellInput(input);
    const learned = learnCategories(cells, this.params.categories);
    this.state = { names: cells.names, categories: learned.map((values) => values.filter((value) => value !== null)) };
    if (this.params.categories !== 'auto') this.transform(input);
    return this;
  }

  /** Throws PipelineError 'unknown-category' (row, column, near values) where handleUnknown is 'error'. */
  transform(input: TransformInput): Matrix {
    const { names, categories } = this.demandFitted();
    const cells = cellInput(input, names);
    const cols = names.length;
    const data = new Float64Array(cells.rows * cols);
    const { handleUnknown, unknownValue, encodedMissingValue } = this.params;
    categories.forEach((values, j) => {
      const codes = codesOf(cells, j, values);
      for (let row = 0; row < codes.length; row++) {
        let value: number | null = codes[row]!;
        if (value < 0) {
          const missing = cells.cell(row, j) === null;
          if (!missing && handleUnknown === 'error') throw unknownCategory(cells, { row, column: j }, values);
          value = missing ? encodedMissingValue : unknownValue;
        }
        data[row * cols + j] = value ?? Number.NaN;
      }
    });
    return { data, rows: cells.rows, cols, names };
  }

  clone(): OrdinalEncoder {
    return new OrdinalEncoder(this.params);
  }

  toJSON(): TransformerJson {
    return { kind: this.kind, version: 1, params: { ...this.params }, state: this.state };
  }

  static fromJSON(json: TransformerJson): OrdinalEncoder {
    demandStep(json, 'OrdinalEncoder');
    const step = new OrdinalEncoder(json.params);
    step.state = json.state as State | null;
    return step;
  }
}
