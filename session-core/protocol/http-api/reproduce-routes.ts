// Routes to what a run was made with, and to running it again.
import * as v from 'valibot';
import { READS, REPRODUCTIONS } from './limits.ts';
import type { Route } from './route.ts';

const state = v.picklist(['none', 'waiting', 'running', 'done']);

export const environmentRoute = {
  method: 'GET',
  path: '/api/sessions/:id/runs/:run/environment',
  who: 'anyone',
  summary:
    'What a main run was made with: runtime, libraries with their hashes, seeds, dvc.lock; and whether running it again gave the same outs. `none`: nobody has asked since the server started',
  answer: {
    status: 200,
    json: v.object({
      node: v.string(),
      v8: v.string(),
      platform: v.string(),
      /** Hash of the runtime and the libraries: part of every key of the run cache. */
      library: v.string(),
      libraries: v.array(v.object({ name: v.string(), version: v.string(), sha256: v.string() })),
      /** Values of params.yaml that are called seed. */
      seeds: v.array(v.object({ key: v.string(), value: v.string() })),
      /** Text of dvc.lock; null where the run has none. */
      lock: v.nullable(v.string()),
      state,
      share: v.number(),
      reproduction: v.nullable(
        v.object({
          same: v.number(),
          of: v.number(),
          differing: v.array(v.string()),
          /** It came to no end. */
          failed: v.exactOptional(v.literal(true)),
          ms: v.number(),
        }),
      ),
    }),
  },
  limit: READS,
  etag: true,
} as const satisfies Route;

export const reproduceRoute = {
  method: 'POST',
  path: '/api/sessions/:id/runs/:run/reproduce',
  who: 'joined',
  summary: 'Runs a main run again, from an empty cache in a fresh child, and compares every out',
  answer: { status: 200, json: v.object({ state }) },
  limit: REPRODUCTIONS,
} as const satisfies Route;
