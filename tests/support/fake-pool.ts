// A sandbox that runs nothing: every run succeeds at once with the same metric.
import type { Pool } from '#sandbox/index.ts';
import { createManualPool } from './manual-pool.ts';

export const createFakePool = (): Pool => createManualPool(() => 2.5);
