// Routes to the visible rows of the course's table: what each column holds beside the target, and the rows themselves.
// Invariant: hold-out rows are in none of their answers.
import * as v from 'valibot';
import { READS } from './limits.ts';
import type { Route } from './route.ts';

/** Of one answer. */
const MOST_ROWS = 50;

/** Of some rows: the mean of the target, or the share of each class; `null` where there are no rows. */
const ofRows = v.nullable(v.union([v.number(), v.array(v.number())]));
const counted = { n: v.number(), target: ofRows };

const column = v.object({
  name: v.string(),
  type: v.picklist(['integer', 'number', 'ordinal', 'binary', 'nominal', 'text']),
  label: v.string(),
  unit: v.exactOptional(v.string()),
  valueLabels: v.exactOptional(v.record(v.string(), v.string())),
  sensitive: v.exactOptional(v.boolean()),
  /** `forbidden`: no input of a model may come from it. */
  role: v.picklist(['input', 'target', 'forbidden']),
  missing: v.object(counted),
  distinct: v.number(),
  numbers: v.exactOptional(
    v.object({
      min: v.number(),
      max: v.number(),
      mean: v.number(),
      standardDeviation: v.number(),
      median: v.number(),
    }),
  ),
  bins: v.array(
    v.union([
      v.object({ level: v.string(), ...counted }),
      v.object({ others: v.number(), ...counted }),
      v.object({ from: v.number(), to: v.number(), ...counted }),
    ]),
  ),
  explained: v.exactOptional(v.number()),
  correlation: v.exactOptional(v.number()),
});

export const dataRoute = {
  method: 'GET',
  path: '/api/sessions/:id/data',
  who: 'anyone',
  summary:
    'The data profile of the visible rows: for each column its values in bins with the target in each, what is missing, and how much of the target it explains alone; duplicates and the oddest rows. Rows count from 0',
  etag: true,
  answer: {
    status: 200,
    json: v.object({
      rows: v.number(),
      target: v.object({ name: v.string(), unit: v.string(), classes: v.array(v.string()), all: ofRows }),
      columns: v.array(column),
      duplicates: v.object({
        count: v.number(),
        rows: v.array(v.object({ row: v.number(), of: v.number() })),
      }),
      oddRows: v.array(
        v.object({
          row: v.number(),
          because: v.array(
            v.object({ column: v.string(), value: v.number(), median: v.number(), deviations: v.number() }),
          ),
        }),
      ),
    }),
  },
  limit: READS,
} as const satisfies Route;

const whole = v.pipe(v.string(), v.regex(/^\d{1,6}$/));

export const rowsRoute = {
  method: 'GET',
  path: '/api/sessions/:id/rows',
  who: 'anyone',
  summary: `Visible rows with all their values, at most ${MOST_ROWS} at once: all in order, or those of one bin of a column as the data profile counts them (\`missing\`: without a value)`,
  query: v.object({
    column: v.exactOptional(v.pipe(v.string(), v.maxLength(200))),
    bin: v.exactOptional(v.pipe(v.string(), v.regex(/^(missing|\d{1,3})$/))),
    from: v.exactOptional(whole),
    most: v.exactOptional(v.pipe(v.string(), v.regex(/^([1-9]|[1-4]\d|50)$/))),
  }),
  answer: {
    status: 200,
    json: v.object({
      columns: v.array(v.string()),
      rows: v.array(v.object({ row: v.number(), cells: v.array(v.nullable(v.union([v.string(), v.number()]))) })),
      total: v.number(),
    }),
  },
  limit: READS,
} as const satisfies Route;
