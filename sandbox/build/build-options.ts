// Where things are built, and how the guest's imports are resolved.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';

/** The sandbox's own folder. */
export const HERE = dirname(import.meta.dirname);
export const ROOT = dirname(HERE);
export const DIST = join(HERE, 'dist');

const danfojsBase = join(ROOT, 'node_modules/danfojs/dist/danfojs-base/index.js');
const stub = (name: string): string => join(HERE, 'vendor/stubs', name, 'index.js');

/** Resolution of the guest's imports: danfojs' heavy dependencies are our small stand-ins. */
export const guestBundle: BuildOptions = {
  bundle: true,
  platform: 'neutral',
  mainFields: ['module', 'main'],
  target: 'es2024',
  legalComments: 'none',
  logLevel: 'silent',
  absWorkingDir: ROOT,
  alias: {
    'danfojs/dist/danfojs-base/index.js': danfojsBase,
    '@tensorflow/tfjs': join(HERE, 'guest/danfojs/stand-ins/tensor.ts'),
    mathjs: stub('mathjs'),
    table: join(HERE, 'guest/danfojs/stand-ins/table.ts'),
    'plotly.js-dist-min': stub('plotly'),
    xlsx: stub('xlsx'),
  },
};

/** The libraries as a stage sees them. */
export const GUEST: BuildOptions = {
  ...guestBundle,
  entryPoints: [join(HERE, 'guest/entry.ts')],
  format: 'iife',
  minify: true,
  keepNames: true,
};

/** The child's program, without the type stripper's WebAssembly. */
export function childProgram(keepWasm: (wasm: Uint8Array) => void): BuildOptions {
  return {
    entryPoints: [join(HERE, 'child/child.ts')],
    bundle: true,
    platform: 'node',
    // Node's loader of the newer kind costs 18 ms at each child's start.
    format: 'cjs',
    target: 'node24',
    external: ['isolated-vm'],
    plugins: [stripperApart(keepWasm)],
    logLevel: 'silent',
    absWorkingDir: ROOT,
  };
}

/**
 * amaro keeps its WebAssembly as 3.7 MB of base64 inside its script; as a file of its own beside the child it costs
 * no parsing, which is half of a child's start. Throws where amaro looks different than expected.
 */
function stripperApart(keep: (wasm: Uint8Array) => void): Plugin {
  return {
    name: 'stripper-apart',
    setup(build) {
      build.onLoad({ filter: /amaro[\\/]dist[\\/]internal\.js$/ }, ({ path }) => {
        const text = readFileSync(path, 'utf8');
        const from = text.indexOf('Buffer2.from("');
        const to = text.indexOf('", "base64")', from);
        if (from === -1 || to === -1)
          throw new Error('amaro does not keep its WebAssembly where this build expects it');
        keep(Buffer.from(text.slice(from + 'Buffer2.from("'.length, to), 'base64'));
        // Not import.meta: with it the bundler would take this script for a module.
        const read = "require('node:fs').readFileSync(require('node:path').join(process.argv[1], '../stripper.wasm'))";
        return { contents: text.slice(0, from) + read + text.slice(to + '", "base64")'.length), loader: 'js' };
      });
    },
  };
}
