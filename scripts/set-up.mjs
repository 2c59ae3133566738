// Sets up what a fresh clone lacks: Node 24, the dependencies, the builds; one line each about what it does.
// Invariant: plain JavaScript for Node 18 and newer, no dependencies; a thing is complete only with its stamp.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isLockOf, isProductionInstall, missingPackages } from './installed.mjs';

// One version everywhere, so that native modules and their snapshots fit; the packages are pinned by their content.
const NODE = '24.21.0';
const INTEGRITY = {
  'linux-x64': 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  'linux-arm64': 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  'win-x64': 'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
};
const GUEST = ['sandbox', 'pipeline-core', 'crowd', 'session-core'];
const PAGES = [
  ...['app', 'session-core', 'pipeline-core', 'next.config.js', 'tsconfig.json', 'tsconfig.base.json'],
  'scripts/compress-pages.mjs',
];
const BUILDS = {
  guest: {
    what: 'Building the guest libraries',
    argv: ['sandbox/build/build.ts'],
    sources: GUEST,
    made: 'sandbox/dist/stamp.json',
  },
  pages: {
    what: 'Building the pages (next build)',
    argv: ['node_modules/next/dist/bin/next', 'build'],
    after: ['scripts/compress-pages.mjs'],
    sources: PAGES,
    made: '.next/BUILD_ID',
  },
  types: {
    what: 'Typing the pages (next typegen)',
    argv: ['node_modules/next/dist/bin/next', 'typegen'],
    sources: PAGES,
    made: 'next-env.d.ts',
  },
};

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const runtime = join(ROOT, '.runtime');
const INSTALLED = 'node_modules/.package-lock.json';
const KEPT =
  /^npm_(execpath|config_(registry|userconfig|globalconfig|cache|https?_proxy|proxy|noproxy|cafile|strict_ssl))$/i;
const windows = process.platform === 'win32';

/**
 * Resolves to the Node to run with and the environment to run it in. The working folder must be the root.
 * @param production content with what `npm ci --omit=dev` installs
 */
export async function setUp(needs, { production = false } = {}) {
  mkdirSync(runtime, { recursive: true });
  const release = await lock();
  const node = findNode();
  const env = cleaned(process.env);
  env.PATH = `${dirname(node)}${delimiter}${env.PATH ?? ''}`; // install scripts and shims see this Node, too
  env.NODE_COMPILE_CACHE ??= join(runtime, 'compile-cache'); // a second start strips and compiles nothing
  env.NEXT_TELEMETRY_DISABLED = '1';
  env.NEXT_IGNORE_INCORRECT_LOCKFILE = '1';
  const home = dirname(dirname(node));
  if (existsSync(join(home, 'include/node/node.h'))) env.npm_config_nodedir = home;
  const abi = say(node, ['-p', '[process.versions.modules, process.platform, process.arch].join()']);
  install(node, env, production);
  loadNative(node, env, abi);
  const locked = hash([read('package-lock.json'), abi]);
  for (const need of needs) {
    const { what, argv, after, sources, made } = BUILDS[need];
    const perform = (line) => spawnSync(node, line, { env: { ...env, NODE_ENV: 'production' }, encoding: 'utf8' });
    step(need, hash([locked, ...sources.flatMap(contents)]), existsSync(made), what, () => {
      const done = perform(argv);
      return done.status === 0 && after ? perform(after) : done;
    });
  }
  release();
  return { node, env };
}

/** Compares what npm says it installed with the lock, whoever called npm; installs where they differ. */
function install(node, env, production) {
  const lock = JSON.parse(read('package-lock.json'));
  const installed = existsSync(INSTALLED) ? JSON.parse(read(INSTALLED)) : null;
  const { platform, arch } = process;
  const missing = missingPackages(lock, installed, { production, platform, arch });
  if (missing.length === 0 && isLockOf(lock, JSON.parse(read('package.json')))) return;
  // Where development packages were left out on purpose they stay out, until a job needs them.
  const omit = production && (env.NODE_ENV === 'production' || isProductionInstall(lock, installed));
  const which = omit ? '--omit=dev' : '--include=dev';
  const flags = [which, '--no-audit', '--no-fund', '--loglevel=error'];
  work(`Installing dependencies (npm ci ${which})`, () => npm(node, ['ci', ...flags], ROOT, env));
}

/** isolated-vm brings binaries for most platforms; .npmrc lets no install script run, so elsewhere it is compiled here. */
function loadNative(node, env, abi) {
  const key = hash([abi, String(statSync(INSTALLED).mtimeMs)]);
  const stamp = join(runtime, 'native.stamp');
  if (existsSync(stamp) && read(stamp) === key) return;
  const loads = () => spawnSync(node, ['-e', "require('isolated-vm')"], { encoding: 'utf8' });
  if (loads().status !== 0) {
    const flags = ['--ignore-scripts=false', '--foreground-scripts', '--loglevel=error'];
    work('Compiling isolated-vm (npm rebuild)', () => npm(node, ['rebuild', ...flags, 'isolated-vm'], ROOT, env));
    const again = loads();
    if (again.status !== 0) fail(`isolated-vm does not load here.\n${again.stderr}`);
  }
  writeFileSync(stamp, key);
}

/** Does `doing` unless its stamp says it was done for this key. */
function step(name, key, present, what, doing) {
  const stamp = join(runtime, `${name}.stamp`);
  if (present && existsSync(stamp) && read(stamp) === key) return;
  rmSync(stamp, { force: true });
  work(what, doing);
  writeFileSync(stamp, key);
}

/** One line about what is done and how long it took; its own words only if it fails. */
function work(what, doing) {
  process.stderr.write(`[setup] ${what} ... `);
  const began = Date.now();
  const done = doing();
  if (done.status !== 0) fail(`failed.\n${done.error?.message ?? ''}${done.stdout ?? ''}${done.stderr ?? ''}`);
  process.stderr.write(`${((Date.now() - began) / 1000).toFixed(1)} s\n`);
}

function findNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major === 24 && minor >= 15) return process.execPath;
  const platform = `${windows ? 'win' : process.platform}-${process.arch}`;
  const integrity = INTEGRITY[platform];
  if (!integrity) fail('Install Node 24 from nodejs.org, then run this again.');
  const home = join(runtime, `node-${NODE}-${platform}`);
  const found = join(home, 'node_modules', `node-${platform}`, 'bin', windows ? 'node.exe' : 'node');
  step(
    `node-${NODE}-${platform}`,
    integrity,
    existsSync(found),
    `Fetching Node ${NODE} (this is ${process.version})`,
    () => {
      const aside = `${home}.new`;
      for (const old of [aside, home]) rmSync(old, { recursive: true, force: true });
      mkdirSync(aside, { recursive: true });
      const dependencies = { [`node-${platform}`]: NODE };
      const packages = { '': { dependencies }, [`node_modules/node-${platform}`]: { version: NODE, integrity } };
      writeFileSync(join(aside, 'package.json'), JSON.stringify({ private: true, dependencies }));
      writeFileSync(join(aside, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, requires: true, packages }));
      const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
      const done = npm(process.execPath, ['ci', ...flags], aside, cleaned(process.env));
      if (done.status === 0) renameSync(aside, home);
      if (done.status === 0 && say(found, ['-v']) !== `v${NODE}`)
        fail(`${found} does not run here. Install Node 24 from nodejs.org, then run this again.`);
      return done;
    },
  );
  return found;
}

/** One set-up at a time in this folder; a lock whose owner is gone is taken over. */
async function lock() {
  const path = join(runtime, 'lock');
  for (let waited = false; ; waited = true) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      const free = () => existsSync(path) && read(path) === String(process.pid) && rmSync(path, { force: true });
      process.on('exit', free);
      return free;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const owner = Number(existsSync(path) ? read(path) : 0);
    if (owner > 0 && !alive(owner)) rmSync(path, { force: true });
    if (owner > 0 && alive(owner) && !waited)
      process.stderr.write(
        `[setup] Waiting for another set-up here (process ${owner}; if there is none, delete .runtime/lock).\n`,
      );
    await new Promise((next) => setTimeout(next, 200));
  }
}
function alive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** npm's own program run by the given Node, so that native modules are built for it. */
function npm(by, args, cwd, environment) {
  const cli = /npm-cli\.js$/.test(process.env.npm_execpath ?? '') ? process.env.npm_execpath : null;
  const options = { cwd, env: environment, encoding: 'utf8', shell: !cli && windows };
  return cli ? spawnSync(by, [cli, ...args], options) : spawnSync(windows ? 'npm.cmd' : 'npm', args, options);
}
// What npm tells its scripts would be taken for settings by an npm inside; where to fetch from is not of that kind.
function cleaned(from) {
  return Object.fromEntries(Object.entries(from).filter(([key]) => !/^npm_/i.test(key) || KEPT.test(key)));
}
function contents(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path, read(path)];
  const names = readdirSync(path).filter((name) => !/^(dist(\..*)?|node_modules)$/.test(name));
  return names.sort().flatMap((name) => contents(join(path, name)));
}
function read(path) {
  return readFileSync(path, 'utf8');
}
function hash(parts) {
  return createHash('sha256').update(parts.join('\0')).digest('hex');
}
function say(program, args) {
  return spawnSync(program, args, { encoding: 'utf8' }).stdout?.trim();
}
export function fail(line) {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}
