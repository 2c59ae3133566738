// The folder in which compiler and linter find a workspace: the declarations of the guest libraries once, the workspace anew
// for each check. Invariant: only names that a workspace may have are written, and nothing that a program would read as its
// settings.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isFileName } from '#pipeline-core/workspace/file-names.ts';
import { guestTypes } from '../workspace/guest-types.ts';
import { paramsDeclaration } from '../workspace/params-declaration.ts';
import { BIOME_CONFIG, COMPILER_OPTIONS } from './teaching-rules.ts';

export const isCode = (path: string): boolean => path.endsWith('.ts') && isFileName(path);

/** No file of a workspace has this name: `isFileName` refuses one that begins with a dot. */
const PARAMS = '.params.d.ts';

/**
 * The compiler reads the files that are listed and follows no import: one out of the workspace finds nothing, however it is
 * written.
 */
const LISTED_ALONE = { noResolve: true, resolveJsonModule: false } as const;

export interface CheckFolder {
  readonly path: string;
  /** The workspace in a folder of its own, which `remove` deletes. */
  put(files: Readonly<Record<string, string>>): Promise<{ readonly path: string; remove(): Promise<void> }>;
  remove(): void;
}

/** @param parent whoever runs the programs must be able to read what is below it */
export function createCheckFolder(parent: string): CheckFolder {
  const path = mkdtempSync(join(parent, 'checks-'));
  const library = (name: string, text: string): void => {
    const file = join(path, 'node_modules', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  const libraries = Object.entries(guestTypes());
  for (const [name, text] of libraries) library(name, text);
  const listed = libraries.map(([name]) => `../node_modules/${name}`);
  readable(path);
  let count = 0;
  return {
    path,
    async put(files) {
      const home = join(path, String(count++));
      await mkdir(home);
      const code = Object.entries(files).filter(([name]) => isCode(name));
      const folders = new Set(code.map(([name]) => dirname(join(home, name))));
      for (const folder of folders) await mkdir(folder, { recursive: true });
      const params = paramsDeclaration(files['params.yaml'] ?? '');
      const own = {
        'tsconfig.json': JSON.stringify({
          compilerOptions: { ...COMPILER_OPTIONS, ...LISTED_ALONE },
          files: [...listed, ...code.map(([name]) => name), ...(params === null ? [] : [PARAMS])],
        }),
        'biome.json': JSON.stringify(BIOME_CONFIG),
        ...(params === null ? {} : { [PARAMS]: params }),
      };
      await Promise.all(
        [...code, ...Object.entries(own)].map(([name, text]) => writeFile(join(home, name), text, { mode: 0o644 })),
      );
      for (const folder of [home, ...folders]) readable(folder);
      return { path: home, remove: () => rm(home, { recursive: true, force: true }) };
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** Whatever the server's umask is: another user runs the programs. */
function readable(folder: string): void {
  chmodSync(folder, 0o755);
}
