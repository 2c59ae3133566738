// Fetches from the HTTP API in a component; answers are cached by key for the life of the page.
import { useEffect, useState } from 'react';
import type { RunReport } from '#pipeline-core/core/report.ts';
import type { RunView } from '#session-core/view/view-types.ts';
import { type Answer, ask, type HttpRefusal } from './http.ts';
import { useSessionId } from './use-session.tsx';

export interface Read<T> {
  readonly value: T | null;
  readonly error: HttpRefusal | null;
}
const NOTHING: Read<never> = { value: null, error: null };
const KEPT = 40;
const kept = new Map<string, Promise<Answer<unknown>>>();

/** `path` null: nothing to fetch yet. `version` is part of the key: a new one fetches again and shows the old meanwhile. */
export function useApi<T>(path: string | null, version = ''): Read<T> {
  const [read, setRead] = useState<Read<T> & { readonly path: string | null }>({ ...NOTHING, path: null });
  useEffect(() => {
    if (path === null) return;
    let here = true;
    const key = `${path} ${version}`;
    const answer = kept.get(key) ?? ask<T>(path);
    kept.set(key, answer);
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT) break;
      kept.delete(oldest);
    }
    void (answer as Promise<Answer<T>>).then((found) => {
      // A failure is not cached, so that the next request tries again.
      if (!found.ok) kept.delete(key);
      if (here) setRead({ path, value: found.ok ? found.value : null, error: found.ok ? null : found.error });
    });
    return () => {
      here = false;
    };
  }, [path, version]);
  return read.path === path ? read : NOTHING;
}

export type WholeRun = RunView & Partial<Omit<RunReport, keyof RunView>>;

/** A run with its log, plots and predictions; the row's `detail` says when there is something new to read. */
export function useReport(run: RunView | undefined): Read<WholeRun> {
  const session = useSessionId();
  const path = run === undefined ? null : `/api/sessions/${session}/runs/${run.id}`;
  return useApi<WholeRun>(path, `${run?.status} ${run?.detail ?? ''}`);
}

export interface WorkspaceFiles {
  readonly revision: number;
  readonly files: Readonly<Record<string, string>>;
  readonly data: readonly { readonly path: string; readonly rows: number; readonly sha256: string }[];
}

/** The texts of a revision. */
export function useFiles(revision: number | undefined): Read<WorkspaceFiles> {
  const session = useSessionId();
  return useApi<WorkspaceFiles>(revision ? `/api/sessions/${session}/files?revision=${revision}` : null);
}
