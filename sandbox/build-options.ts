// Where things are built, and how the guest's imports are resolved.
// RUNS IN server (build)
import { dirname, join } from 'node:path';
import type { BuildOptions } from 'esbuild';

export const HERE = import.meta.dirname;
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
    '@tensorflow/tfjs': join(HERE, 'guest/danfojs/tensor.ts'),
    mathjs: join(HERE, 'guest/danfojs/mathjs.ts'),
    table: join(HERE, 'guest/danfojs/table.ts'),
    'plotly.js-dist-min': stub('plotly'),
    xlsx: stub('xlsx'),
  },
};
