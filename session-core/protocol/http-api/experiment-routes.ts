// Routes to runs beside each other: the parameters of all of them, and two of them in every detail.
import * as v from 'valibot';
import { againstSchema } from '../comparison-schemas.ts';
import { COMPARISONS, READS } from './limits.ts';
import type { Route } from './route.ts';

export const experimentsRoute = {
  method: 'GET',
  path: '/api/sessions/:id/experiments',
  who: 'anyone',
  summary:
    'The parameters of all main runs, oldest first: those that changed with a value for each run (`null` where params.yaml does not have it), and those that are the same in all',
  answer: {
    status: 200,
    json: v.object({
      runs: v.array(v.string()),
      changed: v.array(v.object({ key: v.string(), values: v.array(v.nullable(v.string())) })),
      same: v.array(v.object({ key: v.string(), value: v.string() })),
    }),
  },
  limit: READS,
  etag: true,
} as const satisfies Route;

const interval = v.tuple([v.number(), v.number()]);
const changeEntries = { n: v.number(), before: v.number(), after: v.number(), change: v.number(), interval };
const cell = v.union([v.string(), v.number()]);
const lines = v.array(v.string());
const hunk = v.object({ fromLine: v.number(), removed: lines, added: lines });
const rowChange = v.object({
  row: v.number(),
  actual: cell,
  before: cell,
  after: cell,
  errorBefore: v.number(),
  errorAfter: v.number(),
  values: v.record(v.string(), cell),
});

export const compareRoute = {
  method: 'GET',
  path: '/api/sessions/:id/compare/:before/:after',
  who: 'anyone',
  summary:
    'Two runs, each by its id or by the number of a main run: how the second compares with the first, parameters and code that differ, the error of each group of rows before and after, and the rows whose error changed most. `errors` is `null` where they did not predict the same rows in the same folds',
  answer: {
    status: 200,
    json: v.object({
      before: v.string(),
      after: v.string(),
      comparison: v.nullable(againstSchema),
      params: v.array(
        v.object({ key: v.string(), before: v.exactOptional(v.string()), after: v.exactOptional(v.string()) }),
      ),
      code: v.array(v.object({ path: v.string(), hunks: v.array(hunk) })),
      errors: v.nullable(
        v.object({
          measure: v.picklist(['rmse', 'error-rate']),
          before: v.number(),
          after: v.number(),
          n: v.number(),
          smaller: v.number(),
          larger: v.number(),
          slices: v.array(
            v.object({
              column: v.string(),
              groups: v.array(
                v.union([
                  v.object({ level: v.string(), ...changeEntries }),
                  v.object({ from: v.number(), to: v.number(), ...changeEntries }),
                ]),
              ),
            }),
          ),
          improved: v.array(rowChange),
          worsened: v.array(rowChange),
        }),
      ),
    }),
  },
  limit: COMPARISONS,
  etag: true,
} as const satisfies Route;
