// The parameters of a model: scikit-learn's names and defaults, checked before anything is computed, so that a
// misspelt or senseless line in params.yaml ends in a sentence and not in a strange score.
// RUNS IN browser | server | child | isolate

import { nearNames, PipelineError } from '../errors.ts';

/** `given` over `defaults`. Throws PipelineError 'unknown-param' for a name that `defaults` does not have. */
export function resolveParams<P extends object>(kind: string, defaults: P, given: object): P {
  const names = Object.keys(defaults);
  const merged = { ...defaults } as Record<string, unknown>;
  for (const [name, value] of Object.entries(given)) {
    if (!names.includes(name)) {
      const near = nearNames(name, names);
      const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `It knows ${names.join(', ')}.`;
      throw new PipelineError('unknown-param', `${kind} has no parameter "${name}". ${hint}`, { kind, param: name });
    }
    if (value !== undefined) merged[name] = value;
  }
  return merged as P;
}

/** Throws PipelineError 'bad-param' unless `value` is a whole number of at least `least`. */
export function demandWhole(name: string, value: unknown, least: number): void {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least) {
    refuse(name, value, `a whole number of at least ${least}`);
  }
}

/** As demandWhole, but null (no limit) is fine. */
export function demandWholeOrNull(name: string, value: unknown, least: number): void {
  if (value !== null) demandWhole(name, value, least);
}

/** Throws PipelineError 'bad-param' unless `value` is a finite number of at least `least`. */
export function demandNumber(name: string, value: unknown, least: number): void {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < least) {
    refuse(name, value, `a number of at least ${least}`);
  }
}

/** Throws PipelineError 'bad-param' unless `value` is true or false. */
export function demandBoolean(name: string, value: unknown): void {
  if (typeof value !== 'boolean') refuse(name, value, 'true or false');
}

/** Throws PipelineError 'bad-param' unless `value` is one of `options`. */
export function demandOneOf(name: string, value: unknown, options: readonly string[]): void {
  if (typeof value !== 'string' || !options.includes(value)) refuse(name, value, `one of ${options.join(', ')}`);
}

/** Throws PipelineError 'bad-param' saying what was expected. */
export function refuse(name: string, value: unknown, expected: string): never {
  throw new PipelineError('bad-param', `${name} must be ${expected}, but it is ${JSON.stringify(value)}.`, {
    param: name,
    value: String(value),
  });
}
