// Read access to a session's past: texts of revisions, whole reports of runs.
// Invariant: reading the live text cuts it as a revision first, at most once a second, so that what was read has a number.
import type { RunReport } from '#pipeline-core/core/report.ts';
import type { SessionState } from '#session-core/model/state.ts';
import type { SystemCommand } from '#session-core/model/system-commands.ts';
import type { Id, RunSummary } from '#session-core/model/types.ts';
import type { Texts } from '../document/document.ts';
import type { TextStore } from '../document/text-store.ts';
import type { Now } from '../platform/clock.ts';
import type { Storage } from '../storage/storage.ts';

const CUT_MS = 1_000;

/** Where a report is in the storage. */
export type StoredReport = Pick<RunSummary, 'detail' | 'predictions'>;

/** A report as the texts that are stored of it; both are named by the event that reports the run. */
export function textsOfReport(report: RunReport): { readonly page: string; readonly apart: string | null } {
  const { predictions, holdoutPredictions, ...page } = report;
  const none = predictions === undefined && holdoutPredictions === undefined;
  return { page: JSON.stringify(page), apart: none ? null : JSON.stringify({ predictions, holdoutPredictions }) };
}

export type SessionQueries = ReturnType<typeof createSessionQueries>;

export function createSessionQueries(options: {
  readonly storage: Storage;
  readonly session: string;
  readonly texts: TextStore;
  readonly state: () => SessionState;
  readonly now: Now;
  dispatch(command: SystemCommand): Promise<unknown>;
}) {
  const { storage, session, texts, state, now, dispatch } = options;
  let cutAt = Number.NEGATIVE_INFINITY;

  async function reportOf({ detail, predictions }: StoredReport): Promise<RunReport | null> {
    const json = await storage.blob(session, detail);
    if (json === null) return null;
    const apart = predictions === undefined ? null : await storage.blob(session, predictions);
    return { ...JSON.parse(json), ...JSON.parse(apart ?? '{}') } as RunReport;
  }

  return {
    reportOf,
    /** `page`: without its predictions. */
    report: async (run: Id, part?: 'page'): Promise<RunReport | null> => {
      const stored = state().runs[run]?.report;
      if (stored === undefined) return null;
      const report = await reportOf(part === 'page' ? { detail: stored.detail } : stored);
      if (report === null || part !== 'page') return report;
      const { predictions: _, holdoutPredictions: __, ...page } = report;
      return page;
    },
    files: async (wanted?: number): Promise<{ readonly revision: number; readonly files: Texts } | null> => {
      if (wanted === undefined && Math.abs(now() - cutAt) >= CUT_MS) {
        cutAt = now();
        await dispatch({ type: 'revision.cut' });
      }
      const revision = wanted ?? state().revision;
      const found = state().revisions[String(revision)];
      return found ? { revision, files: await texts.textsOf(found.tree) } : null;
    },
  };
}
