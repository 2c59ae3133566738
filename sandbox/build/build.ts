// Builds `dist/`: the guest libraries, their V8 snapshot, the child's program, the outside folder, declarations.
// Invariant: a snapshot holds machine code, so it is made here and never taken from elsewhere; its key is Node,
// isolated-vm and the bundle. Each build has a folder of its own, so that a running pool keeps the one it began with.
// `node sandbox/build/build.ts` builds what is stale and says so in one line.
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, stop } from 'esbuild';
import { childProgram, DIST, GUEST, guestBundle, HERE, ROOT } from './build-options.ts';
import { declarations, handWrittenTypes, typeNames } from './build-types.ts';
import { type BuildStamp, currentBuild, engine, hashOf, STAMP, sourcesOf } from './last-build.ts';
import { takeSnapshot } from './snapshot.ts';
import { buildOutside } from './standalone.ts';
import { packageFolders } from './third-party.ts';

const LOCK = join(HERE, 'dist.lock');
const STALE_LOCK_MS = 60_000;
const KEPT_BUILDS = 4;

/** Builds unless another process just did; resolves to the stamp. */
export async function buildAnew(log: (line: string) => void): Promise<BuildStamp> {
  const unlock = await lock();
  try {
    // Whoever held the lock may have built the same.
    const built = currentBuild();
    if (built !== null) return built;
    const began = performance.now();
    const stamp = await buildAll(log);
    log(`Guest libraries built in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    return stamp;
  } finally {
    unlock();
    // The bundler would stay as a child of the server.
    await stop();
  }
}

/** One build at a time, across processes: a folder is made by one of them only. */
async function lock(): Promise<() => void> {
  for (;;) {
    try {
      mkdirSync(LOCK);
      return () => rmSync(LOCK, { recursive: true, force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const since = statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs;
    if (since !== undefined && Date.now() - since > STALE_LOCK_MS) rmSync(LOCK, { recursive: true, force: true });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function buildAll(log: (line: string) => void): Promise<BuildStamp> {
  const inputs = await listInputs();
  const sources = sourcesOf(inputs);
  // Built aside and moved into place, so that nobody sees half a build.
  const folder = sources.slice(0, 12);
  const aside = join(LOCK, 'aside');
  mkdirSync(aside);
  const guest = await bundleText(GUEST);
  const { snapshot, exports, missed } = takeSnapshot(guest);
  if (missed !== '') log(`The rehearsal of the guest libraries no longer fits them: ${missed}`);
  writeFileSync(join(aside, 'guest.js'), guest);
  writeFileSync(join(aside, 'guest.snapshot'), snapshot);
  const child = await bundleText(childProgram((wasm) => writeFileSync(join(aside, 'stripper.wasm'), wasm)));
  writeFileSync(join(aside, 'child.cjs'), child);
  const declared = declarations();
  writeFileSync(join(aside, 'guest-types.json'), JSON.stringify(declared));
  await buildOutside(join(aside, 'outside'));
  const key = hashOf([...engine(), guest]);
  const stamp: BuildStamp = { key, exports, types: typeNames(declared), inputs, sources, folder };
  writeFileSync(join(aside, STAMP), JSON.stringify(stamp));
  mkdirSync(DIST, { recursive: true });
  rmSync(join(DIST, folder), { recursive: true, force: true });
  renameSync(aside, join(DIST, folder));
  writeFileSync(join(LOCK, STAMP), JSON.stringify(stamp));
  renameSync(join(LOCK, STAMP), join(DIST, STAMP));
  removeOld(folder);
  return stamp;
}

/** While sources are edited builds pile up; those before the last few are nobody's any more. */
function removeOld(newest: string): void {
  const folders = readdirSync(DIST, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== newest)
    .map((entry) => ({ path: join(DIST, entry.name), time: statSync(join(DIST, entry.name)).mtimeMs }))
    .sort((one, other) => other.time - one.time);
  for (const { path } of folders.slice(KEPT_BUILDS)) rmSync(path, { recursive: true, force: true });
}

async function bundleText(options: BuildOptions): Promise<string> {
  const result = await build({ ...options, write: false });
  return result.outputFiles![0]!.text;
}

/** Everything that goes into a build, found by asking the bundler itself. */
async function listInputs(): Promise<string[]> {
  const result = await build({
    ...guestBundle,
    entryPoints: [
      join(HERE, 'guest/entry.ts'),
      join(HERE, 'child/child.ts'),
      join(HERE, 'build/build.ts'),
      join(HERE, 'build/standalone-workshop.ts'),
      join(HERE, 'build/standalone-start.ts'),
      join(HERE, 'build/standalone-serve.ts'),
      join(HERE, 'build/standalone-types.ts'),
      join(ROOT, 'crowd/main.ts'),
    ],
    platform: 'node',
    packages: 'bundle',
    external: ['isolated-vm', 'esbuild', 'bufferutil', 'utf-8-validate'],
    format: 'esm',
    outdir: join(DIST, 'none'),
    write: false,
    metafile: true,
  });
  const bundled = Object.keys(result.metafile!.inputs);
  // Versions and licences are in the notices.
  const packages = packageFolders(bundled).map((folder) => `${folder}/package.json`);
  return [...new Set([...bundled, ...packages, ...handWrittenTypes, 'LICENSE'])].sort();
}

if (import.meta.main) {
  await buildAnew((line) => console.log(line));
}
