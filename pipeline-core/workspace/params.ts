// Parameters as values: flattened with dots, picked by what a stage declares, compared and described to people.
// Invariant: a declared key that params.yaml does not have is an error with near names, never undefined.
import { nearNames, PipelineError } from '../core/errors.ts';
import { type Scalar, writeScalar } from '../core/yaml-scalar.ts';
import type { Stage } from './pipeline.ts';

/** Anything a params file may hold. */
export type ParamValue = Scalar | readonly ParamValue[] | { readonly [key: string]: ParamValue };
export interface ParamTree {
  readonly [key: string]: ParamValue;
}
/** Dotted key -> value; lists stay whole. */
export type FlatParams = Readonly<Record<string, ParamValue>>;

/** `{train: {trees: 100}}` to `{'train.trees': 100}`, in the order of the file. An empty group stays as it is. */
export function flattenParams(tree: ParamTree): FlatParams {
  const flat: [string, ParamValue][] = [];
  const walk = (value: ParamValue, path: string): void => {
    if (isGroup(value) && Object.keys(value).length > 0) {
      for (const [key, child] of Object.entries(value)) walk(child, path === '' ? key : `${path}.${key}`);
    } else if (path !== '') flat.push([path, value]);
  };
  walk(tree, '');
  return Object.fromEntries(flat);
}

/** The value at a dotted key, group or single, or undefined. */
export function paramAt(tree: ParamTree, key: string): ParamValue | undefined {
  let value: ParamValue | undefined = tree;
  for (const part of key.split('.')) {
    value = isGroup(value) && Object.hasOwn(value, part) ? (value as ParamTree)[part] : undefined;
  }
  return value;
}

/**
 * The part of the tree that the stage declares, in the shape of params.yaml: what `params()` answers in the stage.
 * Throws PipelineError 'unknown-param' with the line in dvc.yaml.
 */
export function pickParams(tree: ParamTree, stage: Pick<Stage, 'name' | 'params'>): ParamTree {
  // As it stands: a name may have a dot in it.
  if (stage.params.some(({ key }) => key === '')) return tree;
  const picked: Record<string, ParamValue> = {};
  for (const [key, value] of Object.entries(declaredParams(tree, stage))) {
    const parts = key.split('.');
    let at: Record<string, ParamValue> = picked;
    for (const part of parts.slice(0, -1)) {
      const inner = { ...((at[part] as ParamTree | undefined) ?? {}) };
      at[part] = inner;
      at = inner;
    }
    const last = parts.at(-1)!;
    at[last] = isGroup(value) && isGroup(at[last]) ? { ...(at[last] as ParamTree), ...value } : value;
  }
  return picked;
}

/** Declared key -> its value, group or single. Throws PipelineError 'unknown-param' with the line in dvc.yaml. */
export function declaredParams(
  tree: ParamTree,
  stage: Pick<Stage, 'name' | 'params'>,
): Readonly<Record<string, ParamValue>> {
  return Object.fromEntries(
    stage.params.flatMap(({ key, line }): (readonly [string, ParamValue])[] => {
      if (key === '') return Object.entries(tree);
      const value = paramAt(tree, key);
      if (value !== undefined) return [[key, value]];
      const near = nearNames(key, allKeys(tree));
      const hint = near.length > 0 ? ` Did you mean \`${near.join('` or `')}\`?` : '';
      const message = `${stage.name} declares the param \`${key}\`, but params.yaml has none of that name.${hint}`;
      throw new PipelineError('unknown-param', message, { file: 'dvc.yaml', line, stage: stage.name, param: key });
    }),
  );
}

/** The dotted keys of params.yaml that the stage does not declare; a group as a whole where nothing in it is declared. */
export function undeclaredParams(tree: ParamTree, stage: Pick<Stage, 'params'>): string[] {
  const declared = stage.params.map(({ key }) => key);
  if (declared.includes('')) return [];
  const walk = (group: ParamTree, above: string): string[] =>
    Object.entries(group).flatMap(([name, value]) => {
      const key = `${above}${name}`;
      if (declared.includes(key)) return [];
      const inside = declared.some((other) => other.startsWith(`${key}.`));
      return inside && isGroup(value) ? walk(value as ParamTree, `${key}.`) : [key];
    });
  return walk(tree, '');
}

/** All single values under what the stage declares, by dotted key: what decides whether it runs again. */
export function leafParams(tree: ParamTree, stage: Pick<Stage, 'name' | 'params'>): FlatParams {
  const leaves: [string, ParamValue][] = [];
  for (const [key, value] of Object.entries(declaredParams(tree, stage))) {
    if (!isGroup(value)) leaves.push([key, value]);
    else for (const [rest, leaf] of Object.entries(flattenParams(value))) leaves.push([`${key}.${rest}`, leaf]);
  }
  return Object.fromEntries(leaves);
}

/** Equal as values: 1 and 1.0 are, '1' and 1 are not. */
export function sameParam(a: ParamValue, b: ParamValue): boolean {
  return canonical(a) === canonical(b);
}

/** A value as people write it: 100, ridge, [1, 2], "" for an empty text. */
export function showParam(value: ParamValue): string {
  if (typeof value === 'string') return value === '' ? '""' : value;
  if (value === null || typeof value !== 'object') return writeScalar(value);
  return JSON.stringify(value);
}

/** JSON with sorted keys: one text for one value. */
export function canonical(value: ParamValue): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isGroup(value)) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical((value as ParamTree)[key]!)}`).join(',')}}`;
}

function isGroup(value: ParamValue | undefined): value is ParamTree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function allKeys(tree: ParamTree): string[] {
  const flat = Object.keys(flattenParams(tree));
  const groups = flat.flatMap((key) =>
    key
      .split('.')
      .slice(0, -1)
      .map((_, i, parts) => parts.slice(0, i + 1).join('.')),
  );
  return [...new Set([...groups, ...flat])];
}
