// Different columns, different steps, one matrix: encode the words, scale the numbers, pass the rest or drop it.
// After scikit-learn's ColumnTransformer. A part may be a chain of steps.

import { PipelineError } from '../core/errors.ts';
import { isFrame } from '../estimator/frames.ts';
import { joinColumns } from '../estimator/matrix.ts';
import type { Matrix } from '../estimator/model.ts';
import { demandKnown, demandOneOf, refuse } from '../estimator/params.ts';
import { fromDanfo } from '../table/danfo.ts';
import { Table, tableFromColumns } from '../table/table.ts';
import {
  demandStep,
  FittedStep,
  numberInput,
  type StepTarget,
  type Transformer,
  type TransformerJson,
  type TransformInput,
} from './transformer.ts';

export interface ColumnPart {
  /** A step, a chain of steps, or 'passthrough' for number columns that stay as they are. */
  readonly transformer: Transformer | readonly Transformer[] | 'passthrough';
  readonly columns: readonly string[];
}

export interface ColumnTransformerOptions {
  /** What happens to columns that no part names. Default 'drop'. */
  readonly remainder?: 'drop' | 'passthrough';
}

interface State {
  readonly names: readonly string[];
  /** Columns that pass unchanged at the end. */
  readonly rest: readonly string[];
}

interface PartJson {
  readonly columns: readonly string[];
  readonly steps: readonly TransformerJson[];
}

export class ColumnTransformer extends FittedStep<State> {
  readonly kind = 'ColumnTransformer';
  readonly remainder: 'drop' | 'passthrough';
  private readonly parts: readonly { readonly columns: readonly string[]; readonly steps: readonly Transformer[] }[];

  constructor(parts: readonly ColumnPart[], options: ColumnTransformerOptions = {}) {
    super();
    demandKnown('ColumnTransformer', options, ['remainder']);
    demandParts(parts);
    this.remainder = options.remainder ?? 'drop';
    demandOneOf('remainder', this.remainder, ['drop', 'passthrough']);
    this.parts = parts.map(({ transformer, columns }) => ({ columns: [...columns], steps: stepsOf(transformer) }));
  }

  /** Only tables, and matrices with names, have the columns that the parts name. Throws PipelineError 'not-a-table', 'unknown-column'. */
  fit(input: TransformInput, y?: StepTarget): this {
    this.fitTransform(input, y);
    return this;
  }

  /** Steps that are fitted across folds (TargetEncoder) answer here as they must for training rows. */
  override fitTransform(input: TransformInput, y?: StepTarget): Matrix {
    const table = demandTable(input);
    const named = new Set(this.parts.flatMap((part) => part.columns));
    const rest = this.remainder === 'drop' ? [] : table.names.filter((name) => !named.has(name));
    const blocks = this.parts.map(({ columns, steps }) => {
      let data: TransformInput = table.select(columns);
      for (const step of steps) data = step.fitTransform(data, y);
      return numberInput(data);
    });
    this.state = { names: [...named, ...rest], rest };
    return joinColumns([...blocks, numberInput(table, rest)]);
  }

  transform(input: TransformInput): Matrix {
    const { rest } = this.demandFitted();
    const table = demandTable(input);
    const blocks = this.parts.map(({ columns, steps }) => {
      let data: TransformInput = table.select(columns);
      for (const step of steps) data = step.transform(data);
      return numberInput(data);
    });
    return joinColumns([...blocks, numberInput(table, rest)]);
  }

  /** Its parts are changed where they are made: a part has no name here. */
  override setParams(given: Readonly<Record<string, unknown>>): never {
    const message = `A ColumnTransformer has no parameters to change (${Object.keys(given).join(', ')}): make a new one.`;
    throw new PipelineError('unknown-param', message, { kind: this.kind });
  }

  clone(): ColumnTransformer {
    const parts = this.parts.map(({ columns, steps }) => ({ columns, transformer: steps.map((step) => step.clone()) }));
    return new ColumnTransformer(parts, { remainder: this.remainder });
  }

  toJSON(): TransformerJson {
    const parts = this.parts.map(
      ({ columns, steps }): PartJson => ({ columns, steps: steps.map((step) => step.toJSON()) }),
    );
    return { kind: this.kind, version: 1, params: { remainder: this.remainder }, state: { fitted: this.state, parts } };
  }

  /** @param load turns the saved steps back: transformerFromJSON */
  static fromJSON(json: TransformerJson, load: (json: TransformerJson) => Transformer): ColumnTransformer {
    demandStep(json, 'ColumnTransformer');
    const { fitted, parts } = json.state as { fitted: State | null; parts: readonly PartJson[] };
    const restored = new ColumnTransformer(
      parts.map(({ columns, steps }) => ({ columns, transformer: steps.map(load) })),
      json.params as ColumnTransformerOptions,
    );
    restored.state = fitted;
    return restored;
  }
}

const EXAMPLE = "[{ transformer: new StandardScaler(), columns: ['age'] }]";

/** Throws PipelineError 'bad-param', for example for scikit-learn's ['num', new StandardScaler(), ['age']]. */
function demandParts(parts: unknown): void {
  if (!Array.isArray(parts)) refuse('The parts of a ColumnTransformer', parts, `a list such as ${EXAMPLE}`);
  for (const part of parts as readonly Partial<ColumnPart>[]) {
    const isPart = typeof part === 'object' && part !== null && !Array.isArray(part);
    if (!isPart) refuse('A part of a ColumnTransformer', part, `as in ${EXAMPLE}`);
    demandKnown('A part of a ColumnTransformer', part, ['transformer', 'columns']);
    if (!Array.isArray(part.columns)) refuse('columns', part.columns, "a list of names such as ['age']");
    const steps: readonly unknown[] = Array.isArray(part.transformer) ? part.transformer : [part.transformer];
    const isStep = (step: unknown) => typeof (step as Partial<Transformer> | null)?.fit === 'function';
    if (part.transformer !== 'passthrough' && !steps.every(isStep))
      refuse('transformer', part.transformer, "a step such as new StandardScaler(), a list of them, or 'passthrough'");
  }
}

function stepsOf(transformer: ColumnPart['transformer']): readonly Transformer[] {
  if (transformer === 'passthrough') return [];
  return 'fit' in transformer ? [transformer] : transformer;
}

function demandTable(input: TransformInput): Table {
  if (input instanceof Table) return input;
  if (isFrame(input)) return fromDanfo(input);
  if ('data' in input && input.names.length > 0) return tableOfMatrix(input);
  throw new PipelineError(
    'not-a-table',
    'A ColumnTransformer picks columns by name, so it needs a Table (see tableFromRows), or a Matrix with names.',
  );
}

function tableOfMatrix({ data, rows, cols, names }: Matrix): Table {
  const column = (j: number) => Float64Array.from({ length: rows }, (_, i) => data[i * cols + j]!);
  return tableFromColumns(Object.fromEntries(names.map((name, j) => [name, column(j)])));
}
