// One node of several that share a Postgres: storage, ownership, heartbeat and front, put together for the server.
// Invariant: loaded only where DATABASE_URL is set. A node whose time ran out asks about each of its sessions before it goes
// on. One that is not heard for ten seconds, or sooner where another one is, lets everybody go to another node.
import { createHash, randomBytes } from 'node:crypto';
import { access } from 'node:fs/promises';
import type http from 'node:http';
import { join } from 'node:path';
import type { Pool } from '#sandbox/index.ts';
import type { ClusterFacts } from '../http/app-context.ts';
import type { TryCode } from '../http/join-throttle.ts';
import { factsOf, type Log } from '../platform/log.ts';
import type { Ownership } from '../session/ownership.ts';
import type { Registry } from '../session/session-api.ts';
import type { SessionCourse } from '../session/session-courses.ts';
import { createPostgresStorage } from '../storage/postgres.ts';
import { faultOf } from '../storage/postgres-errors.ts';
import { openPostgres } from '../storage/postgres-open.ts';
import { type Storage, StorageUnavailable } from '../storage/storage.ts';
import { openFleet } from './fleet.ts';
import { createFront } from './front.ts';
import { type Beat, type Heartbeat, type Peer, startHeartbeat } from './heartbeat.ts';
import { createLocate } from './locate.ts';
import { eventsReadBy, nodeBuild } from './node-build.ts';
import { type Claim, createOwnership } from './ownership.ts';
import { isHeardElsewhere } from './peers.ts';
import { tableKeyOf } from './session-address.ts';
import { createTickets } from './tickets.ts';

export interface ClusterSettings {
  readonly databaseUrl: string;
  /** Shared by all nodes: who shows it passes on the requests of others. */
  readonly secret: string;
  /** Where the other nodes reach this one. */
  readonly url: string;
  readonly leaseMs: number;
  /** Of the workers that perform the runs; null: each node performs its own. */
  readonly workerSecret: string | null;
}
export interface ClusterNode {
  readonly storage: Storage;
  /** By workers on other machines; null: the node's own children. */
  readonly pool: Pool | null;
  readonly ownership: Ownership;
  readonly warnings: readonly string[];
  /** With what the ids of tables begin that are uploaded here: by it the other nodes find them. */
  readonly tableKey: string;
  /** What listens in place of `inner`. */
  listener(
    inner: http.Server,
    server: {
      readonly registry: Registry;
      /** Looks for what a join code leads to, unless this visitor guesses too fast. */
      readonly tryCode: TryCode;
    },
  ): http.Server;
  /** Resolves once the other nodes know this one; rejects where it may not be one of them. */
  start(version: string): Promise<void>;
  status(): ClusterFacts;
  /** Before the sessions are released: from now on this node takes none. */
  stopClaiming(): void;
  /** Once all sessions are released: takes this node out of the list. */
  stop(): Promise<void>;
}

const BUILT = join(import.meta.dirname, '../../.next');
const LOST_MS = 10_000;
const LOOK_MS = 500;
/** A session that was only read is given back after so long. */
const IDLE_MS = 60_000;
const RECHECK_AT_ONCE = 20;
/** That a session waits for a newer version. */
const SAY_AGAIN_MS = 60_000;

export async function openCluster(settings: ClusterSettings, log: Log): Promise<ClusterNode> {
  const { databaseUrl, secret, url, leaseMs, workerSecret } = settings;
  const node = `${new URL(url).host}-${randomBytes(4).toString('hex')}`;
  const now = () => performance.now();
  const postgres = await openPostgres(databaseUrl);
  const query = (sql: string, values: unknown[]) =>
    postgres.claims.query(sql, values).catch((error: unknown) => {
      throw faultOf(error);
    });
  const ownership = createOwnership({ query, node, leaseMs, now });
  const storage = createPostgresStorage({ postgres, epochOf: ownership.epochOf });
  const failed = (what: string, error: unknown) => log.sampled(what, factsOf(error), 'cluster');
  const tickets = createTickets(postgres, node);
  const fleet = workerSecret === null ? null : openFleet({ tickets, secret: workerSecret, now, log, failed });
  let registry: Registry | null = null;
  let tryCode: TryCode = async () => null;
  let others: readonly Peer[] = [];
  let heartbeat: Heartbeat | null = null;
  let beatAt = now();
  let saidNewerAt = Number.NEGATIVE_INFINITY;
  let isLost = false;
  let inDoubt = false;
  let isEnding = false;
  let checking: Promise<void> | null = null;

  const built = new Map<string, Promise<boolean>>();
  const hasBuilt = (file: string): Promise<boolean> => {
    const known = built.get(file);
    if (known !== undefined) return known;
    const found = access(join(BUILT, file)).then(
      () => true,
      () => {
        // A name that somebody made up must not stay in memory.
        built.delete(file);
        return false;
      },
    );
    built.set(file, found);
    return found;
  };
  const alive = () => others.filter((other) => other.alive).map((other) => other.url);

  /**
   * What nobody has while this node ends, or cannot read, is for another one to take, the same one for all visitors of a
   * session.
   */
  async function claimOrPassOn(session: string): Promise<Claim | null> {
    const claim = await ownership.claim(session);
    if (claim === null || claim.mine || claim.url !== null || (claim.newer === null && !isEnding)) return claim;
    const { newer } = claim;
    const able = others.filter((other) => other.alive && (newer === null || eventsReadBy(other.version) >= newer));
    const urls = able.map((other) => other.url).sort();
    const sum = Buffer.from(session).reduce((before, byte) => before + byte, 0);
    const url = urls[sum % urls.length] ?? null;
    if (newer !== null && url === null && now() - saidNewerAt > SAY_AGAIN_MS) {
      saidNewerAt = now();
      log.warn('session_of_newer_version', { session, code: newer });
    }
    return { ...claim, url };
  }
  const front = createFront({
    secret,
    locate: createLocate({
      isMine: ownership.isMine,
      claim: claimOrPassOn,
      now,
      failed: (error) => failed('claim_failed', error),
    }),
    sessionOfCode: (typed, request) =>
      tryCode(request, typed, async (code) => {
        const row = await storage.findByJoinCode(code);
        // An ended one is not looked up: the time of the answer would differ from that of a wrong code.
        return row === null || row.ended ? null : row.id;
      }),
    hasBuilt,
    workers: fleet?.routes,
    others: alive,
    failed,
  });

  function onBeat(beat: Beat): void {
    beatAt = now() - Math.max(0, Date.now() - beat.at);
    others = beat.others;
    if (isLost) log.warn('heartbeat_works_again', { node });
    isLost = false;
    const reached = new Set(alive());
    for (const to of front.openTo()) if (!reached.has(to)) front.cut(to);
    if (beat.ranOut) {
      log.warn('time_ran_out', { node });
      inDoubt = true;
    }
    if (inDoubt) checking ??= recheck().finally(() => (checking = null));
  }

  const ours = () => new Set([...ownership.owned(), ...(registry?.live() ?? []).map(({ id }) => id)]);
  /** Another node may have taken what is ours; what was taken and given back has changed meanwhile, too. */
  async function recheck(): Promise<void> {
    inDoubt = false;
    const sessions = [...ours()];
    for (let from = 0; from < sessions.length; from += RECHECK_AT_ONCE)
      await Promise.all(
        sessions.slice(from, from + RECHECK_AT_ONCE).map(async (id) => {
          const held = ownership.epochOf(id);
          try {
            const claim = await ownership.claim(id);
            if (!claim?.mine || claim.epoch !== held) await registry?.lose(id);
          } catch (error) {
            inDoubt = true;
            failed('claim_failed', error);
          }
        }),
      );
  }

  async function look(): Promise<void> {
    const silentMs = now() - beatAt;
    const mayBeCut = !isLost && silentMs > leaseMs;
    const urls = others.map((other) => other.url);
    // Is the database away for all, everybody waits where they are; is it this node that is cut, the others go on.
    if (mayBeCut && (silentMs > LOST_MS || (await isHeardElsewhere(urls, leaseMs)))) {
      isLost = true;
      log.error('heartbeat_lost', { node });
      // At once: a write that is under way ends seconds later, and the people of the others must not wait for it.
      await Promise.all(Array.from(ours(), (id) => registry?.lose(id)));
    }
    if (!isLost) await ownership.releaseIdle(now() - IDLE_MS, (id) => registry?.isInUse(id) ?? false);
  }
  let looking: NodeJS.Timeout | undefined;
  const lookAgain = () => {
    looking = setTimeout(() => {
      look()
        .catch((error: unknown) => failed('release_failed', error))
        .finally(() => heartbeat && lookAgain());
    }, LOOK_MS).unref();
  };

  return {
    storage,
    pool: fleet?.pool ?? null,
    ownership,
    warnings: postgres.warnings,
    tableKey: tableKeyOf(url),
    listener(inner, server) {
      ({ registry, tryCode } = server);
      return front.listener(inner);
    },
    async start(version) {
      const dataHash = hashOfTables(registry?.courses ?? []);
      const first = Promise.withResolvers<void>();
      let begun = false;
      heartbeat = startHeartbeat(
        { databaseUrl, node, url, version: nodeBuild(version), dataHash, leaseMs },
        {
          beat: (beat) => {
            onBeat(beat);
            if (begun) return;
            begun = true;
            const other = beat.others.find((one) => one.alive && one.dataHash !== dataHash);
            if (other === undefined) first.resolve();
            else first.reject(new StorageUnavailable(otherTables(other.url)));
          },
          failed: (message) => log.sampled('heartbeat_failed', { message }, 'cluster'),
        },
      );
      await first.promise.catch(async (error: unknown) => {
        await heartbeat?.stop();
        throw error;
      });
      lookAgain();
    },
    status: () => ({
      node,
      nodes: 1 + others.filter(({ alive }) => alive).length,
      owned: ownership.owned().length,
      forwarded: front.counts.forwarded,
      held: front.counts.held,
      ownerChanges: ownership.changes(),
      heartbeatMs: Math.round(now() - beatAt),
      isLost,
      ...(fleet ? { fleet: fleet.facts() } : {}),
    }),
    stopClaiming() {
      isEnding = true;
      ownership.stopClaiming();
    },
    async stop() {
      clearTimeout(looking);
      const beating = heartbeat;
      heartbeat = null;
      front.close();
      await fleet?.close();
      await checking;
      await beating?.stop();
      await postgres.claims.end();
    },
  };
}

const otherTables = (url: string) =>
  `The node at ${url} has other tables than this one, so their scores could not be compared: give all nodes the same courses and the same COURSE_DATA.`;

/** Of everything that scores depend on. */
function hashOfTables(courses: readonly SessionCourse[]): string {
  const hash = createHash('sha256');
  for (const course of courses)
    for (const task of new Set(course.about.checkpoints.map((checkpoint) => checkpoint.task))) {
      const { listing, holdout } = course.data(task);
      hash.update(JSON.stringify([course.id, task, listing, holdout]));
    }
  return hash.digest('hex');
}
