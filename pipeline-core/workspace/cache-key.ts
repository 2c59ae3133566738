// The key under which a stage's outs are kept: equal keys, equal outs.
// Invariant: everything that can change the outs is in the key, nothing else is: not the stage's name, not the clock, not
// the order in which dvc.yaml lists things.
import { canonical, type FlatParams } from './params.ts';

export interface CacheKeyInput {
  readonly cmd: string;
  /** Path -> SHA-256 of every dep. */
  readonly deps: Readonly<Record<string, string>>;
  /** The declared params by dotted key (leafParams). */
  readonly params: FlatParams;
  /** Outs, metrics and plots (pathsOut). */
  readonly outs: readonly string[];
  /** What the guest's code runs on: hash of the guest bundle + Node's major version. */
  readonly library: string;
}

/** The text that is hashed: one line a fact, sorted, each written so that no fact can pass for two. */
export function cacheKeyText({ cmd, deps, params, outs, library }: CacheKeyInput): string {
  const line = (kind: string, ...facts: string[]) => JSON.stringify([kind, ...facts]);
  return [
    'stage-key 1',
    line('library', library),
    line('cmd', cmd),
    ...Object.keys(deps)
      .sort()
      .map((path) => line('dep', path, deps[path]!)),
    ...Object.keys(params)
      .sort()
      .map((key) => line('param', key, canonical(params[key]!))),
    ...[...outs].sort().map((path) => line('out', path)),
    '',
  ].join('\n');
}

/** @param hash the hashing function, such as SHA-256 in hexadecimal */
export function cacheKey(input: CacheKeyInput, hash: (text: string) => string): string {
  return hash(cacheKeyText(input));
}
