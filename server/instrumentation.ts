// Measures the disk, the sandbox and refusals for /metrics; passes every call through unchanged.
import { stat } from 'node:fs/promises';
import type { Pool } from '#sandbox/index.ts';
import type { ClusterFacts } from './http/app-context.ts';
import type { Log } from './platform/log.ts';
import type { Metrics } from './platform/metrics.ts';
import { type Storage, StorageUnavailable } from './storage/storage.ts';

export function watchedStorage(storage: Storage, metrics: Metrics): Storage {
  const appended = metrics.counter('crowd_events_total', 'Events appended to the logs');
  const failures = metrics.counter('crowd_storage_failures_total', 'Writes that the storage did not take', 'cause');
  const times = metrics.histogram('crowd_append_seconds', 'Duration of a durable append');
  const written = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      failures.add(error instanceof StorageUnavailable ? error.kind : 'internal');
      throw error;
    }
  };
  const timed = async (events: number, append: Promise<void>) => {
    const began = performance.now();
    await written(append);
    times.observe((performance.now() - began) / 1000);
    appended.by(events);
  };
  return {
    ...storage,
    create: (row, first, ...more) => timed(first.events.length, storage.create(row, first, ...more)),
    append: (append) => timed(append.events.length, storage.append(append)),
    docCompact: (session, upTo, update) => written(storage.docCompact(session, upTo, update)),
    docReplace: (session, document) => written(storage.docReplace(session, document)),
    remove: (session) => written(storage.remove(session)),
  };
}

/** Sizes on the disk. @param file of the database */
export function measureDatabase(file: string, metrics: Metrics): void {
  const size = async (path: string): Promise<number> => {
    try {
      return (await stat(path)).size;
    } catch (error) {
      // A journal that was emptied is removed; a database that is gone is in the log, and fails otherwise.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
      throw error;
    }
  };
  metrics.gauge(
    'crowd_database_bytes',
    'Size of the database and of its write-ahead log',
    async () => ({ database: await size(file), wal: await size(`${file}-wal`) }),
    'file',
  );
}

/** One node of several. */
export function measureCluster(status: () => ClusterFacts, metrics: Metrics): void {
  metrics.gauge('crowd_cluster_nodes', 'Nodes that are alive, this one included', () => status().nodes);
  metrics.gauge('crowd_cluster_owned', 'Sessions that this node owns', () => status().owned);
  metrics.gauge('crowd_cluster_held', 'Visitors who wait for the owner of their session', () => status().held);
  metrics.total(
    'crowd_cluster_forwarded_total',
    'Requests and streams passed on to another node',
    () => status().forwarded,
  );
  metrics.total(
    'crowd_cluster_owner_changes_total',
    'Sessions that came to this node or were lost to another one',
    () => status().ownerChanges,
  );
  metrics.gauge(
    'crowd_cluster_heartbeat_age_seconds',
    'Since the last heartbeat that the database took',
    () => status().heartbeatMs / 1000,
  );
  const { fleet } = status();
  if (fleet === undefined) return;
  const facts = () => status().fleet ?? fleet;
  metrics.gauge('crowd_fleet_workers', 'Workers that ask this cluster for runs', () => facts().workers);
  metrics.gauge('crowd_fleet_places', 'Runs that they perform at a time', () => facts().places);
  metrics.gauge('crowd_fleet_waiting', 'Tickets of this node that wait for a worker', () => facts().waiting);
  metrics.total('crowd_fleet_lost_total', 'Workers that were gone in the middle of something', () => facts().lost);
}

/** Counts every refusal that may be in the log. */
export function countedLog(log: Log, metrics: Metrics): Log {
  const refusals = metrics.counter('crowd_refusals_total', 'What was refused, by its code', 'what', 'code');
  return {
    ...log,
    sampled(event, facts, kind) {
      const what = /^(\w+)_refused$/.exec(event)?.[1];
      if (what !== undefined) refusals.add(what, String(facts['code']));
      log.sampled(event, facts, kind);
    },
  };
}

export function watchedPool(pool: Pool, metrics: Metrics): Pool {
  const times = metrics.histogram('crowd_run_seconds', 'Duration of a run in the sandbox, waiting included', 'kind');
  const runs = metrics.counter(
    'crowd_runs_total',
    'Runs by their result and the limit that ended them',
    'result',
    'limit',
  );
  metrics.gauge('crowd_runs_running', 'Runs in the sandbox now', () => pool.stats().running);
  metrics.gauge('crowd_runs_queued', 'Runs waiting for a place', () => pool.stats().queued);
  metrics.gauge('crowd_sandbox_warm', 'Children ready for a run', () => pool.stats().warm);
  metrics.gauge('crowd_sandbox_predictors', 'Children that answer What-if questions', () => pool.stats().predictors);
  return {
    runJob: (job, onProgress) => {
      const began = performance.now();
      const handle = pool.runJob(job, onProgress);
      void handle.report.then(
        ({ status, error }) => {
          times.observe((performance.now() - began) / 1000, job.kind);
          runs.add(status, error?.kind === 'limit' ? error.code : 'none');
        },
        // Whoever asked for it deals with it.
        () => runs.add('lost', 'none'),
      );
      return handle;
    },
    predict: (session, rows) => pool.predict(session, rows),
    evaluate: (expression) => pool.evaluate(expression),
    explain: (job, onPart) => pool.explain(job, onPart),
    learningCurve: (job, onPart) => pool.learningCurve(job, onPart),
    pushes: (job) => pool.pushes(job),
    check: (job) => pool.check(job),
    forget: (session) => pool.forget(session),
    get gaps() {
      return pool.gaps;
    },
    stats: () => pool.stats(),
    close: () => pool.close(),
  };
}
