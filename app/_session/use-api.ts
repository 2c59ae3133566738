// Fetches from the HTTP API in a component; answers are cached by key for the life of the page. How answers are read loads
// with the first request: a page that shows what it came with asks for nothing.
import { useEffect, useReducer, useState } from 'react';
import { t } from '#app/_strings/strings.ts';
import { lateFilesRoute, lateRunRoute } from '#session-core/protocol/http-api/late-routes.ts';
import {
  type AnswerOf,
  addressOf,
  type LateRoute,
  type RequestOf,
  type Route,
} from '#session-core/protocol/http-api/route.ts';
import type { filesRoute, runRoute } from '#session-core/protocol/http-api/work-routes.ts';
import type { RunView } from '#session-core/view/view-types.ts';
import type { Answer, HttpRefusal } from './http.ts';
import { useSessionId } from './use-session.tsx';

export interface Read<T> {
  readonly value: T | null;
  readonly error: HttpRefusal | null;
}
const NOTHING: Read<never> = { value: null, error: null };
const KEPT = 40;
const RETRY_MS = 5000;
const kept = new Map<string, Promise<Answer<unknown>>>();

/** What requests need: for a page that will soon make one. */
export const bringRequests = () => Promise.all([import('./http.ts'), lateFilesRoute.load()]);

async function ask<R extends Route>(route: R | LateRoute<R>, request: RequestOf<R>): Promise<Answer<AnswerOf<R>>> {
  try {
    const http = await import('./http.ts');
    return await http.ask('load' in route ? await route.load() : route, request);
  } catch (error) {
    console.warn('the code that asks the server could not be loaded', error);
    return { ok: false, error: { status: 0, code: 'unreached', message: t.http.unreached } };
  }
}

/** `request` null: nothing to fetch yet. `version` is part of the key: a new one fetches again and shows the old meanwhile. */
export function useApi<R extends Route>(
  route: R | LateRoute<R>,
  request: RequestOf<R> | null,
  version = '',
): Read<AnswerOf<R>> {
  const path = request === null ? null : addressOf<R>(route, request);
  const [attempt, again] = useReducer((n: number) => n + 1, 0);
  const [read, setRead] = useState<Read<AnswerOf<R>> & { readonly path: string | null }>({ ...NOTHING, path: null });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `path` says all that differs between two requests
  useEffect(() => {
    if (path === null || request === null) return;
    let here = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const key = `${path} ${version}`;
    const answer = kept.get(key) ?? ask(route, request);
    kept.set(key, answer);
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT) break;
      kept.delete(oldest);
    }
    // Under one address there are only answers of one route.
    void (answer as Promise<Answer<AnswerOf<R>>>).then((found) => {
      // A failure is not cached, so that the next request tries again.
      if (!found.ok) kept.delete(key);
      if (!here) return;
      setRead({ path, value: found.ok ? found.value : null, error: found.ok ? null : found.error });
      // The server could not be reached, or had a fault: nothing on the page would ask again.
      if (!found.ok && (found.error.status === 0 || found.error.status >= 500)) timer = setTimeout(again, RETRY_MS);
    });
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [path, version, attempt]);
  return read.path === path ? read : NOTHING;
}

/** A run with its log and plots, without its predictions, which may be many; the row's `detail` says when there is something new to read. */
export function useReport(run: RunView | undefined): Read<AnswerOf<typeof runRoute>> {
  const id = useSessionId();
  const request = run === undefined ? null : { params: { id, run: run.id }, query: { predictions: 'false' } as const };
  return useApi(lateRunRoute, request, `${run?.status} ${run?.detail ?? ''}`);
}

/** The texts of a revision. */
export function useFiles(revision: number | undefined): Read<AnswerOf<typeof filesRoute>> {
  const id = useSessionId();
  return useApi(lateFilesRoute, revision ? { params: { id }, query: { revision: String(revision) } } : null);
}
