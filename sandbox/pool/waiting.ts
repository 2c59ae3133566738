// What waits in the pool's queue, and how it begins and is given up.
import type { Job, Progress } from '../protocol/job.ts';

export interface Waiting {
  readonly sessionId: string;
  readonly kind: Job['kind'] | 'check' | 'expression' | 'background';
  /** Resolves when its place is free again, to what is to be done after that. Never rejects. */
  readonly begin: () => Promise<() => void>;
  /** Resolves when nothing of it is left to do. */
  readonly over: Promise<unknown>;
  readonly onProgress: (progress: Progress) => void;
  readonly cancel: () => void;
  ahead: number;
}
