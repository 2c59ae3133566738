// What models and steps share by their parameters alone: reading, changing and copying them, as scikit-learn does.
// Invariant: parameters are only ever changed through the constructor of a fresh copy, so that every value was checked.

import { nearNames, PipelineError } from '../core/errors.ts';

/** Whatever has parameters. */
export interface Tunable {
  getParams(): Record<string, unknown>;
  setParams(given: Readonly<Record<string, unknown>>): this;
  clone(): Tunable;
}

export type Part = readonly [name: string, part: Tunable];

export abstract class Estimator<P extends object> implements Tunable {
  abstract readonly kind: string;
  abstract readonly params: P;

  /** Named models or steps inside; theirs are set as `name__alpha`. */
  protected parts(): readonly Part[] {
    return [];
  }

  /** Its parameters, and those of what it is made of as `name__param`. */
  getParams(): Record<string, unknown> {
    return withParts({ ...(this.params as Record<string, unknown>) }, this.parts());
  }

  /** Changes parameters; what was fitted before stays until `fit` is called again. Throws PipelineError 'unknown-param' | 'bad-param'. */
  setParams(given: Readonly<Record<string, unknown>>): this {
    const own = passToParts(this.kind, given, this.parts());
    if (Object.keys(own).length > 0) {
      const Class = this.constructor as new (params: object) => { readonly params: P };
      Object.assign(this, { params: new Class({ ...this.params, ...own }).params });
    }
    return this;
  }

  /** A new one with the same parameters, not fitted. */
  clone(): this {
    const Class = this.constructor as new (params: object) => this;
    return new Class(cloned({ ...this.params }) as object);
  }
}

export function withParts(own: Record<string, unknown>, parts: readonly Part[]): Record<string, unknown> {
  const all = { ...own };
  for (const [name, part] of parts) {
    for (const [key, value] of Object.entries(part.getParams())) all[`${name}__${key}`] = value;
  }
  return all;
}

/** Hands `name__param` on to the part of that name; returns the rest. Throws PipelineError 'unknown-param'. */
export function passToParts(
  kind: string,
  given: Readonly<Record<string, unknown>>,
  parts: readonly Part[],
): Record<string, unknown> {
  const own: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    const cut = key.indexOf('__');
    if (cut < 0) {
      own[key] = value;
      continue;
    }
    const name = key.slice(0, cut);
    const part = parts.find(([other]) => other === name);
    if (part === undefined) {
      const names = parts.map(([other]) => other);
      const near = nearNames(name, names);
      const known = names.length === 0 ? 'It is made of no parts.' : `Its parts are ${names.join(', ')}.`;
      const hint = near.length > 0 ? `Did you mean ${near[0]}__${key.slice(cut + 2)}?` : known;
      throw new PipelineError('unknown-param', `${kind} has no part "${name}" (in "${key}"). ${hint}`, { param: key });
    }
    part[1].setParams({ [key.slice(cut + 2)]: value });
  }
  return own;
}

/** A copy in which every model and step inside is copied too. */
export function cloned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cloned);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if ('clone' in value && typeof value.clone === 'function') return value.clone();
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, cloned(own)]));
}
