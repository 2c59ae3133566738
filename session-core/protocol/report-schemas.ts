// Schemas of a run and of its report, in which runs are reported over Socket.IO and HTTP.
// Invariant: each agrees with its type in pipeline-core/core/report.ts or view-types.ts; a test compares them.
import * as v from 'valibot';

const stageStatusSchema = v.picklist(['ran', 'cached', 'skipped', 'failed']);

const outSchema = v.object({
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

export const runErrorSchema = v.object({
  stage: v.nullable(v.string()),
  kind: v.picklist(['user', 'limit', 'internal']),
  message: v.string(),
  file: v.exactOptional(v.string()),
  line: v.exactOptional(v.number()),
  column: v.exactOptional(v.number()),
  source: v.exactOptional(v.string()),
  trace: v.exactOptional(
    v.array(v.object({ file: v.string(), line: v.number(), column: v.exactOptional(v.number()) })),
  ),
  remedy: v.exactOptional(v.object({ text: v.string(), file: v.string(), beforeLine: v.number(), insert: v.string() })),
});

export const findingSchema = v.object({
  code: v.string(),
  level: v.picklist(['info', 'warning', 'alarm']),
  message: v.string(),
  column: v.exactOptional(v.string()),
});

const comparisonEntries = {
  verdict: v.picklist(['better', 'worse', 'within-noise', 'same-result', 'not-comparable', 'measure-changed']),
  change: v.exactOptional(v.number()),
  interval: v.exactOptional(v.tuple([v.number(), v.number()])),
  reason: v.string(),
};
export const comparisonSchema = v.object(comparisonEntries);
const againstSchema = v.object({ ...comparisonEntries, against: v.string() });

export const plotSchema = v.object({
  path: v.string(),
  title: v.string(),
  x: v.string(),
  y: v.string(),
  xLabel: v.string(),
  yLabel: v.string(),
  columns: v.array(v.string()),
  rows: v.array(v.array(v.union([v.number(), v.string()]))),
});

export const predictionsSchema = v.object({
  row: v.array(v.number()),
  fold: v.array(v.number()),
  actual: v.array(v.number()),
  predicted: v.array(v.number()),
});

const runEntries = {
  id: v.string(),
  kind: v.picklist(['main', 'preview']),
  number: v.exactOptional(v.number()),
  suggestion: v.exactOptional(v.string()),
  status: v.picklist(['queued', 'running', 'succeeded', 'failed', 'cancelled', 'interrupted']),
  revision: v.number(),
  why: v.string(),
  by: v.nullable(v.string()),
  stages: v.array(stageResultSchema),
  metrics: v.record(v.string(), v.number()),
  error: v.exactOptional(runErrorSchema),
  findings: v.array(findingSchema),
  comparison: v.exactOptional(againstSchema),
  againstBest: v.exactOptional(againstSchema),
  holdout: v.exactOptional(v.number()),
  detail: v.exactOptional(v.string()),
  guesses: v.exactOptional(v.array(v.object({ participant: v.string(), value: v.number() }))),
  ms: v.exactOptional(v.number()),
  requestedAt: v.number(),
  startedAt: v.exactOptional(v.number()),
  endedAt: v.exactOptional(v.number()),
};

/** A run as it is listed. */
export const runRowSchema = v.object(runEntries);

/** A run with what is kept beside the list: its log, plots and out-of-fold predictions, once it has a report. */
export const wholeRunSchema = v.object({
  ...runEntries,
  log: v.exactOptional(v.array(logLineSchema)),
  plots: v.exactOptional(v.array(plotSchema)),
  predictions: v.exactOptional(predictionsSchema),
});
