// Who imports whom: every import of every source file, with what it resolves to. Imports of types, re-exports, dynamic
// imports and `import('...')` types count as well: a reader has to follow each of them.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';

export interface Import {
  /** The importing file, from the root, with forward slashes. */
  readonly from: string;
  readonly line: number;
  readonly specifier: string;
  /** The imported file, where it is one of ours. */
  readonly file: string | null;
  /** The imported package otherwise: `yjs`, `@lezer/yaml`, `node:fs/promises`. */
  readonly package: string | null;
  /** Erased when the code runs. */
  readonly typeOnly: boolean;
  /** By `import()`: loaded when it is asked for. */
  readonly onDemand: boolean;
}
export interface ImportGraph {
  readonly files: readonly string[];
  readonly imports: readonly Import[];
}

const SOURCE = /\.[cm]?[jt]sx?$/;

/** Reads the sources below `folders` of `root`; `skipped` names folders to leave out, wherever they are. */
export function readImportGraph(root: string, folders: readonly string[], skipped: readonly string[]): ImportGraph {
  const files = folders.flatMap((folder) => sourcesBelow(root, folder, skipped));
  const aliases = readAliases(root);
  return { files, imports: files.flatMap((file) => importsOf(root, file, aliases)) };
}

function sourcesBelow(root: string, folder: string, skipped: readonly string[]): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.name.startsWith('.') || skipped.includes(entry.name) || skipped.includes(path)) return [];
    if (entry.isDirectory()) return sourcesBelow(root, path, skipped);
    return SOURCE.test(entry.name) ? [path] : [];
  });
}

/** `#folder/*` and its kin as package.json declares them, the longest first; what a browser gets in place is left out. */
function readAliases(root: string): [alias: string, target: string][] {
  const { imports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    imports: Record<string, string | { default: string }>;
  };
  return Object.entries(imports)
    .map(([alias, target]): [string, string] => [alias, typeof target === 'string' ? target : target.default])
    .sort(([a], [b]) => b.length - a.length);
}

function importsOf(root: string, from: string, aliases: [string, string][]): Import[] {
  const text = readFileSync(join(root, from), 'utf8');
  const parsed = parseSync(from, text);
  const [error] = parsed.errors;
  if (error) throw new Error(`${from} cannot be parsed: ${error.message}`);
  const found: { specifier: string; at: number; typeOnly: boolean; onDemand: boolean }[] = [];
  const { staticImports, staticExports, dynamicImports } = parsed.module;
  for (const { moduleRequest, entries } of staticImports) {
    const typeOnly = entries.length > 0 && entries.every(({ isType }) => isType);
    found.push({ specifier: moduleRequest.value, at: moduleRequest.start, typeOnly, onDemand: false });
  }
  for (const { entries } of staticExports) {
    const source = entries[0]?.moduleRequest;
    const typeOnly = entries.every(({ isType }) => isType);
    if (source) found.push({ specifier: source.value, at: source.start, typeOnly, onDemand: false });
  }
  for (const { moduleRequest } of dynamicImports) {
    const literal = /^['"`]([^$]*)['"`]$/.exec(text.slice(moduleRequest.start, moduleRequest.end))?.[1];
    if (literal !== undefined)
      found.push({ specifier: literal, at: moduleRequest.start, typeOnly: false, onDemand: true });
  }
  // The module record has no `import('...')` types; the tree is large, so it is read only where one can be.
  if ((text.match(/\bimport\(/g)?.length ?? 0) > dynamicImports.length)
    new Visitor({
      // biome-ignore lint/correctness/noComponentHookFactories: a visitor names a node, and no component
      TSImportType: ({ source }) =>
        void found.push({ specifier: source.value, at: source.start, typeOnly: true, onDemand: false }),
    }).visit(parsed.program);
  return found.map(({ specifier, at, typeOnly, onDemand }) => ({
    from,
    line: text.slice(0, at).split('\n').length,
    specifier,
    ...resolved(root, from, specifier, aliases),
    typeOnly,
    onDemand,
  }));
}

function resolved(root: string, from: string, specifier: string, aliases: [string, string][]) {
  const path = specifier.startsWith('.') ? posix.join(dirname(from), specifier) : withoutAlias(specifier, aliases);
  if (path === null) return { file: null, package: packageOf(specifier) };
  // A checkpoint has only the files that differ from its course's base, and imports the others all the same.
  const inBase = path.replace(/^(courses\/[^/]+)\/checkpoints\/[^/]+\//, '$1/base/');
  const file = [path, inBase].find((each) => statSync(join(root, each), { throwIfNoEntry: false })?.isFile());
  if (file === undefined) throw new Error(`${from} imports ${specifier}, and there is no file ${path}.`);
  return { file, package: null };
}

function withoutAlias(specifier: string, aliases: [string, string][]): string | null {
  for (const [alias, target] of aliases) {
    const [start = '', end] = alias.split('*');
    if (end === undefined ? specifier === alias : specifier.startsWith(start))
      return posix.normalize(target.replace('*', specifier.slice(start.length)));
  }
  return null;
}

function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
