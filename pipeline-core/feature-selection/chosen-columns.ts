// What steps that only leave columns out share: the kept ones, in their order, under their own names.

import type { Matrix } from '../estimator/model.ts';
import { FittedStep, numberInput, type TransformInput } from '../preprocessing/transformer.ts';

export interface ChosenState {
  readonly names: readonly string[];
  /** Numbers of the kept columns, ascending. */
  readonly kept: readonly number[];
}

export abstract class ColumnChoice<S extends ChosenState> extends FittedStep<S> {
  /** true for each column that is kept, after fit. */
  get support(): boolean[] {
    const { names, kept } = this.demandFitted();
    return names.map((_, j) => kept.includes(j));
  }

  transform(input: TransformInput): Matrix {
    const { names, kept } = this.demandFitted();
    return keepColumns(numberInput(input, names), kept);
  }

  outputNames(): string[] {
    const { names, kept } = this.demandFitted();
    return kept.map((j) => names[j]!);
  }
}

export function keepColumns({ data, rows, cols, names }: Matrix, kept: readonly number[]): Matrix {
  const out = new Float64Array(rows * kept.length);
  for (let i = 0, k = 0; i < rows; i++) for (const j of kept) out[k++] = data[i * cols + j]!;
  return { data: out, rows, cols: kept.length, names: names.length === 0 ? [] : kept.map((j) => names[j]!) };
}
