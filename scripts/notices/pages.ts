// The packages whose code browsers get with the pages. Next's own bundler keeps no list of what it put in, so the same
// entries are bundled once more by esbuild, for its list alone: the pages, the workers, and Next's program for browsers.
import { globSync } from 'node:fs';
import { build } from 'esbuild';
import { ROOT } from '#sandbox/build/build-options.ts';
import { NEXT_POLYFILLS } from '#sandbox/build/licenses-without-file.ts';
import { packageFolders, readThirdParty, type ThirdParty } from '#sandbox/build/third-party.ts';

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

/** Too large to be read for a list, and it names in its own notices what it holds of others. */
const EDITOR = 'monaco-editor';

/**
 * Every package that the pages import from, whether or not its code survives: Next's bundler and this one do not drop
 * the same unused parts.
 */
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
    alias: Object.fromEntries(Object.entries(COMPILED).map(([name, copy]) => [name, `next/dist/compiled/${copy}`])),
    // The last two are made by Next's bundler, or for development only.
    external: [EDITOR, 'private-next-instrumentation-client', '@vercel/turbopack-ecmascript-runtime/*'],
    outdir: 'none',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const folders = packageFolders(Object.keys(metafile.inputs));
  const imports = Object.values(metafile.inputs).flatMap((file) => file.imports);
  if (imports.some(({ path }) => path.startsWith(`${EDITOR}/`))) folders.push(`node_modules/${EDITOR}`);
  return [...folders.sort().map(readThirdParty), ...NEXT_POLYFILLS];
}
