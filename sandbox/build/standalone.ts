// The guest libraries as one folder for plain Node: what an exported repository uses to run without this app.
// Invariant: the very sources of the isolate's bundle; only `workshop` differs: it works on real files.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { guestBundle, ROOT } from './build-options.ts';
import { declarations } from './build-types.ts';
import { bundledPackages, renderTexts, type ThirdParty, titleOf } from './third-party.ts';

// The package's build for Node calls `require`, which an ES module does not have.
const YAML = join(ROOT, 'node_modules/yaml/browser/dist/index.js');

/** The file of licences at the root of an exported repository and in each of its libraries. */
const NOTICES = 'THIRD_PARTY_NOTICES.txt';

const LIBRARIES: Readonly<Record<string, BuildOptions>> = {
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

/** What starts the stages, beside `workshop`: the file's name -> how it is built. */
const STARTERS: Readonly<Record<string, BuildOptions>> = {
  'start.js': { entryPoints: [join(ROOT, 'sandbox/build/standalone-start.ts')], format: 'esm', alias: { yaml: YAML } },
  'serve.js': { entryPoints: [join(ROOT, 'sandbox/build/standalone-serve.ts')], format: 'esm', alias: { yaml: YAML } },
  // The type stripper calls `require`.
  'types-hook.cjs': { entryPoints: [join(ROOT, 'sandbox/build/standalone-types.ts')], format: 'cjs' },
};
const REGISTER = `import { register } from 'node:module';\nregister('./types-hook.cjs', import.meta.url);\n`;

/** The command line, one file: some of its packages are CommonJS and call `require`. */
const COMMAND_LINE: BuildOptions = {
  entryPoints: [join(ROOT, 'crowd/main.ts')],
  format: 'esm',
  alias: { yaml: YAML },
  minify: true,
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
  },
  // ws does without both.
  external: ['bufferutil', 'utf-8-validate'],
};

interface Library {
  readonly name: string;
  readonly code: string;
  /** Packages of others that are bundled into it. */
  readonly packages: readonly ThirdParty[];
}

/** The three libraries as JavaScript for plain Node. */
export function bundleLibraries(): Promise<Library[]> {
  return Promise.all(
    Object.entries(LIBRARIES).map(async ([name, options]) => {
      const { outputFiles, metafile } = await build({
        ...guestBundle,
        ...options,
        format: 'esm',
        target: 'node20',
        // Passed on to others: what its authors say of their rights stays in it.
        legalComments: 'eof',
        write: false,
        metafile: true,
      });
      return { name, code: outputFiles[0]!.text, packages: bundledPackages(metafile) };
    }),
  );
}

async function bundleStarters(): Promise<{
  readonly files: Readonly<Record<string, string>>;
  readonly packages: ThirdParty[];
}> {
  const built = await Promise.all(
    Object.entries(STARTERS).map(async ([name, options]) => {
      const { outputFiles, metafile } = await build({
        ...guestBundle,
        ...options,
        platform: 'node',
        target: 'node20',
        legalComments: 'eof',
        write: false,
        metafile: true,
      });
      return { name, code: outputFiles[0]!.text, packages: bundledPackages(metafile) };
    }),
  );
  const files = Object.fromEntries(built.map(({ name, code }) => [name, code]));
  return { files: { ...files, 'types.js': REGISTER }, packages: built.flatMap(({ packages }) => packages) };
}

/** Fills `folder`/node_modules with the libraries and their declarations, and adds the licences of what is in them. */
export async function buildOutside(folder: string): Promise<void> {
  const types = Object.entries(declarations());
  const starters = await bundleStarters();
  const libraries = (await bundleLibraries()).map((library) =>
    library.name === 'workshop' ? withPackages(library, starters.packages) : library,
  );
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const library of libraries) {
    const { name, code } = library;
    const about = { name, version: '0.1.0', license: 'MIT', type: 'module', main: 'index.js', types: 'index.d.ts' };
    write(`node_modules/${name}/index.js`, code);
    write(`node_modules/${name}/package.json`, `${JSON.stringify(about, null, 2)}\n`);
    write(`node_modules/${name}/${NOTICES}`, noticesOf([library]));
    for (const [path, text] of types) if (path.startsWith(`${name}/`)) write(`node_modules/${path}`, text);
  }
  for (const [name, code] of Object.entries(starters.files)) write(`node_modules/workshop/${name}`, code);
  const crowd = await bundleCommandLine();
  const about = { name: 'crowd', version: '0.1.0', license: 'MIT', type: 'module' };
  write('node_modules/crowd/crowd.mjs', crowd.code);
  write('node_modules/crowd/package.json', `${JSON.stringify(about, null, 2)}\n`);
  write(`node_modules/crowd/${NOTICES}`, noticesOf([crowd]));
  write(NOTICES, noticesOf([...libraries, crowd]));
}

/** A program that needs no installation, and so no link that npm makes of it. */
export async function bundleCommandLine(): Promise<Library> {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly version: string };
  const { outputFiles, metafile } = await build({
    ...guestBundle,
    ...COMMAND_LINE,
    define: { CROWD_VERSION: JSON.stringify(version) },
    platform: 'node',
    target: 'node20',
    legalComments: 'eof',
    write: false,
    metafile: true,
  });
  return { name: 'crowd', code: outputFiles[0]!.text, packages: bundledPackages(metafile) };
}

function withPackages(library: Library, more: readonly ThirdParty[]): Library {
  const added = more.filter(({ name }) => !library.packages.some((known) => known.name === name));
  return { ...library, packages: [...library.packages, ...added] };
}

function noticesOf(libraries: readonly Library[]): string {
  const lists = libraries.map(({ name, packages }) =>
    [`${name}: Crowd Programming (MIT)`, ...packages.map(titleOf)].join(', '),
  );
  const own: ThirdParty = {
    name: 'Crowd Programming',
    version: '',
    license: 'MIT',
    texts: [readFileSync(join(ROOT, 'LICENSE'), 'utf8').trim()],
  };
  return `The libraries in this repository hold code of others, bundled and partly changed:

${lists.join('\n')}

The programs that a session starts with are part of Crowd Programming (MIT) as well.

${renderTexts([own, ...libraries.flatMap(({ packages }) => packages)])}`;
}
