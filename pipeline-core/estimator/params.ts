// The parameters of a model: scikit-learn's names and defaults, checked before anything is computed, so that a
// misspelt or senseless line in params.yaml ends in a sentence and not in a strange score.

import { nearNames, PipelineError } from '../core/errors.ts';

/** `given` over `defaults`. Throws PipelineError 'unknown-param' for a name that `defaults` does not have. */
export function resolveParams<P extends object>(kind: string, defaults: P, given: object): P {
  demandKnown(kind, given, Object.keys(defaults));
  const merged = { ...defaults } as Record<string, unknown>;
  for (const [name, value] of Object.entries(given)) if (value !== undefined) merged[name] = value;
  return merged as P;
}

/**
 * A misspelt name would be passed over without a word.
 * @param kind the class or function whose parameters these are
 * Throws PipelineError 'unknown-param' for a name that is none of `names`, 'bad-param' where `given` is no object.
 */
export function demandKnown(kind: string, given: unknown, names: readonly string[]): void {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    const message = `${kind} takes its parameters as one object, {${names[0]}: ...}, but is given ${describe(given)}.`;
    throw new PipelineError('bad-param', message, { kind });
  }
  for (const name of Object.keys(given)) {
    if (names.includes(name)) continue;
    const near = nearNames(name, names);
    const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `It knows ${names.join(', ')}.`;
    throw new PipelineError('unknown-param', `${kind} has no parameter "${name}". ${hint}`, { kind, param: name });
  }
}

/** Throws PipelineError 'bad-param' unless `value` is a function. @param example how to write one */
export function demandFunction(name: string, value: unknown, example: string): void {
  if (typeof value !== 'function') refuse(name, value ?? null, `a function such as ${example}`);
}

/** A value in a few words, for sentences about what should have been something else. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object') return `a ${value.constructor?.name ?? 'value'}`;
  return typeof value === 'function' ? 'a function' : JSON.stringify(value);
}

/** Why a row is no list of cells. A record has names, which are kept by what makes a matrix or a table of all. */
export function notAList(row: unknown, index: number): string {
  const isRecord = typeof row === 'object' && row !== null && Object.getPrototypeOf(row) === Object.prototype;
  return isRecord
    ? `Row ${index + 1} is a record with names: make one table of all rows, tableFromRows(rows), or one matrix, matrixFromRecords(rows).`
    : `Row ${index + 1} is ${describe(row)}, not a list: give one list a row, [[1], [2]] for a single column.`;
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
