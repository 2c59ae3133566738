// Calls of a node to workers that have one answer: explanations, curves, expressions, checks of code.
// Invariant: each resolves; null where two workers were gone, or its session is.
import type { Call } from '#sandbox/index.ts';
import type { Dispatch } from './dispatch.ts';
import type { Rank } from './tickets.ts';
import { readMessage } from './worker-answers.ts';

/** What is known on the way; an honest worker sends one in 1.5 s. */
const MOST_PARTS = 1_000;

export interface FleetCall<T> {
  readonly done: Promise<T | null>;
  readonly isWithWorker: () => boolean;
  cancel(): void;
}

interface Asked<T> {
  readonly rank: Rank;
  readonly call: Call;
  readonly mostMs: number;
  /** Of one answer. */
  readonly mostBytes: number;
  /** null: no honest worker sends it. */
  readonly read: (value: unknown) => { readonly value: T } | null;
  readonly onPart?: (value: T) => void;
  readonly mostInAll?: number;
}

export interface FleetCalls {
  call<T>(sessionId: string, asked: Asked<T>): FleetCall<T>;
  /** How many are under way of this session. */
  open(sessionId: string): number;
  end(isOf: (sessionId: string) => boolean): void;
  /** What is called from now on is null. */
  close(): void;
}

export function createFleetCalls(dispatch: Dispatch): FleetCalls {
  /** How each one is cancelled, by session. */
  const open = new Map<string, Set<() => void>>();
  let closed = false;
  return {
    call<T>(sessionId: string, asked: Asked<T>): FleetCall<T> {
      const { read, onPart } = asked;
      const done = Promise.withResolvers<T | null>();
      const cancel = () => end(null);
      let parts = 0;
      const own = open.get(sessionId) ?? new Set();
      open.set(sessionId, own.add(cancel));
      const assigned = dispatch.assign({
        ...asked,
        sessionId,
        taken: () => {
          parts = 0;
        },
        ahead: () => {},
        lost: cancel,
        received(sent) {
          const message = readMessage(sent);
          if (message?.type !== 'done' && !(message?.type === 'part' && onPart)) return false;
          if (message.type === 'part' && ++parts > MOST_PARTS) return false;
          const found = read(message.value);
          if (found === null) return false;
          if (message.type === 'done') end(found.value);
          else onPart?.(found.value);
          return true;
        },
      });
      function end(value: T | null): void {
        own.delete(cancel);
        if (own.size === 0 && open.get(sessionId) === own) open.delete(sessionId);
        assigned.close();
        done.resolve(value);
      }
      if (closed) cancel();
      return { done: done.promise, isWithWorker: assigned.isWithWorker, cancel };
    },
    open: (sessionId) => open.get(sessionId)?.size ?? 0,
    end(isOf) {
      for (const [sessionId, own] of [...open]) if (isOf(sessionId)) for (const cancel of [...own]) cancel();
    },
    close() {
      closed = true;
    },
  };
}
