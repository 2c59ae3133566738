// Read access to a session's past: texts of revisions, whole reports of runs.
// Invariant: reading the live text cuts it as a revision first, at most once a second, so that what was read has a number.
import type { RunReport } from '#pipeline-core/core/report.ts';
import type { SessionState } from '#session-core/model/state.ts';
import type { SystemCommand } from '#session-core/model/system-commands.ts';
import type { Id } from '#session-core/model/types.ts';
import type { Texts } from '../document/document.ts';
import type { TextStore } from '../document/text-store.ts';
import type { Now } from '../platform/clock.ts';
import type { Storage } from '../storage/storage.ts';

const CUT_MS = 1_000;

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

  async function reportOf(detail: string): Promise<RunReport | null> {
    const json = await storage.blob(session, detail);
    return json === null ? null : (JSON.parse(json) as RunReport);
  }

  return {
    reportOf,
    report: async (run: Id): Promise<RunReport | null> => {
      const detail = state().runs[run]?.report?.detail;
      return detail === undefined ? null : reportOf(detail);
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
