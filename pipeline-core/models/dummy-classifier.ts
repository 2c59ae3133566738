// The score to beat: the same classes and probabilities for everybody.

import { PipelineError } from '../core/errors.ts';
import type { ClassLabel, LabelVector } from '../estimator/classifier.ts';
import { ClassifierModel } from '../estimator/classifier-model.ts';
import { classTrainingSet } from '../estimator/labels.ts';
import type { FitOptions, Matrix, MatrixLike, ModelJson } from '../estimator/model.ts';
import { demandOneOf, resolveParams } from '../estimator/params.ts';

export interface DummyClassifierParams {
  /** 'prior': how frequent each class is; 'most_frequent', 'constant': one class for certain; 'uniform': all alike. */
  readonly strategy: 'prior' | 'most_frequent' | 'uniform' | 'constant';
  /** Of strategy 'constant'. */
  readonly constant: ClassLabel | null;
}

const DEFAULTS: DummyClassifierParams = { strategy: 'prior', constant: null };

/** Baseline; columns are checked but not used. `predict` is the most frequent class, or the constant. */
export class DummyClassifier extends ClassifierModel<DummyClassifierParams, readonly number[]> {
  readonly kind = 'DummyClassifier';
  readonly usesInputs = false;
  readonly params: DummyClassifierParams;

  constructor(params: Partial<DummyClassifierParams> = {}) {
    super();
    this.params = resolveParams(this.kind, DEFAULTS, params);
    demandOneOf('strategy', this.params.strategy, ['prior', 'most_frequent', 'uniform', 'constant']);
  }

  /** Throws also PipelineError 'unknown-class' where no row has the constant. */
  fit(x: MatrixLike, y: LabelVector, options?: FitOptions): this {
    const { x: matrix, classes, codes, weight } = classTrainingSet(x, y, options);
    const count = new Float64Array(classes.length);
    let total = 0;
    codes.forEach((code, i) => {
      count[code]! += weight?.[i] ?? 1;
      total += weight?.[i] ?? 1;
    });
    const { strategy, constant } = this.params;
    if (strategy === 'prior')
      return this.settle(
        matrix,
        classes,
        Array.from(count, (own) => own / total),
      );
    if (strategy === 'uniform')
      return this.settle(
        matrix,
        classes,
        classes.map(() => 1 / classes.length),
      );
    const certain = strategy === 'constant' ? classes.indexOf(constant!) : count.indexOf(Math.max(...count));
    if (certain < 0) {
      const message = `No row has the class ${JSON.stringify(constant)} that constant names: the classes are ${classes.join(', ')}.`;
      throw new PipelineError('unknown-class', message, { constant: String(constant) });
    }
    return this.settle(
      matrix,
      classes,
      classes.map((_, k) => (k === certain ? 1 : 0)),
    );
  }

  protected answer(shares: readonly number[], x: Matrix): Float64Array {
    return Float64Array.from({ length: x.rows * shares.length }, (_, k) => shares[k % shares.length]!);
  }

  protected save(shares: readonly number[]): readonly number[] {
    return shares;
  }

  protected load(saved: unknown): readonly number[] {
    return [...(saved as number[])];
  }

  static fromJSON(json: ModelJson): DummyClassifier {
    return new DummyClassifier(json.params).restore(json);
  }
}
