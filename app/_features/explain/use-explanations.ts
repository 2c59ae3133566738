// What is known of a run's model, read again as the work on it goes on.
import { useEffect, useState } from 'react';
import { ask } from '#app/_session/http.ts';
import { type Read, useApi } from '#app/_session/use-api.ts';
import { useProgress, useSessionId } from '#app/_session/use-session.tsx';
import { explainRoute, explanationsRoute } from '#session-core/protocol/http-api/explain-routes.ts';
import type { AnswerOf } from '#session-core/protocol/http-api/route.ts';
import type { RunView } from '#session-core/view/view-types.ts';

type Answer = AnswerOf<typeof explanationsRoute>;

/** A room of phones reads each part at once: few parts. */
const PARTS = 4;
/** Messages of progress may be lost. */
const LOOK_AGAIN_MS = 4_000;

export interface Explanations {
  readonly read: Read<Answer>;
  /** How much is done, 0 to 1. */
  readonly share: number;
  readonly refused: string | null;
  /** Asks for it. */
  readonly begin: () => void;
}

export function useExplanations(run: RunView | undefined): Explanations {
  const id = useSessionId();
  const progress = useProgress(run?.id)?.explained;
  const [tick, setTick] = useState(0);
  const [refused, setRefused] = useState<string | null>(null);
  const part = progress === undefined ? '' : Math.floor(progress * PARTS);
  const known = run?.status === 'succeeded' && run.kind === 'main';
  const request = known ? { params: { id, run: run.id } } : null;
  const read = useApi(explanationsRoute, request, `${run?.detail} ${part} ${tick}`);
  const state = read.value?.state;
  const [shown, setShown] = useState<{ readonly run: string; readonly value: Answer } | null>(null);
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
      void ask(explainRoute, request).then((answer) => {
        setRefused(answer.ok ? null : answer.error.message);
        setTick((n) => n + 1);
      });
    },
  };
}
