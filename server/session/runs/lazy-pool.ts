// A pool that may still be starting: runs wait for it, so that the server can listen at once.
import type { ExplainHandle, Pool, RunHandle } from '#sandbox/index.ts';

/** @param opening if it rejects, every run is rejected, too: the caller ends the process then */
export function lazyPool(opening: Promise<Pool>): Pool {
  let open: Pool | null = null;
  void opening.then(
    (pool) => {
      open = pool;
    },
    () => undefined,
  );
  /** What is cancelled before there is a pool is cancelled as soon as there is one. */
  function later<T>(start: (pool: Pool) => ExplainHandle<T>): ExplainHandle<T> {
    if (open) return start(open);
    let cancelled = false;
    const handle = opening.then((pool) => {
      const started = start(pool);
      if (cancelled) started.cancel();
      return started;
    });
    return {
      done: handle.then((started) => started.done),
      cancel: () => {
        cancelled = true;
        void handle.then((started) => started.cancel());
      },
    };
  }
  return {
    runJob: (job, onProgress): RunHandle => {
      if (open) return open.runJob(job, onProgress);
      let cancelled = false;
      const handle = opening.then((pool) => {
        const started = pool.runJob(job, onProgress);
        if (cancelled) started.cancel();
        return started;
      });
      return {
        report: handle.then((started) => started.report),
        checked: handle.then((started) => started.checked),
        cancel: () => {
          cancelled = true;
          void handle.then((started) => started.cancel());
        },
      };
    },
    predict: async (session, rows) => (await opening).predict(session, rows),
    evaluate: async (expression) => (await opening).evaluate(expression),
    explain: (job, onPart) => later((pool) => pool.explain(job, onPart)),
    learningCurve: (job, onPart) => later((pool) => pool.learningCurve(job, onPart)),
    check: async (job) => (await opening).check(job),
    pushes: async (job) => (await opening).pushes(job),
    forget: async (session) => (await opening).forget(session),
    get gaps() {
      return open?.gaps ?? [];
    },
    stats: () => open?.stats() ?? { running: 0, queued: 0, warm: 0, predictors: 0 },
    close: async () => {
      await opening.then(
        (pool) => pool.close(),
        () => undefined,
      );
    },
  };
}
