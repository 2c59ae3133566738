// The guest libraries as one folder for plain Node: what a room takes home and runs without this app.
// Law: the very sources of the isolate's bundle; only `workshop` has a twin, over real files.
// RUNS IN server (build)
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { guestBundle, ROOT } from './build-options.ts';
import { declarations } from './build-types.ts';

// The package's build for Node calls `require`, which an ES module does not have.
const YAML = join(ROOT, 'node_modules/yaml/browser/dist/index.js');

const ENTRIES: Readonly<Record<string, BuildOptions>> = {
  'pipeline-core': { entryPoints: [join(ROOT, 'pipeline-core/index.ts')] },
  workshop: {
    entryPoints: [join(ROOT, 'sandbox/build/standalone-workshop.ts')],
    platform: 'node',
    alias: { yaml: YAML },
  },
  danfojs: {
    stdin: {
      contents: `import { readText, writeText } from 'workshop';
import { setFiles } from '../guest/danfojs/files.ts';
setFiles({ read: readText, write: writeText });
export * from '../guest/danfojs/index.ts';
import * as danfojs from '../guest/danfojs/index.ts';
export default danfojs;`,
      resolveDir: join(ROOT, 'sandbox/build'),
      loader: 'ts',
    },
    external: ['workshop'],
  },
};

/** Fills `folder`/node_modules with danfojs, pipeline-core and workshop: JavaScript and declarations. */
export async function buildOutside(folder: string): Promise<void> {
  const types = declarations();
  for (const [name, options] of Object.entries(ENTRIES)) {
    const home = join(folder, 'node_modules', name);
    mkdirSync(home, { recursive: true });
    await build({
      ...guestBundle,
      ...options,
      format: 'esm',
      target: 'es2024',
      outfile: join(home, 'index.js'),
    });
    const about = { name, version: '0.1.0', type: 'module', main: 'index.js', types: 'index.d.ts' };
    writeFileSync(join(home, 'package.json'), `${JSON.stringify(about, null, 2)}\n`);
    for (const [path, text] of Object.entries(types)) {
      if (!path.startsWith(`${name}/`)) continue;
      mkdirSync(dirname(join(folder, 'node_modules', path)), { recursive: true });
      writeFileSync(join(folder, 'node_modules', path), text);
    }
  }
}
