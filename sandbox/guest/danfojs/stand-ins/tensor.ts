// Stands in for TensorFlow.js inside danfojs: the tensor operations danfojs 1.2.0 calls, for ranks 0 to 2.
// Invariant: float64 throughout (the real package rounds frame arithmetic to float32).
import { createRng, permutation } from '#pipeline-core/math/rng.ts';

type Binary = (a: number, b: number) => number;
type Nested = number | number[] | number[][];

export class Tensor {
  readonly values: Float64Array;
  readonly shape: readonly number[];
  readonly dtype: string;

  constructor(values: Float64Array, shape: readonly number[], dtype = 'float32') {
    this.values = values;
    this.shape = shape;
    this.dtype = dtype;
  }

  get rank(): number {
    return this.shape.length;
  }
  get size(): number {
    return this.values.length;
  }
  dataSync(): Float64Array {
    return this.values;
  }
  clone(): Tensor {
    return new Tensor(this.values.slice(), this.shape, this.dtype);
  }
  dispose(): void {}

  arraySync(): Nested {
    if (this.rank === 0) return this.values[0]!;
    if (this.rank === 1) return Array.from(this.values);
    const [rows, cols] = [this.shape[0]!, this.shape[1]!];
    return Array.from({ length: rows }, (_, r) => Array.from(this.values.subarray(r * cols, (r + 1) * cols)));
  }

  transpose(): Tensor {
    const [rows, cols] = this.grid();
    const turned = new Float64Array(rows * cols);
    for (let r = 0; r < rows; r++) for (let c = 0; c < cols; c++) turned[c * rows + r] = this.values[r * cols + c]!;
    return new Tensor(turned, [cols, rows], this.dtype);
  }

  add(other: TensorLike): Tensor {
    return this.with(other, (a, b) => a + b);
  }
  sub(other: TensorLike): Tensor {
    return this.with(other, (a, b) => a - b);
  }
  mul(other: TensorLike): Tensor {
    return this.with(other, (a, b) => a * b);
  }
  div(other: TensorLike): Tensor {
    return this.with(other, (a, b) => a / b);
  }
  divNoNan(other: TensorLike): Tensor {
    return this.with(other, (a, b) => (b === 0 ? 0 : a / b));
  }
  pow(other: TensorLike): Tensor {
    return this.with(other, (a, b) => a ** b);
  }
  /** The sign of the divisor, as in Python. */
  mod(other: TensorLike): Tensor {
    return this.with(other, (a, b) => a - b * Math.floor(a / b));
  }
  greater(other: TensorLike): Tensor {
    return this.with(other, (a, b) => Number(a > b));
  }
  less(other: TensorLike): Tensor {
    return this.with(other, (a, b) => Number(a < b));
  }
  greaterEqual(other: TensorLike): Tensor {
    return this.with(other, (a, b) => Number(a >= b));
  }
  lessEqual(other: TensorLike): Tensor {
    return this.with(other, (a, b) => Number(a <= b));
  }
  equal(other: TensorLike): Tensor {
    return this.with(other, (a, b) => Number(a === b));
  }
  notEqual(other: TensorLike): Tensor {
    return this.with(other, (a, b) => Number(a !== b));
  }
  sqrt(): Tensor {
    return new Tensor(this.values.map(Math.sqrt), this.shape, this.dtype);
  }

  // Missing values are left out, as scikit-learn's scalers do.
  sum(axis?: number): Tensor {
    return this.reduced(axis, total);
  }
  mean(axis?: number): Tensor {
    return this.reduced(axis, (part) => total(part) / part.length);
  }
  min(axis?: number): Tensor {
    return this.reduced(axis, (part) => part.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY));
  }
  max(axis?: number): Tensor {
    return this.reduced(axis, (part) => part.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY));
  }

  private grid(): [number, number] {
    if (this.rank === 2) return [this.shape[0]!, this.shape[1]!];
    return [1, this.rank === 1 ? this.shape[0]! : 1];
  }

  private with(other: TensorLike, f: Binary): Tensor {
    const that = other instanceof Tensor ? other : tensor(other);
    const [ar, ac] = this.grid();
    const [br, bc] = that.grid();
    const rows = Math.max(ar, br);
    const cols = Math.max(ac, bc);
    if ([ar, br].some((n) => n !== 1 && n !== rows) || [ac, bc].some((n) => n !== 1 && n !== cols)) {
      throw new RangeError(`Shapes (${this.shape.join(', ')}) and (${that.shape.join(', ')}) do not fit together`);
    }
    const out = new Float64Array(rows * cols);
    for (let r = 0; r < rows; r++) {
      const a = (ar === 1 ? 0 : r) * ac;
      const b = (br === 1 ? 0 : r) * bc;
      for (let c = 0; c < cols; c++) {
        out[r * cols + c] = f(this.values[a + (ac === 1 ? 0 : c)]!, that.values[b + (bc === 1 ? 0 : c)]!);
      }
    }
    const rank = Math.max(this.rank, that.rank);
    return new Tensor(out, rank === 2 ? [rows, cols] : rank === 1 ? [cols] : [], this.dtype);
  }

  private reduced(axis: number | undefined, f: (part: Float64Array) => number): Tensor {
    const known = (part: Float64Array): number => f(part.filter((value) => !Number.isNaN(value)));
    if (axis === undefined || this.rank < 2) return new Tensor(Float64Array.of(known(this.values)), [], this.dtype);
    const lines = axis === 0 ? this.transpose() : this;
    const [count, length] = lines.grid();
    const parts = Array.from({ length: count }, (_, i) => known(lines.values.subarray(i * length, (i + 1) * length)));
    return new Tensor(Float64Array.from(parts), [count], this.dtype);
  }
}

type TensorLike = Tensor | Nested;

function total(part: Float64Array): number {
  let sum = 0;
  for (const value of part) sum += value;
  return sum;
}

export function scalar(value: number): Tensor {
  return new Tensor(Float64Array.of(value), []);
}

export function tensor1d(values: ArrayLike<number>, dtype?: string): Tensor {
  return new Tensor(numbersOf(values), [values.length], dtype);
}

/** null is missing, not 0. */
function numbersOf(values: ArrayLike<number | null>): Float64Array {
  return Float64Array.from(values, (value) => value ?? Number.NaN);
}

export function tensor2d(values: ArrayLike<number> | number[][], shape?: number[], dtype?: string): Tensor {
  const first = (values as number[][])[0];
  if (Array.isArray(first)) {
    const flat = numbersOf((values as number[][]).flat());
    return new Tensor(flat, shape ?? [values.length, first.length], dtype);
  }
  return new Tensor(numbersOf(values as ArrayLike<number>), shape ?? [1, values.length], dtype);
}

export function tensor(values: Nested): Tensor {
  if (typeof values === 'number') return scalar(values);
  return Array.isArray(values[0]) ? tensor2d(values as number[][]) : tensor1d(values as number[]);
}

export function moments(t: Tensor, axis?: number): { mean: Tensor; variance: Tensor } {
  const mean = t.mean(axis);
  const apart = t.sub(mean);
  return { mean, variance: apart.mul(apart).mean(axis) };
}

/** `data.array(a).shuffle(n, seed).take(k).toArray()`: k of ALL elements; the real one draws from the first n. */
export const data = {
  array: <T>(items: readonly T[]) => ({
    shuffle: (_buffer: number, seed: string) => ({
      take: (count: number) => ({
        toArray: async (): Promise<T[]> => {
          const order = permutation(items.length, createRng(seedNumber(seed)));
          return Array.from(order.subarray(0, count), (i) => items[i]!);
        },
      }),
    }),
  }),
};

function seedNumber(seed: string): number {
  const value = Number(seed);
  if (Number.isFinite(value)) return value;
  let hash = 0;
  for (let i = 0; i < seed.length; i++) hash = (Math.imul(hash, 31) + seed.charCodeAt(i)) | 0;
  return hash;
}
