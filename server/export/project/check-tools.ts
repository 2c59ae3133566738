// The compiler and the linter as packages for development of an exported repository: those of this app, as its own lock has
// them for every platform.
// Invariant: no registry is asked; each entry has the hash of its content, and which registry it comes from is left open.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const TOOLS = ['@biomejs/biome', 'typescript'] as const;
const LOCK = join(import.meta.dirname, '../../../package-lock.json');

interface Entry {
  readonly version: string;
  readonly integrity: string;
  readonly cpu?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
type Entries = Readonly<Record<string, Entry>>;

let read: Entries | undefined;

/** Name -> exact version. */
export const checkTools = (): Readonly<Record<string, string>> =>
  Object.fromEntries(TOOLS.map((name) => [name, entryOf(name).version]));

/** Path -> entry of a package-lock.json, with those of all platforms. */
export function lockedTools(): Readonly<Record<string, object>> {
  const names = TOOLS.flatMap((name) => [name, ...Object.keys(entryOf(name).optionalDependencies ?? {})]);
  return Object.fromEntries(names.map((name) => [pathOf(name), forDevelopment(entryOf(name))]));
}

/** In npm's order, so that it has nothing to write anew. */
const forDevelopment = ({ version, integrity, cpu, ...more }: Entry) => ({
  version,
  integrity,
  ...(cpu === undefined ? {} : { cpu }),
  dev: true,
  ...more,
});

const pathOf = (name: string): string => `node_modules/${name}`;

function entryOf(name: string): Entry {
  read ??= (JSON.parse(readFileSync(LOCK, 'utf8')) as { readonly packages: Entries }).packages;
  const entry = read[pathOf(name)];
  if (entry === undefined) throw new Error(`package-lock.json has no ${name}`);
  return entry;
}
