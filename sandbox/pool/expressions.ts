// Expressions in the pool's queue: each on a warm child of its own, which ends with it, as a preview's does.
// Invariant: nothing waits for an expression; one that waits too long is answered so.
import type { Child } from '../child-process/child-process.ts';
import type { Expression, ExpressionAnswer } from '../protocol/expression.ts';
import type { Limits } from '../protocol/job.ts';
import { evaluate } from '../runner/evaluate.ts';

const MOST_WAITED_MS = 10_000;

export interface WaitingExpression {
  readonly sessionId: string;
  readonly kind: 'expression';
  readonly begin: () => Promise<() => void>;
  readonly over: Promise<unknown>;
  readonly onProgress: () => void;
  readonly cancel: () => void;
  ahead: number;
}

export interface ExpressionPlaces {
  readonly limits: Limits;
  readonly takeChild: () => Promise<Child>;
  /** False where too many wait. */
  enter(waiting: WaitingExpression): boolean;
  /** False where it does not wait any more. */
  leave(waiting: WaitingExpression): boolean;
}

export function evaluateIn(
  places: ExpressionPlaces,
  { sessionId, code, table }: Expression,
): Promise<ExpressionAnswer> {
  const { limits, enter, leave } = places;
  const answer = Promise.withResolvers<ExpressionAnswer>();
  const busy = (): void => answer.resolve({ kind: 'limit', limit: 'busy' });
  let child: Child | undefined;
  let cancelled = false;
  const waiting: WaitingExpression = {
    sessionId,
    kind: 'expression',
    onProgress: () => {},
    ahead: -1,
    over: answer.promise,
    cancel: () => {
      cancelled = true;
      child?.kill();
      if (leave(waiting)) busy();
    },
    begin: async () => {
      clearTimeout(clock);
      const takeChild = async (): Promise<Child> => {
        child = await places.takeChild();
        if (cancelled) child.kill();
        return child;
      };
      try {
        const made = await evaluate({ code, table, limits, takeChild });
        return () => answer.resolve(made);
      } catch (error) {
        return () => answer.reject(error);
      } finally {
        child?.kill();
      }
    },
  };
  const clock = setTimeout(() => {
    if (leave(waiting)) busy();
  }, MOST_WAITED_MS);
  if (!enter(waiting)) {
    clearTimeout(clock);
    busy();
  }
  return answer.promise;
}
