// Measures the disk and the sandbox for /metrics; passes every call through unchanged.
import type { Pool } from '#sandbox/index.ts';
import type { Metrics } from './platform/metrics.ts';
import type { Storage } from './storage/storage.ts';

export function watchedStorage(storage: Storage, metrics: Metrics): Storage {
  const appended = metrics.counter('crowd_events_total', 'Events appended to the logs');
  const times = metrics.histogram('crowd_append_seconds', 'Duration of a durable append');
  const timed = async (events: number, append: Promise<void>) => {
    const began = performance.now();
    await append;
    times.observe((performance.now() - began) / 1000);
    appended.add(events);
  };
  return {
    create: (row, first) => timed(first.events.length, storage.create(row, first)),
    append: (append) => timed(append.events.length, storage.append(append)),
    sessions: () => storage.sessions(),
    read: (session, afterSeq) => storage.read(session, afterSeq),
    docLoad: (session) => storage.docLoad(session),
    docCompact: (session, upTo, update) => storage.docCompact(session, upTo, update),
    blob: (session, hash) => storage.blob(session, hash),
    putCache: (session, cache) => storage.putCache(session, cache),
    getCache: (session, version) => storage.getCache(session, version),
    markUse: (session, use) => storage.markUse(session, use),
    clock: () => storage.clock(),
    noteClock: (at) => storage.noteClock(at),
    probe: () => storage.probe(),
    remove: (session) => storage.remove(session),
    close: () => storage.close(),
  };
}

export function watchedPool(pool: Pool, metrics: Metrics): Pool {
  const times = metrics.histogram('crowd_run_seconds', 'Duration of a run in the sandbox, waiting included');
  metrics.gauge('crowd_runs_running', 'Runs in the sandbox now', () => pool.stats().running);
  metrics.gauge('crowd_runs_queued', 'Runs waiting for a place', () => pool.stats().queued);
  metrics.gauge('crowd_sandbox_warm', 'Children ready for a run', () => pool.stats().warm);
  metrics.gauge('crowd_sandbox_predictors', 'Children that answer What-if questions', () => pool.stats().predictors);
  return {
    runJob: (job, onProgress) => {
      const began = performance.now();
      const handle = pool.runJob(job, onProgress);
      void handle.report.then(() => times.observe((performance.now() - began) / 1000));
      return handle;
    },
    predict: (session, rows) => pool.predict(session, rows),
    evaluate: (expression) => pool.evaluate(expression),
    explain: (job, onPart) => pool.explain(job, onPart),
    learningCurve: (job, onPart) => pool.learningCurve(job, onPart),
    pushes: (job) => pool.pushes(job),
    forget: (session) => pool.forget(session),
    get gaps() {
      return pool.gaps;
    },
    stats: () => pool.stats(),
    close: () => pool.close(),
  };
}
