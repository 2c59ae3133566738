// The packages whose code browsers get with the pages. Next's own bundler keeps no list of what it put in, so the same
// entries are bundled once more by esbuild, for its list alone: the pages, the workers, and Next's program for browsers.
import { globSync } from 'node:fs';
import { build } from 'esbuild';
import { ROOT } from '#sandbox/build/build-options.ts';
import { NEXT_POLYFILLS } from '#sandbox/build/licenses-without-file.ts';
import { bundledPackages, type ThirdParty } from '#sandbox/build/third-party.ts';

const ENTRIES = ['app/**/{page,layout,not-found,error,loading}.tsx', 'app/**/*-worker.ts'];
/** What starts a page, and the two globals of Node that Next puts where code asks for them. */
const NEXT = [
  'next/dist/client/app-next-turbopack.js',
  'next/dist/compiled/buffer/index.js',
  'next/dist/compiled/process/browser.js',
];
/** What Next takes from its own copies. */
const COMPILED = {
  react: 'react',
  'react-dom': 'react-dom',
  scheduler: 'scheduler',
  'react-server-dom-webpack': 'react-server-dom-turbopack',
};

export async function packagesOfPages(): Promise<ThirdParty[]> {
  const pages = globSync(ENTRIES, { cwd: ROOT }).map((path) => `./${path}`);
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [...pages, ...NEXT],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    jsx: 'automatic',
    loader: { '.css': 'local-css', '.ttf': 'file', '.svg': 'file' },
    define: {
      'process.env.NODE_ENV': '"production"',
      'process.env.TURBOPACK': 'true',
      'process.env.__NEXT_DEV_SERVER': '""',
      'process.env.__NEXT_CACHE_COMPONENTS': 'false',
    },
    // What is never reached with these values must not be counted.
    minifySyntax: true,
    alias: Object.fromEntries(Object.entries(COMPILED).map(([name, copy]) => [name, `next/dist/compiled/${copy}`])),
    // Made by Next's bundler, or for development only.
    external: ['private-next-instrumentation-client', '@vercel/turbopack-ecmascript-runtime/*'],
    outdir: 'none',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  return [...bundledPackages(metafile), ...NEXT_POLYFILLS];
}
