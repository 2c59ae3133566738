// The configuration: flags and environment, checked once and frozen.
// Invariant: the only reader of process.env; a bad value is one sentence that names it and what is allowed.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { canBeBasePath, ownSegmentOf } from './base-path.ts';
import { ownAddresses } from './own-addresses.ts';

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Bound to all interfaces, so that others can join; the terminal prints the QR code. */
  readonly lan: boolean;
  readonly dataDir: string;
  /** Without a trailing slash, with the path that the app is served under. null: http://localhost at the port that listens. */
  readonly publicUrl: string | null;
  /** Number of proxies in front whose X-Forwarded-For is believed; 0: the header is ignored. */
  readonly trustProxy: number;
  /** Sockets of each kind that may be open without a token: of one address, of one session. */
  readonly viewersPerAddress: number;
  readonly viewersPerSession: number;
  /** Who may take part in one session, facilitators apart. */
  readonly participantsPerSession: number;
  /** Joins a minute from one address; as many at once. */
  readonly joinsPerAddress: number;
  /** What a run may take at most, whatever `limits` its course asks for. */
  readonly courseLimits: { readonly seconds: number; readonly memoryMb: number };
  /** Stages that a waiting child of the sandbox has rehearsed. */
  readonly warmStages: number;
  readonly createToken: string | null;
  /** Folders of courses, the first before the others; none: those that ship with the project. */
  readonly courses: readonly string[];
  /** A folder of folders of courses, beside those. */
  readonly coursesDir: string | null;
  /** The table of the first course, or a folder that holds it. */
  readonly courseData: string | null;
  /** One node of several, with the database that they share; null: this process is the whole server. */
  readonly cluster: {
    readonly databaseUrl: string;
    readonly secret: string;
    readonly url: string;
    readonly leaseMs: number;
    /** Of the workers that perform the runs; null: each node performs its own. */
    readonly workerSecret: string | null;
  } | null;
  /** Folder of the nightly backups; null: none are made. */
  readonly backupDir: string | null;
  /** Who sends it as a Bearer token reads /metrics from elsewhere; null: only this machine does. */
  readonly metricsToken: string | null;
  /** Next compiles pages as they are asked for. */
  readonly dev: boolean;
  /** Make a session even where an open one is there. */
  readonly makeNew: boolean;
  readonly logLevel: 'info' | 'warn' | 'error';
}

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly line: string };
export type Environment = Readonly<Record<string, string | undefined>>;

/** Every variable of the environment that the server reads, with its default; null: unset. `.env.example` lists them. */
export const SETTINGS = {
  PORT: '3000',
  HOST: '127.0.0.1',
  DATA_DIR: 'data/sessions',
  DATABASE_URL: null,
  PUBLIC_URL: null,
  TRUST_PROXY: '0',
  VIEWERS_PER_ADDRESS: '500',
  VIEWERS_PER_SESSION: '2000',
  PARTICIPANTS_PER_SESSION: '1200',
  JOINS_PER_ADDRESS: '300',
  COURSE_RUN_SECONDS: '300',
  COURSE_MEMORY_MB: '2048',
  WARM_STAGES: '4',
  CREATE_TOKEN: null,
  COURSE: null,
  COURSES_DIR: null,
  COURSE_DATA: null,
  CLUSTER_SECRET: null,
  NODE_URL: null,
  LEASE_MS: '3000',
  RUNS: 'here',
  WORKER_SECRET: null,
  BACKUP_DIR: null,
  METRICS_TOKEN: null,
  LOG_LEVEL: 'warn',
} as const satisfies Readonly<Record<string, string | null>>;

/** What a command beside the server needs. */
export function readFolders(env: Environment = process.env): { readonly dataDir: string; readonly calledFrom: string } {
  // npm starts its scripts in the project's folder, wherever it was called.
  return { dataDir: resolve(env['DATA_DIR'] || SETTINGS.DATA_DIR), calledFrom: env['INIT_CWD'] ?? process.cwd() };
}

class BadValue extends Error {}

/** @param argv what follows the program's name. Flags win over the environment. */
export function readConfig(argv: readonly string[], env: Environment = process.env): ConfigResult {
  try {
    return { ok: true, config: Object.freeze(read(argv, env)) };
  } catch (error) {
    if (error instanceof BadValue) return { ok: false, line: error.message };
    if (String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS'))
      return {
        ok: false,
        line: `${(error as Error).message.split('. ')[0]}. Flags are --port <number>, --host <address>, --course <folder>, --lan and --new.`,
      };
    throw error;
  }
}

function read(argv: readonly string[], env: Environment): Config {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      lan: { type: 'boolean', default: false },
      course: { type: 'string', multiple: true },
      new: { type: 'boolean', default: false },
      dev: { type: 'boolean', default: false },
    },
  });
  const set = <Name extends keyof typeof SETTINGS>(name: Name): string | (typeof SETTINGS)[Name] =>
    env[name] || SETTINGS[name];
  const { lan } = values;
  if (lan && ownAddresses(null).length === 0)
    throw new BadValue('--lan found no network on this machine; connect it to one, or start without --lan.');
  const publicUrl = set('PUBLIC_URL');
  const port = portOf(values.port ?? set('PORT'), values.port === undefined ? 'PORT' : '--port');
  const host = hostOf(values.host ?? (lan ? '0.0.0.0' : set('HOST')));
  return {
    port,
    host,
    lan,
    dataDir: resolve(set('DATA_DIR')),
    publicUrl: publicUrl === null ? null : publicUrlOf(publicUrl, values.dev),
    trustProxy: trustProxyOf(set('TRUST_PROXY')),
    viewersPerAddress: countOf('VIEWERS_PER_ADDRESS', set('VIEWERS_PER_ADDRESS'), 'sockets'),
    viewersPerSession: countOf('VIEWERS_PER_SESSION', set('VIEWERS_PER_SESSION'), 'sockets'),
    participantsPerSession: countOf('PARTICIPANTS_PER_SESSION', set('PARTICIPANTS_PER_SESSION'), 'people'),
    joinsPerAddress: countOf('JOINS_PER_ADDRESS', set('JOINS_PER_ADDRESS'), 'joins a minute'),
    courseLimits: {
      seconds: countOf('COURSE_RUN_SECONDS', set('COURSE_RUN_SECONDS'), 'seconds'),
      memoryMb: countOf('COURSE_MEMORY_MB', set('COURSE_MEMORY_MB'), 'megabytes'),
    },
    warmStages: warmStagesOf(set('WARM_STAGES')),
    createToken: tokenOf('CREATE_TOKEN', set('CREATE_TOKEN')),
    courses: values.course ?? (set('COURSE') === null ? [] : [String(set('COURSE'))]),
    coursesDir: set('COURSES_DIR'),
    courseData: set('COURSE_DATA'),
    cluster: clusterOf({
      databaseUrl: set('DATABASE_URL'),
      publicUrl,
      secret: secretOf('CLUSTER_SECRET', set('CLUSTER_SECRET')),
      url: set('NODE_URL') ?? addressOfNode(host, port),
      leaseMs: set('LEASE_MS'),
      runs: set('RUNS'),
      workerSecret: tokenOf('WORKER_SECRET', set('WORKER_SECRET')),
    }),
    metricsToken: tokenOf('METRICS_TOKEN', set('METRICS_TOKEN')),
    backupDir: set('BACKUP_DIR') === null ? null : resolve(String(set('BACKUP_DIR'))),
    dev: values.dev,
    makeNew: values.new,
    logLevel: logLevelOf(set('LOG_LEVEL')),
  };
}

function portOf(text: string, name: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new BadValue(`${name} is "${text}"; it must be a whole number from 0 to 65535.`);
  return port;
}

function hostOf(text: string): string {
  if (!/^[A-Za-z0-9.:_-]+$/.test(text))
    throw new BadValue(`The host is "${text}"; it must be an address of this machine, such as 127.0.0.1.`);
  return text;
}

function publicUrlOf(text: string, dev: boolean): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username || !canBeBasePath(url.pathname))
    throw new BadValue(
      `PUBLIC_URL is "${text}"; it must look like https://crowd.example.org or https://example.org/crowd.`,
    );
  const taken = ownSegmentOf(url.pathname);
  if (taken !== null)
    throw new BadValue(
      `PUBLIC_URL is "${text}": the app has addresses of its own under /${taken}; choose another path.`,
    );
  if (dev && url.pathname !== '/')
    throw new BadValue(`PUBLIC_URL is "${text}": "npm run dev" serves no path; leave it out, or use "npm start".`);
  return url.origin + url.pathname.replace(/\/$/, '');
}

interface ClusterTexts {
  readonly databaseUrl: string | null;
  readonly publicUrl: string | null;
  readonly secret: string | null;
  readonly url: string | null;
  readonly leaseMs: string;
  readonly runs: string;
  readonly workerSecret: string | null;
}

function clusterOf({
  databaseUrl,
  publicUrl,
  secret,
  url,
  leaseMs,
  runs,
  workerSecret,
}: ClusterTexts): Config['cluster'] {
  if (runs !== 'here' && runs !== 'fleet') throw new BadValue(`RUNS is "${runs}"; it must be here or fleet.`);
  if (databaseUrl === null) {
    if (runs === 'here') return null;
    throw new BadValue('RUNS=fleet needs DATABASE_URL: runs wait there until a worker takes them.');
  }
  if (runs === 'fleet' && workerSecret === null)
    throw new BadValue(
      'RUNS=fleet needs WORKER_SECRET: at least 16 random characters, the same for nodes and workers.',
    );
  // It may hold a password: the sentence must not repeat it.
  if (!URL.canParse(databaseUrl) || !/^postgres(ql)?:$/.test(new URL(databaseUrl).protocol))
    throw new BadValue('DATABASE_URL must look like postgres://user:password@host:5432/database.');
  if (publicUrl === null)
    throw new BadValue('DATABASE_URL needs PUBLIC_URL: people must find every node under one address.');
  if (secret === null)
    throw new BadValue('DATABASE_URL needs CLUSTER_SECRET: at least 16 random characters, the same for every node.');
  if (url === null || !/^http:\/\/[\w.\-[\]:]+$/.test(url) || !URL.canParse(url))
    throw new BadValue(
      'NODE_URL must be where the other nodes reach this one, such as http://10.0.0.5:3000; with PORT=0 or without a network it must be set.',
    );
  if (!/^\d{3,5}$/.test(leaseMs) || Number(leaseMs) < 1_000)
    throw new BadValue(`LEASE_MS is "${leaseMs}"; it must be milliseconds from 1000 to 99999.`);
  const workers = runs === 'fleet' ? workerSecret : null;
  if (workers === secret)
    throw new BadValue(
      'WORKER_SECRET must not be CLUSTER_SECRET: whoever runs a worker must not be able to speak for a node.',
    );
  return { databaseUrl, secret, url, leaseMs: Number(leaseMs), workerSecret: workers };
}

/** null: it cannot be known before the server listens. */
function addressOfNode(host: string, port: number): string | null {
  const at = /^(0\.0\.0\.0|::)$/.test(host) ? ownAddresses(null)[0]?.address : host;
  return at === undefined || port === 0 ? null : `http://${at.includes(':') ? `[${at}]` : at}:${port}`;
}

function trustProxyOf(text: string): number {
  if (text === 'true') return 1;
  if (text === 'false') return 0;
  if (!/^\d$/.test(text))
    throw new BadValue(`TRUST_PROXY is "${text}"; it must be the number of proxies in front, such as 1.`);
  return Number(text);
}

function countOf(name: string, text: string, what: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text))
    throw new BadValue(`${name} is "${text}"; it must be a number of ${what}, from 1 to 9999999.`);
  return Number(text);
}

function warmStagesOf(text: string): number {
  if (!/^[1-4]$/.test(text))
    throw new BadValue(`WARM_STAGES is "${text}"; it must be a number of stages, from 1 to 4.`);
  return Number(text);
}

function secretOf(name: string, text: string | null): string | null {
  // The value is a secret: the sentence must not repeat it.
  if (text !== null && text.length < 16)
    throw new BadValue(`${name} is too short to be safe; give it at least 16 characters.`);
  return text;
}

/** A secret that is sent as a Bearer token, of which so much is read. */
function tokenOf(name: string, text: string | null): string | null {
  if (text !== null && text.length > LONGEST_TOKEN)
    throw new BadValue(`${name} is too long; give it at most ${LONGEST_TOKEN} characters.`);
  return secretOf(name, text);
}
const LONGEST_TOKEN = 200;

function logLevelOf(text: string): Config['logLevel'] {
  if (text !== 'info' && text !== 'warn' && text !== 'error')
    throw new BadValue(`LOG_LEVEL is "${text}"; it must be info, warn or error.`);
  return text;
}
