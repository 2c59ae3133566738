// Where the compiler and the linter are: native programs, in the package of this platform.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface Tools {
  /** null: not installed for this platform. */
  readonly compiler: string | null;
  readonly linter: string | null;
}

const require = createRequire(import.meta.url);

export function findTools(platform = process.platform, arch = process.arch): Tools {
  const ending = platform === 'win32' ? '.exe' : '';
  return {
    compiler: programOf('typescript', [`@typescript/typescript-${platform}-${arch}/package.json`], `lib/tsc${ending}`),
    // The second is for systems with musl, where it alone is installed.
    linter: programOf(
      '@biomejs/biome',
      [`@biomejs/cli-${platform}-${arch}/package.json`, `@biomejs/cli-${platform}-${arch}-musl/package.json`],
      `biome${ending}`,
    ),
  };
}

/** A package of the platform is a dependency of the package that everybody installs: it is looked for from there. */
function programOf(owner: string, manifests: readonly string[], program: string): string | null {
  const fromOwner = createRequire(require.resolve(`${owner}/package.json`));
  for (const manifest of manifests) {
    try {
      const path = join(dirname(fromOwner.resolve(manifest)), program);
      if (existsSync(path)) return path;
    } catch (error) {
      if ((error as { code?: string }).code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  return null;
}
