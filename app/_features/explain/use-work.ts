// What the server works out for a run when nothing else needs it, read again as it goes on.
import { useEffect, useState } from 'react';
import { ask } from '#app/_session/http.ts';
import { type Read, useApi } from '#app/_session/use-api.ts';
import { useProgress, useSessionId } from '#app/_session/use-session.tsx';
import {
  explainRoute,
  explanationsRoute,
  learningCurveRoute,
  startLearningCurveRoute,
} from '#session-core/protocol/http-api/explain-routes.ts';
import { environmentRoute, reproduceRoute } from '#session-core/protocol/http-api/reproduce-routes.ts';
import type { AnswerOf } from '#session-core/protocol/http-api/route.ts';
import type { RunView } from '#session-core/view/view-types.ts';

/** A room of phones reads each part at once: few parts. */
const PARTS = 4;
/** Messages of progress may be lost. */
const LOOK_AGAIN_MS = 4_000;

export interface Work<T> {
  readonly read: Read<T>;
  /** How much is done, 0 to 1. */
  readonly share: number;
  readonly refused: string | null;
  /** Asks for it. */
  readonly begin: () => void;
}

type RunRequest = { readonly params: { readonly id: string; readonly run: string } } | null;
type Answered = Pick<AnswerOf<typeof explanationsRoute>, 'state' | 'share'>;

const useReadModel = (request: RunRequest, version: string) => useApi(explanationsRoute, request, version);
const useReadCurve = (request: RunRequest, version: string) => useApi(learningCurveRoute, request, version);
const useReadEnvironment = (request: RunRequest, version: string) => useApi(environmentRoute, request, version);

/** What the model of the run goes by. */
export function useExplanations(run: RunView | undefined): Work<AnswerOf<typeof explanationsRoute>> {
  const { explained } = useProgress(run?.id) ?? {};
  return useWork(run, { useRead: useReadModel, start: explainRoute, progress: explained });
}

/** Its score on parts of the table. */
export function useLearningCurve(run: RunView | undefined): Work<AnswerOf<typeof learningCurveRoute>> {
  const { curve } = useProgress(run?.id) ?? {};
  return useWork(run, { useRead: useReadCurve, start: startLearningCurveRoute, progress: curve });
}

/** What it was made with, and whether running it again gave the same. */
export function useEnvironment(run: RunView | undefined): Work<AnswerOf<typeof environmentRoute>> {
  return useWork(run, { useRead: useReadEnvironment, start: reproduceRoute, progress: undefined });
}

function useWork<A extends Answered>(
  run: RunView | undefined,
  of: {
    readonly useRead: (request: RunRequest, version: string) => Read<A>;
    readonly start: typeof explainRoute | typeof startLearningCurveRoute | typeof reproduceRoute;
    readonly progress: number | undefined;
  },
): Work<A> {
  const { useRead, start, progress } = of;
  const id = useSessionId();
  const [tick, setTick] = useState(0);
  const [refused, setRefused] = useState<string | null>(null);
  const part = progress === undefined ? '' : Math.floor(progress * PARTS);
  const known = run?.status === 'succeeded' && run.kind === 'main';
  const request = known ? { params: { id, run: run.id } } : null;
  const read = useRead(request, `${run?.detail} ${part} ${tick}`);
  const state = read.value?.state;
  const [shown, setShown] = useState<{ readonly run: string; readonly value: A } | null>(null);
  // While the next part is read, the one before stays.
  useEffect(() => {
    if (read.value && run) setShown({ run: run.id, value: read.value });
  }, [read.value, run]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: again after each answer
  useEffect(() => {
    if (state !== 'waiting' && state !== 'running') return;
    const timer = setTimeout(() => setTick((n) => n + 1), LOOK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [state, read]);
  const value = read.value ?? (shown?.run === run?.id ? (shown?.value ?? null) : null);
  return {
    read: { value, error: read.error },
    share: Math.max(value?.share ?? 0, state === 'none' ? 0 : (progress ?? 0)),
    refused,
    begin: () => {
      if (request === null) return;
      void ask(start, request).then((answer) => {
        setRefused(answer.ok ? null : answer.error.message);
        setTick((n) => n + 1);
      });
    },
  };
}
