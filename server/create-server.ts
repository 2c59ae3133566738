// Composition: one HTTP server with pages, routes, Socket.IO and the text socket, over one registry of sessions.
// What it needs of the outside world (disk, sandbox, clock) can be passed by a test.
import { access, chmod, constants, mkdir, readFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
  type Course,
  createDataProfiles,
  createPool,
  createTableJobs,
  defaultCourse,
  guestTypes,
  outsideFolder,
  type Pool,
  TABLE_LIMITS,
} from '#sandbox/index.ts';
import { announceBasePath } from '#session-core/protocol/base-path.ts';
import type { ClusterNode } from './cluster/node.ts';
import { type ControlSocket, listenForControl } from './control-socket.ts';
import { KeptReplays } from './export/kept-replays.ts';
import { KeptRepositories } from './export/kept-repositories.ts';
import type { AppContext } from './http/app-context.ts';
import { JoinLimit, type TryCode } from './http/join-throttle.ts';
import { LastWins } from './http/latest-only.ts';
import { OriginCheck } from './http/origin-check.ts';
import { createPages } from './http/pages.ts';
import { shouldUpgradeCallback } from './http/refuse-upgrade.ts';
import { createRequestListener } from './http/request-listener.ts';
import { countedLog, measureCluster, measureDatabase, watchedPool, watchedStorage } from './instrumentation.ts';
import { startNightlyBackup } from './nightly-backup.ts';
import { shortenAddresses, takeOffBasePath } from './platform/base-path.ts';
import { type After, type Now, systemAfter, systemNow } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { createLog, type Log } from './platform/log.ts';
import { Metrics } from './platform/metrics.ts';
import { defaultRouteAddress } from './platform/own-addresses.ts';
import { measureProcess } from './platform/process-metrics.ts';
import { RateLimit } from './platform/rate-limit.ts';
import { redactedLines } from './platform/redact.ts';
import { limitConnectionCount } from './realtime/connection-count.ts';
import { createGateway, SOCKET_PATH } from './realtime/gateway.ts';
import { listenForUpgrades } from './realtime/upgrade.ts';
import { createRegistry } from './session/registry.ts';
import { lazyPool } from './session/runs/lazy-pool.ts';
import type { Registry } from './session/session-api.ts';
import { sessionCourses } from './session/session-courses.ts';
import { joinCodeOf, newToken } from './session/tokens.ts';
import { createTableUploads } from './session/uploads/table-uploads.ts';
import { DataFolderFault } from './startup-error.ts';
import { createSqliteStorage, type SqliteStorage } from './storage/sqlite.ts';
import type { Storage } from './storage/storage.ts';
import { createStorageHealth } from './storage-health.ts';

export interface ServerOptions {
  readonly config: Config;
  readonly storage?: Storage;
  readonly pool?: Pool;
  readonly now?: Now;
  readonly after?: After;
  /** false: no pages, only routes and sockets. */
  readonly next?: boolean;
  readonly log?: Log;
  /** Whether an answer that does not fit its contract is an error; by default in development only. */
  readonly checkAnswers?: boolean;
  /** Default: the one that ships with the project. The first is that of a session that names none. */
  readonly courses?: readonly [Course, ...Course[]];
  /** In place of the one made from storage and pool. */
  readonly registry?: Registry;
  /** One of several nodes that share a database; its storage is used. */
  readonly cluster?: ClusterNode;
}
export interface CrowdServer {
  /** Resolves with the address this machine reaches it at. */
  listen(): Promise<string>;
  /** Says on every page that the server restarts, and gives runs a few seconds to end; then it may be closed. */
  drain(): Promise<void>;
  /** Resolves when everything acknowledged is on the disk and every child process has ended. */
  close(): Promise<void>;
  /** The address for participants; known once it listens. */
  readonly url: () => string;
  /** Further addresses that others may reach it at. */
  readonly addresses: () => readonly string[];
  /** Where sessions are created from another machine, until the next start. */
  readonly createUrl: () => string;
  readonly registry: Registry;
  readonly log: Log;
  readonly version: string;
  /** Sandbox protections that this machine lacks, a sentence each; resolves when the sandbox is ready. */
  readonly gaps: Promise<readonly string[]>;
  /** Loads Next, which the first page asked for would do, too. Rejects with a PagesFault where there is nothing to show. */
  startPages(): Promise<void>;
}

// As long as a table of 20 MB takes over a slow network. A connection is kept for longer than reverse proxies keep theirs:
// one that we close just as they send the next request on it is an error to them, which not all of them try again.
const TIMEOUTS = { requestTimeout: 120_000, headersTimeout: 15_000, keepAliveTimeout: 65_000 };
const BACKLOG = 2048;
const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
const DRAIN_LOOK_MS = 300;
/** What runs longer is interrupted, and shown so after the start. */
const DRAIN_RUNS_MS = 5_000;

export async function createServer(options: ServerOptions): Promise<CrowdServer> {
  const { config, now = systemNow, after = systemAfter, cluster = null } = options;
  const courses = options.courses ?? ([defaultCourse()] as const);
  const version = await ownVersion();
  const metrics = new Metrics();
  const log = countedLog(options.log ?? createLog(config.logLevel), metrics);
  const usage = measureProcess(metrics);
  metrics.gauge('crowd_build_info', 'Always 1; its labels say what runs', () => ({ [version]: 1 }), 'version');
  let draining = false;
  const ownPool = options.pool ?? cluster?.pool;
  let sandboxReady = ownPool !== undefined && ownPool !== null;
  if (!options.storage) await prepareFolder(config.dataDir);
  const given = options.storage ?? cluster?.storage;
  const database = given ? null : await openStorage(config, log);
  const kept = given ?? database!;
  if (database) measureDatabase(databaseOf(config), metrics);
  const storageHealth = createStorageHealth({ storage: watchedStorage(kept, metrics), now, after, log });
  const { storage, fault: storageFault } = storageHealth;
  const opening = ownPool
    ? Promise.resolve(ownPool)
    : createPool({ rehearsed: config.warmStages, log: (line) => log.info('sandbox', { line: redactedLines(line) }) });
  const pool = watchedPool(ownPool ?? lazyPool(opening), metrics);
  const tables = createTableJobs();
  const dataProfiles = createDataProfiles();
  const own = { courses: sessionCourses(courses, config.courseData), tables, looks: dataProfiles };
  const surroundings = { storageFault, isDraining: () => draining };
  const ownership = cluster ? { ownership: cluster.ownership } : {};
  const parts = { surroundings, storage, pool, now, after, log, config, ...own, ...ownership };
  const registry = options.registry ?? createRegistry(parts);
  const origins = new OriginCheck(config);
  const server = http.createServer({ ...TIMEOUTS, shouldUpgradeCallback });
  const tryCode: TryCode = (request, typed, look) =>
    app.joins.find(origins.addressOf(request), joinCodeOf(typed), look);
  const listener = cluster?.listener(server, { registry, tryCode }) ?? server;
  const connections = limitConnectionCount(listener, log, cluster ? 2 : 1);
  announceBasePath(origins.basePath);
  const pages = options.next === false ? null : createPages({ dev: config.dev });
  const limits = new RateLimit(now);
  const app: AppContext = {
    config,
    registry,
    origins,
    metrics,
    httpTimes: metrics.histogram('crowd_http_seconds', 'Answers by route and status', 'route', 'code'),
    loopLagMs: usage.loopLagMs,
    isSandboxReady: () => sandboxReady,
    joins: new JoinLimit({ now, pause, nodes: () => cluster?.status().nodes ?? 1 }),
    cluster: () => cluster?.status() ?? null,
    limits,
    createKey: newToken(),
    predictions: new LastWins(4, now),
    now,
    replays: new KeptReplays(now),
    repositories: new KeptRepositories(now),
    log,
    ...surroundings,
    sockets: () => gateway.sockets() + upgrades.sockets(),
    version,
    dataProfiles,
    tables,
    newTableId: () => (cluster?.tableKey ?? '') + newToken(),
    uploads: createTableUploads({ dataDir: config.dataDir, mostBytes: TABLE_LIMITS.bytes, after }),
    guestTypes,
    outside: outsideFolder,
    checkAnswers: options.checkAnswers ?? config.dev,
  };
  registry.onRemoved((session) => {
    app.replays.forget(session);
    app.repositories.forget(session);
  });
  // Before Socket.IO: it takes the listeners that are there already behind its own.
  server.on('request', createRequestListener(app, pages?.handle ?? null));
  const ackTimes = metrics.histogram('crowd_ack_seconds', 'From a command to its ack', 'command');
  const viewers = { perAddress: config.viewersPerAddress, perSession: config.viewersPerSession };
  const peopleOfAddress = config.joinsPerAddress;
  const gateway = createGateway({ server, registry, origins, viewers, peopleOfAddress, now, log, ackTimes });
  const upgrades = listenForUpgrades(server, {
    registry,
    origins,
    viewers,
    log,
    leave: SOCKET_PATH,
    decoy: config.dev ? (pages?.decoy ?? null) : null,
  });
  takeOffBasePath(listener, origins.basePath);
  shortenAddresses(listener);
  metrics.gauge('crowd_sessions', 'Sessions in memory', () => registry.live().length);
  metrics.gauge(
    'crowd_sockets',
    'Open sockets: of commands and views, and of the shared text',
    () => ({ commands: gateway.sockets(), text: upgrades.sockets() }),
    'kind',
  );
  metrics.gauge('crowd_people', 'Participants who are connected', () =>
    registry.live().reduce((sum, session) => sum + session.view().online, 0),
  );

  if (cluster) measureCluster(cluster.status, metrics);
  let control: ControlSocket | null = null;
  let stopBackups = () => {};
  // `gaps` rejects for whoever awaits it; nobody has to.
  opening.then(
    () => {
      sandboxReady = true;
    },
    () => undefined,
  );

  return {
    registry,
    log,
    version,
    gaps: opening.then(({ gaps }) => gaps),
    url: () => origins.publicUrl,
    addresses: () =>
      origins.addresses
        .map(({ origin }) => origin + origins.basePath)
        .filter((address) => address !== origins.publicUrl),
    createUrl: () => `${origins.publicUrl}/new#${app.createKey}`,
    startPages: async () => pages?.start(),
    listen: async () => {
      await cluster?.start(version);
      await new Promise<void>((done, fail) => {
        listener.once('error', fail);
        listener.listen({ port: config.port, host: config.host, backlog: BACKLOG }, done);
      });
      const { port } = listener.address() as AddressInfo;
      storageHealth.watch(() => {
        for (const session of registry.live()) session.surroundingsChanged();
      });
      if (database) {
        const backup = (file: string) => database.backup(file);
        control = await listenForControl(config.dataDir, { backup }, log);
        if (config.backupDir !== null)
          stopBackups = startNightlyBackup({ folder: config.backupDir, now, after, log, backup });
      }
      origins.listensAt(port, config.lan ? await defaultRouteAddress() : null);
      connections.listening();
      return `http://${/^(0\.0\.0\.0|::|127\.0\.0\.1)$/.test(config.host) ? 'localhost' : config.host}:${port}${origins.basePath}`;
    },
    drain: async () => {
      draining = true;
      if (app.sockets() === 0) return;
      for (const session of registry.live()) session.surroundingsChanged();
      const began = performance.now();
      // The first pause lets the pages hear of it.
      do await pause(DRAIN_LOOK_MS);
      while (pool.stats().running > 0 && performance.now() - began < DRAIN_RUNS_MS);
    },
    close: async () => {
      cluster?.stopClaiming();
      listener.close();
      stopBackups();
      storageHealth.stop();
      await control?.close();
      await registry.close();
      gateway.close();
      upgrades.close();
      listener.closeAllConnections();
      await cluster?.stop();
      await Promise.all([pool.close(), tables.close(), pages?.close(), dataProfiles.close()]);
      await storage.close();
      usage.close();
    },
  };
}

async function ownVersion(): Promise<string> {
  const text = await readFile(join(import.meta.dirname, '../package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

const databaseOf = ({ dataDir }: Config) => join(dataDir, 'sessions.db');

async function openStorage(config: Config, log: Log): Promise<SqliteStorage> {
  const storage = await createSqliteStorage({ file: databaseOf(config) });
  if (storage.migrated) {
    const { from, to, copy } = storage.migrated;
    log.warn('database_migrated', { from: `${from.schema}.${from.events}`, to: `${to.schema}.${to.events}`, copy });
  }
  return storage;
}

/** Readable by this user only: it holds what people said. */
async function prepareFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    await chmod(folder, 0o700);
  } catch (error) {
    const code = (error as { code?: string }).code ?? String(error);
    throw new DataFolderFault(
      `The data folder ${folder} cannot be written (${code}); choose another one with DATA_DIR.`,
    );
  }
}
