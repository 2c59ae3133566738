// How a child is locked in: the wrappers its program starts under, found out and tested when the pool opens.
// Invariant: a measure counts only after a real child was seen to have it; what is lacking is said in one plain line.
import { randomInt } from 'node:crypto';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Containment {
  /**
   * Program and arguments that go before node's own, for the n-th child. @param memoryMb the limit the parent watches:
   * the private memory that the kernel gives follows from it
   */
  wrap(child: number, memoryMb: number): readonly string[];
  readonly gaps: readonly string[];
}

// `pool.ts` alone imports it, and hands it down.
type SpawnSync = typeof import('node:child_process').spawnSync;

interface Measures {
  network: 'root' | 'user' | null;
  setpriv: boolean;
  /** Giving capabilities up for good needs one of them: who has none has nothing to give. */
  capabilities: boolean;
  ownUser: boolean;
  limits: boolean;
}

// Found once by their full paths: the child's environment is empty, without PATH too.
function tool(name: string): string {
  return TOOL_FOLDERS.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? name;
}
const TOOL_FOLDERS = ['/usr/bin', '/bin', '/usr/sbin', '/sbin'];
const UNSHARE = tool('unshare');
const SETPRIV = tool('setpriv');
const PRLIMIT = tool('prlimit');

/**
 * MiB that V8 reserves without using them: half a GB of code range for node and for each isolate that may exist at
 * a time (three rehearsed, one that was asked for before they were).
 */
const RESERVED_MB = 2_900;
const TRIED_MB = 450;
const FIRST_UID = 61_000;
const UIDS = 3_000;

const GAP = {
  platform: (name: string) =>
    `On ${name} the runner has no network namespace, no limits of the kernel and no watch on memory`,
  network: 'No network namespace here: a child that broke out of its isolate could reach the network',
  setpriv: 'setpriv (util-linux) is missing: children keep the rights of the server, and may outlive a killed server',
  user: 'Children run as the user of the server: another user cannot be taken, or could not read this folder',
  limits: 'prlimit (util-linux) is missing: the memory of a child is watched, but has no hard limit',
} as const;

/**
 * Asks the platform for each measure. Under root also another user, without root a user namespace.
 * @param build the folder of the child's program
 * @param firstUser at which the users of the children begin: another server, or a worker, on the same machine counts its children
 * from 0, too, and theirs must not be ours
 */
export function findContainment(spawnSync: SpawnSync, build: string, firstUser = randomInt(UIDS)): Containment {
  if (process.platform !== 'linux') return { wrap: () => [], gaps: [GAP.platform(process.platform)] };
  const works = (command: string, ...args: string[]): string | null => {
    const found = spawnSync(command, args, { env: {}, encoding: 'utf8', timeout: 5_000 });
    return found.status === 0 ? found.stdout.trim() : null;
  };
  const root = process.getuid?.() === 0;
  const here = readlinkSync('/proc/self/ns/net');
  const apart = (...flags: string[]): boolean => {
    const there = works(UNSHARE, ...flags, tool('readlink'), '/proc/self/ns/net');
    return there !== null && there !== here;
  };
  const measures: Measures = {
    network: root && apart('-n') ? 'root' : apart('-r', '-n') ? 'user' : null,
    setpriv: false,
    capabilities: false,
    ownUser: false,
    limits: false,
  };
  // Each is tried on top of those before it, as a child will have them; what does not work together is left out.
  const keepIfItWorks = (measure: 'setpriv' | 'capabilities' | 'ownUser' | 'limits', ...program: string[]): void => {
    measures[measure] = true;
    const [command, ...args] = [...wrapped(measures, firstUser, TRIED_MB), ...program] as [string, ...string[]];
    if (works(command, ...args) === null) measures[measure] = false;
  };
  keepIfItWorks('setpriv', tool('true'));
  if (measures.setpriv) keepIfItWorks('capabilities', tool('true'));
  // Another user must be able to read the child's program, and node itself.
  const readsProgram = `require('fs').readFileSync(${JSON.stringify(join(build, 'child.cjs'))})`;
  if (measures.setpriv && root) keepIfItWorks('ownUser', process.execPath, '-e', readsProgram);
  keepIfItWorks('limits', tool('true'));
  return { wrap: (child, memoryMb) => wrapped(measures, firstUser + child, memoryMb), gaps: gapsOf(measures, root) };
}

function wrapped(measures: Measures, child: number, memoryMb: number): string[] {
  const words: string[] = [];
  if (measures.network !== null) words.push(UNSHARE, ...(measures.network === 'root' ? ['-n'] : ['-r', '-n']), '--');
  if (measures.setpriv) {
    words.push(SETPRIV, ...(measures.ownUser ? userFlags(child) : []));
    if (measures.capabilities) words.push('--bounding-set=-all', '--inh-caps=-all');
    words.push('--no-new-privs', '--pdeathsig=KILL', '--');
  }
  if (measures.limits) {
    const own = measures.ownUser ? ['--nproc=64'] : [];
    const dataBytes = (RESERVED_MB + memoryMb) * 1024 * 1024;
    words.push(PRLIMIT, '--core=0', `--data=${dataBytes}`, '--nofile=64', '--fsize=0', ...own, '--');
  }
  return words;
}

/** A user of its own for each child, so that one cannot signal another. */
function userFlags(child: number): string[] {
  const uid = FIRST_UID + (child % UIDS);
  return [`--reuid=${uid}`, `--regid=${uid}`, '--clear-groups'];
}

function gapsOf(measures: Measures, root: boolean): string[] {
  const gaps: string[] = [];
  if (measures.network === null) gaps.push(GAP.network);
  if (!measures.setpriv) gaps.push(GAP.setpriv);
  if (!measures.ownUser && root) gaps.push(GAP.user);
  if (!measures.limits) gaps.push(GAP.limits);
  return gaps;
}

/** What a running child really has, read from the kernel; a line per measure that was asked for and is not there. */
export function missingMeasures(pid: number, wrap: readonly string[]): string[] {
  if (process.platform !== 'linux') return [];
  const gaps: string[] = [];
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  if (wrap.includes(UNSHARE) && namespaceOf(pid) === readlinkSync('/proc/self/ns/net')) gaps.push(GAP.network);
  if (wrap.includes(SETPRIV) && !/^NoNewPrivs:\t1$/m.test(status)) gaps.push(GAP.setpriv);
  if (wrap.some((word) => word.startsWith('--reuid')) && /^Uid:\t0\t/m.test(status)) gaps.push(GAP.user);
  if (wrap.includes(PRLIMIT)) {
    const limits = readFileSync(`/proc/${pid}/limits`, 'utf8');
    if (/^Max data size +unlimited/m.test(limits)) gaps.push(GAP.limits);
  }
  return gaps;
}

function namespaceOf(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`);
  } catch {
    // Without root the kernel may refuse to show it; the test by findContainment counts.
    return null;
  }
}

/** Isolates that may use more are for large tables. */
const LARGE_MB = 500;

/** Node's own permissions: read its program and the native addon, nothing else of the file system. */
export function nodeFlags(build: string, isolateMb: number): string[] {
  const readable = [
    build,
    join(ROOT, 'node_modules/isolated-vm'),
    join(ROOT, 'node_modules/node-gyp-build'),
    join(ROOT, 'package.json'),
    // Without this the addon's loader does not find out which C library it runs on.
    '/etc/alpine-release',
  ];
  return [
    '--permission',
    '--allow-addons',
    ...readable.map((path) => `--allow-fs-read=${path}`),
    '--disable-warning=SecurityWarning',
    '--max-old-space-size=256',
    // A stage of a large table reaches this anyway: to look through all its rows again and again on the way costs a tenth.
    ...(isolateMb > LARGE_MB ? ['--initial-old-space-size=128'] : []),
    // The type stripper's 3 MB of WebAssembly are ours: checked function by function as they are used.
    '--wasm-lazy-validation',
    '--unhandled-rejections=strict',
  ];
}

export const ROOT = dirname(dirname(import.meta.dirname));
