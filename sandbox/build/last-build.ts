// The last build, and whether its sources still are what it was made of. Every pool asks at its start, so the answer comes
// from the files that the bundler named then: to let it name them anew takes a second of the processor.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { DIST, ROOT } from './build-options.ts';

const require = createRequire(import.meta.url);
export const STAMP = 'stamp.json';

/** What the child and the parent need to know of a build. */
export interface BuildStamp {
  /** Hash of the guest bundle, Node and isolated-vm: part of every cache key. */
  readonly key: string;
  /** Names exported by each guest library. */
  readonly exports: Readonly<Record<string, readonly string[]>>;
  /** Names of types that each guest library declares. */
  readonly types: Readonly<Record<string, readonly string[]>>;
  /** Every file that went into it: paths in the repository. */
  readonly inputs: readonly string[];
  /** `sourcesOf` the inputs. */
  readonly sources: string;
  /** Name of its folder in `dist/`. */
  readonly folder: string;
}

/** null: there is none, or a file that went into it has changed. */
export function currentBuild(): BuildStamp | null {
  const path = join(DIST, STAMP);
  if (!existsSync(path)) return null;
  const stamp = JSON.parse(readFileSync(path, 'utf8')) as BuildStamp;
  const isThere = existsSync(join(DIST, stamp.folder)) && stamp.inputs?.every((input) => existsSync(join(ROOT, input)));
  return isThere && sourcesOf(stamp.inputs) === stamp.sources ? stamp : null;
}

/** Hash of these files, of the engine, and of where `#` imports lead: who imports what is in the files themselves. */
export function sourcesOf(inputs: readonly string[]): string {
  const { imports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly imports: object };
  return hashOf([
    ...engine(),
    JSON.stringify(imports),
    ...inputs.map((path) => readFileSync(join(ROOT, path), 'utf8')),
  ]);
}

/** A snapshot fits no other. */
export function engine(): string[] {
  return [process.version, process.arch, (require('isolated-vm/package.json') as { version: string }).version];
}

export function hashOf(parts: readonly string[]): string {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(`${part.length}:`).update(part);
  return sum.digest('hex');
}
