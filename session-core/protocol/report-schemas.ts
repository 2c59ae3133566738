// Schemas of the parts of a run's report, in which runs are reported over Socket.IO and HTTP.
// Invariant: each agrees with its type in pipeline-core/core/report.ts; a test compares them.
import * as v from 'valibot';

export const stageStatusSchema = v.picklist(['ran', 'cached', 'skipped', 'failed']);

export const outSchema = v.object({
  path: v.string(),
  bytes: v.number(),
  sha256: v.string(),
  rows: v.exactOptional(v.number()),
  cols: v.exactOptional(v.number()),
});

export const stageResultSchema = v.object({
  name: v.string(),
  status: stageStatusSchema,
  reason: v.string(),
  ms: v.number(),
  savedMs: v.exactOptional(v.number()),
  outs: v.array(outSchema),
});

export const logLineSchema = v.object({ stage: v.string(), at: v.number(), text: v.string() });
