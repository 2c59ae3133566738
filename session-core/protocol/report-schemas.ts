// Schemas of a run and of its report, in which runs are reported over Socket.IO and HTTP.
// Invariant: each agrees with its type in pipeline-core/core/report.ts or view-types.ts; a test compares them.
import * as v from 'valibot';
import { againstSchema } from './comparison-schemas.ts';

const stageStatusSchema = v.picklist(['ran', 'cached', 'skipped', 'failed']);

const outSchema = v.object({
  path: v.string(),
  bytes: v.number(),
  sha256: v.string(),
  rows: v.exactOptional(v.number()),
  cols: v.exactOptional(v.number()),
});

const ownChange = [
  v.object({ type: v.picklist(['new', 'forced', 'library']) }),
  v.object({ type: v.literal('cmd'), before: v.string(), after: v.string() }),
  v.object({
    type: v.literal('param'),
    key: v.string(),
    before: v.exactOptional(v.string()),
    after: v.exactOptional(v.string()),
  }),
  v.object({ type: v.literal('file'), path: v.string(), by: v.exactOptional(v.string()) }),
  v.object({
    type: v.picklist(['dep-added', 'dep-removed', 'out-added', 'out-removed', 'out-missing']),
    path: v.string(),
  }),
] as const;
const stageChangeSchema = v.variant('type', [
  ...ownChange,
  v.object({
    type: v.literal('upstream'),
    stage: v.string(),
    // The first cause: never another stage.
    because: v.exactOptional(v.variant('type', ownChange)),
  }),
]);

export const stageReasonSchema = v.variant('code', [
  v.object({
    code: v.picklist(['changes', 'frozen', 'frozen-runs']),
    changes: v.array(stageChangeSchema),
    more: v.exactOptional(v.number()),
  }),
  v.object({ code: v.picklist(['inputs-cached', 'outs-gone', 'run-cancelled', 'run-stopped']) }),
  v.object({ code: v.literal('after-failure'), stage: v.string() }),
]);

export const stageResultSchema = v.object({
  name: v.string(),
  status: stageStatusSchema,
  reason: stageReasonSchema,
  ms: v.number(),
  savedMs: v.exactOptional(v.number()),
  outs: v.array(outSchema),
});

export const logLineSchema = v.object({
  stage: v.string(),
  at: v.number(),
  text: v.string(),
  cached: v.exactOptional(v.literal(true)),
});

const errorEntries = {
  stage: v.nullable(v.string()),
  kind: v.picklist(['user', 'limit', 'internal']),
  file: v.exactOptional(v.string()),
  line: v.exactOptional(v.number()),
  column: v.exactOptional(v.number()),
  source: v.exactOptional(v.string()),
  trace: v.exactOptional(
    v.array(v.object({ file: v.string(), line: v.number(), column: v.exactOptional(v.number()) })),
  ),
  quickFix: v.exactOptional(
    v.object({
      item: v.string(),
      section: v.string(),
      stage: v.string(),
      file: v.string(),
      beforeLine: v.number(),
      insert: v.string(),
    }),
  ),
};
const turnDown = v.exactOptional(v.array(v.object({ key: v.string(), value: v.number() })));
const error = <C extends string, F extends v.ObjectEntries>(code: C, facts: F) =>
  v.object({ ...errorEntries, code: v.literal(code), facts: v.object(facts) });

export const runErrorSchema = v.variant('code', [
  error('thrown', { message: v.string() }),
  error('runner_failed', { message: v.string() }),
  error('stage_time', { ms: v.number(), turnDown }),
  error('run_time', { ms: v.number(), turnDown }),
  error('memory', { mb: v.number(), turnDown }),
  error('protocol_breach', {}),
  error('process_ended', {}),
  error('outs_too_large', { mb: v.number(), turnDown }),
  error('out_missing', { path: v.string() }),
  error('queue_full', {}),
  error('cancelled', {}),
]);

export const testResultsSchema = v.object({
  passed: v.number(),
  failed: v.number(),
  failures: v.array(
    v.object({
      name: v.string(),
      message: v.string(),
      file: v.exactOptional(v.string()),
      line: v.exactOptional(v.number()),
      column: v.exactOptional(v.number()),
      source: v.exactOptional(v.string()),
    }),
  ),
  error: v.exactOptional(runErrorSchema),
  during: v.exactOptional(v.string()),
});

const at = { file: v.exactOptional(v.string()), line: v.exactOptional(v.number()) };
const serveFault = v.variant('fault', [
  v.object({ fault: v.picklist(['time', 'memory']), ...at }),
  v.object({ fault: v.picklist(['breach', 'crash', 'killed', 'holdout_rows']) }),
  v.object({ fault: v.picklist(['writes', 'reads']), path: v.string(), ...at }),
  v.object({ fault: v.literal('thrown'), message: v.string(), ...at }),
]);
const path = v.string();
const tableFault = v.variant('fault', [
  v.object({ path, fault: v.literal('too_long'), length: v.number(), most: v.number() }),
  v.object({ path, fault: v.literal('unreadable') }),
  v.object({ path, fault: v.picklist(['no_column', 'text_column']), column: v.string() }),
  v.object({ path, fault: v.literal('not_a_number'), row: v.number(), column: v.string(), cell: v.string() }),
  v.object({ path, fault: v.literal('unknown_class'), row: v.number(), column: v.string(), cell: v.string() }),
  v.object({ path, fault: v.literal('not_probabilities'), row: v.number(), sum: v.number() }),
  v.object({ path, fault: v.literal('rows'), rows: v.number(), of: v.number() }),
]);
const value = v.union([v.number(), v.string()]);
const finding = <C extends string, S extends v.GenericSchema>(code: C, facts: S) =>
  v.object({ code: v.literal(code), level: v.picklist(['info', 'warning', 'alarm']), facts });

export const findingSchema = v.variant('code', [
  finding('served-fails', serveFault),
  finding(
    'served-differs',
    v.object({
      row: v.number(),
      fitted: v.number(),
      served: v.nullable(v.number()),
      label: v.exactOptional(v.string()),
    }),
  ),
  finding('served-unchecked', tableFault),
  finding('metric-twice', v.object({ metric: v.string(), path })),
  finding('metric-unproven', v.object({ metric: v.string(), path })),
  finding(
    'metric-differs',
    v.object({ metric: v.string(), written: v.number(), computed: v.nullable(v.number()), path }),
  ),
  finding('predictions-unreadable', tableFault),
  finding('leak-part', v.object({ column: v.string(), part: v.string(), target: v.string(), renamed: v.boolean() })),
  finding('leak-strong', v.object({ column: v.string(), target: v.string(), percent: v.number() })),
  finding('leak-marker', v.object({ column: v.string(), source: v.string(), value: v.number(), label: v.string() })),
  finding('leak-group-split', v.object({ column: v.string(), group: v.string() })),
  finding('leak-identifier', v.object({ column: v.string() })),
  finding('leak-own-target', v.object({ rows: v.number(), of: v.number() })),
  finding('leak-row-choice', v.object({ rows: v.number(), of: v.number() })),
  finding(
    'leak-unchecked',
    v.object({ reason: v.picklist(['failed', 'folds', 'time', 'memory', 'ended', 'interrupted']) }),
  ),
  finding('target-differs', v.object({ row: v.number(), target: v.string(), scored: value, actual: value })),
  finding('rows-misnumbered', v.object({ path })),
  finding('tests-unreadable', v.object({ stage: v.string() })),
  finding('result-too-large', v.object({ kb: v.number() })),
  finding(
    'constant-feature',
    v.object({ features: v.array(v.object({ name: v.string(), value: v.number() })), more: v.number() }),
  ),
]);

export const plotSchema = v.object({
  path: v.string(),
  title: v.string(),
  x: v.string(),
  y: v.string(),
  xLabel: v.string(),
  yLabel: v.string(),
  template: v.exactOptional(
    v.picklist([
      'linear',
      'scatter',
      'bar_horizontal',
      'bar_horizontal_sorted',
      'confusion',
      'confusion_normalized',
      'histogram',
      'heatmap',
    ]),
  ),
  columns: v.array(v.string()),
  rows: v.array(v.array(v.union([v.number(), v.string()]))),
  of: v.exactOptional(v.number()),
});

export const predictionsSchema = v.object({
  row: v.array(v.number()),
  fold: v.array(v.number()),
  actual: v.array(v.number()),
  /** Of a classification, as `actual`, the index of a class of the task. */
  predicted: v.array(v.number()),
  /** Of a classification, for each row the probability of each class in the order of the task. */
  probabilities: v.exactOptional(v.array(v.array(v.number()))),
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
  tests: v.exactOptional(testResultsSchema),
  comparison: v.exactOptional(againstSchema),
  checking: v.exactOptional(v.literal(true)),
  suspect: v.exactOptional(v.literal(true)),
  cleared: v.exactOptional(v.literal(true)),
  struck: v.exactOptional(v.object({ reason: v.string(), by: v.nullable(v.string()), at: v.number() })),
  series: v.exactOptional(v.string()),
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
