// The packages whose code a bundle holds, by the bundler's own list, and the licence texts that must go with them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { ROOT } from './build-options.ts';
import { LICENSES_WITHOUT_FILE } from './licenses-without-file.ts';

export interface ThirdParty {
  readonly name: string;
  /** Empty for a package inside another one that does not name it. */
  readonly version: string;
  readonly license: string;
  readonly texts: readonly string[];
}

const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+(?:\/dist\/compiled\/(?:@[^/]+\/)?[^/]+)?)\//;
const LICENSE_FILE = /^(licen[cs]e|copying|notice|third-?party-?notices)/i;

/** Folders of the packages behind these files, from the root; Next keeps copies of other packages in dist/compiled. */
export function packageFolders(files: Iterable<string>): string[] {
  const folders = [...files].flatMap((file) => PACKAGE.exec(file.replaceAll('\\', '/'))?.[1] ?? []);
  return [...new Set(folders)].sort();
}

/** Packages that a build put into its outputs: what it only read does not count. */
export function bundledPackages(metafile: Metafile): ThirdParty[] {
  const used = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
  return packageFolders(used).map(readThirdParty);
}

/** @param folder from the root. Throws for a package without a licence text: nobody may pass it on without one. */
export function readThirdParty(folder: string): ThirdParty {
  const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const about = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) as About;
  const known = LICENSES_WITHOUT_FILE[name];
  const brought = [folder, `${folder}/dist`].flatMap(licenseFiles).map((path) => tidy(readFileSync(path, 'utf8')));
  const texts = brought.length > 0 ? brought : known ? [tidy(known.text)] : [];
  if (texts.length === 0)
    throw new Error(
      `${name} brings no licence text: look it up in its repository and add it to licenses-without-file.ts`,
    );
  return { name, version: about.version ?? '', license: licenseOf(about, texts), texts };
}

interface About {
  readonly version?: string;
  readonly license?: string;
  /** As package.json had it once. */
  readonly licenses?: readonly { readonly type: string }[];
}

function licenseOf({ license, licenses }: About, texts: readonly string[]): string {
  const named = license ?? licenses?.map(({ type }) => type).join(' OR ');
  if (named !== undefined) return named.replace(/^\((.*)\)$/, '$1');
  return /^\W*(The )?MIT License/.test(texts[0] ?? '') ? 'MIT' : 'see its text';
}

function licenseFiles(folder: string): string[] {
  const path = join(ROOT, folder);
  if (!existsSync(path)) return [];
  const files = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isFile());
  return files.flatMap(({ name }) => (LICENSE_FILE.test(name) ? [join(path, name)] : [])).sort();
}

const tidy = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replaceAll(/[ \t]+$/gm, '')
    .trim();

/** `name version (licence)`. */
export function titleOf({ name, version, license }: ThirdParty): string {
  return `${[name, version].filter(Boolean).join(' ')} (${license})`;
}

/** Every text once, below the names of all packages that bring it. */
export function renderTexts(packages: readonly ThirdParty[]): string {
  const byText = new Map<string, Set<string>>();
  for (const one of packages)
    for (const text of one.texts) byText.set(text, (byText.get(text) ?? new Set()).add(titleOf(one)));
  const rule = '='.repeat(80);
  return [...byText].map(([text, titles]) => `${rule}\n${[...titles].join('\n')}\n${rule}\n\n${text}\n`).join('\n');
}
