// Routes to what the app finds out about a run by itself: where its predictions are wrong, and what its model goes by.
import * as v from 'valibot';
import { EXPLANATIONS, PUSHES, READS } from './limits.ts';
import type { Route } from './route.ts';
import { rowBody } from './row-body.ts';

const range = v.tuple([v.number(), v.number()]);
const cell = v.union([v.string(), v.number()]);
const values = v.record(v.string(), cell);
const point = v.tuple([v.number(), v.number()]);
/** A word, or a range of numbers with both ends included. */
const groups = <E extends v.ObjectEntries>(entries: E) =>
  v.array(
    v.object({
      column: v.string(),
      groups: v.array(
        v.union([
          v.object({ level: v.string(), ...entries }),
          v.object({ from: v.number(), to: v.number(), ...entries }),
        ]),
      ),
    }),
  );
const worst = v.array(v.number());

export const runErrorsRoute = {
  method: 'GET',
  path: '/api/sessions/:id/runs/:run/errors',
  who: 'anyone',
  summary:
    'Where the out-of-fold predictions of a run are wrong: `errors` of numbers (how far, the worst rows, the error of each group of rows), or `classes` (confusion, ROC, precision and recall, calibration)',
  answer: {
    status: 200,
    json: v.object({
      errors: v.nullable(
        v.object({
          n: v.number(),
          rmse: v.number(),
          bias: v.number(),
          histogram: v.object({ edges: v.array(v.number()), counts: v.array(v.number()) }),
          points: v.object({ row: v.array(v.number()), actual: v.array(v.number()), predicted: v.array(v.number()) }),
          worst: v.array(v.object({ row: v.number(), actual: v.number(), predicted: v.number(), values })),
          slices: groups({ n: v.number(), rmse: v.number(), interval: range, bias: v.number(), worst }),
        }),
      ),
      classes: v.nullable(
        v.object({
          n: v.number(),
          labels: v.array(v.string()),
          errorRate: v.number(),
          confusion: v.array(v.array(v.number())),
          curves: v.array(
            v.object({
              label: v.string(),
              positives: v.number(),
              auc: v.number(),
              roc: v.array(point),
              precisionRecall: v.array(point),
              calibration: v.array(
                v.object({ predicted: v.number(), share: v.number(), interval: range, n: v.number() }),
              ),
            }),
          ),
          worst: v.array(
            v.object({
              row: v.number(),
              actual: v.string(),
              predicted: v.string(),
              probability: v.nullable(v.number()),
              values,
            }),
          ),
          slices: groups({ n: v.number(), errorRate: v.number(), interval: range, worst }),
        }),
      ),
    }),
  },
  limit: READS,
  etag: true,
} as const satisfies Route;

export const runRowsRoute = {
  method: 'GET',
  path: '/api/sessions/:id/runs/:run/rows',
  who: 'anyone',
  summary: 'Up to 24 visible rows by their numbers (`rows=3,17`), with what the run predicted for them',
  query: v.object({ rows: v.pipe(v.string(), v.regex(/^\d{1,8}(,\d{1,8}){0,23}$/)) }),
  answer: {
    status: 200,
    json: v.object({
      rows: v.array(
        v.object({
          row: v.number(),
          actual: v.exactOptional(cell),
          predicted: v.exactOptional(cell),
          values,
        }),
      ),
    }),
  },
  limit: READS,
  etag: true,
} as const satisfies Route;

const state = v.picklist(['none', 'waiting', 'running', 'done']);
const fault = v.object({
  code: v.picklist(['time', 'memory', 'refused', 'ended', 'no_rows']),
  message: v.exactOptional(v.string()),
});

export const explanationsRoute = {
  method: 'GET',
  path: '/api/sessions/:id/runs/:run/explanations',
  who: 'anyone',
  summary:
    'What the model of a main run goes by, found through its `predict` alone: permutation importance of the columns, and the columns whose dependence can be read. `none`: nobody has asked for it, or it was ended by a newer run',
  answer: {
    status: 200,
    json: v.object({
      state,
      /** How much of the work is done, 0 to 1. */
      share: v.number(),
      explained: v.nullable(
        v.object({
          /** Rows that the model was asked about, of so many that are visible: on those it was fitted. */
          rows: v.number(),
          of: v.number(),
          error: v.number(),
          nRepeats: v.number(),
          importance: v.array(v.object({ column: v.string(), mean: v.number(), interval: range, used: v.boolean() })),
          dependence: v.array(v.string()),
          fault: v.exactOptional(fault),
        }),
      ),
    }),
  },
  limit: READS,
  etag: true,
} as const satisfies Route;

export const dependenceRoute = {
  method: 'GET',
  path: '/api/sessions/:id/runs/:run/dependence',
  who: 'anyone',
  summary:
    'What the model of a run answers as one column moves and all else stays: the mean over rows, and lines of single rows; `null` where it is not known',
  query: v.object({ column: v.pipe(v.string(), v.maxLength(100)) }),
  answer: {
    status: 200,
    json: v.object({
      dependence: v.nullable(
        v.object({
          column: v.string(),
          grid: v.array(cell),
          counts: v.array(v.number()),
          average: v.array(v.number()),
          quartiles: v.array(range),
          lines: v.array(v.object({ row: v.number(), values: v.array(v.number()) })),
          rows: v.number(),
        }),
      ),
    }),
  },
  limit: READS,
  etag: true,
} as const satisfies Route;

export const explainRoute = {
  method: 'POST',
  path: '/api/sessions/:id/runs/:run/explain',
  who: 'joined',
  summary: 'Explains the model of a main run that is not explained yet, once no run waits',
  answer: { status: 200, json: v.object({ state }) },
  limit: EXPLANATIONS,
} as const satisfies Route;

const spread = v.object({ mean: v.number(), low: v.number(), high: v.number() });

export const learningCurveRoute = {
  method: 'GET',
  path: '/api/sessions/:id/runs/:run/learning-curve',
  who: 'anyone',
  summary:
    'The score of the code of a main run on samples of the table, from small to all, on rows that the models had not seen and on rows they were fitted on. `none`: nobody has asked for it, or it was ended by a newer run',
  answer: {
    status: 200,
    json: v.object({
      state,
      /** How much of the work is done, 0 to 1. */
      share: v.number(),
      curve: v.nullable(
        v.object({
          points: v.array(
            v.object({
              rows: v.number(),
              samples: v.number(),
              failed: v.number(),
              unseen: spread,
              seen: v.exactOptional(spread),
            }),
          ),
          of: v.number(),
          fault: v.exactOptional(fault),
        }),
      ),
    }),
  },
  limit: READS,
  etag: true,
} as const satisfies Route;

export const startLearningCurveRoute = {
  method: 'POST',
  path: '/api/sessions/:id/runs/:run/learning-curve',
  who: 'joined',
  summary: 'Works out the learning curve of a main run that has none yet, once no run waits',
  answer: { status: 200, json: v.object({ state }) },
  limit: EXPLANATIONS,
} as const satisfies Route;

export const pushesRoute = {
  method: 'POST',
  path: '/api/sessions/:id/pushes',
  who: 'joined',
  summary:
    'What pushed the answer of the served model for a row away from its mean answer: Shapley values, with their standard error where orders were drawn at random',
  body: rowBody,
  answer: {
    status: 200,
    json: v.object({
      run: v.string(),
      answer: v.number(),
      base: v.number(),
      pushes: v.array(v.object({ column: v.string(), push: v.number(), error: v.number() })),
      exact: v.boolean(),
      orders: v.number(),
      background: v.number(),
    }),
  },
  errors: ['predict_refused', 'predict_unavailable'],
  limit: PUSHES,
} as const satisfies Route;
