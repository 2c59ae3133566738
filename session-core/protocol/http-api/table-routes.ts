// Routes by which a table that somebody brings becomes the course of a new session.
import * as v from 'valibot';
import { UPLOADS } from './limits.ts';
import type { Route } from './route.ts';

/** What a table may have: more is refused before it is sent, where the page can tell. A column of groups has some of them. */
export const TABLE = { bytes: 20 * 1024 * 1024, rows: 100_000, columns: 200, fewestGroups: 10 } as const;

const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));
const column = v.pipe(v.string(), v.minLength(1), v.maxLength(60));
const kind = v.picklist(['regression', 'classification']);
const cell = v.nullable(v.union([v.string(), v.number()]));

/** What is decided about a table: the session's question. */
export const tableAnswers = v.strictObject({
  /** That uploading it answered. */
  id,
  /** What the table is, for people. */
  dataset: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80)),
  target: column,
  kind,
  measure: v.pipe(v.string(), v.regex(/^[a-zA-Z0-9]{1,30}$/)),
  forbidden: v.pipe(v.array(column), v.maxLength(TABLE.columns)),
  /** Rows with the same value of it belong together: no fold and no hold-out set splits them. */
  group: v.optional(column),
  unit: v.pipe(v.string(), v.trim(), v.maxLength(40)),
  /** The visible rows are in the repository that people export. */
  inRepository: v.boolean(),
});

export const uploadTableRoute = {
  method: 'POST',
  path: '/api/tables',
  who: 'creator',
  summary: 'Send a table, as CSV, for a session of its own; what is in it. It is kept for an hour, then deleted',
  upload: { bytes: TABLE.bytes },
  answer: {
    status: 201,
    json: v.object({
      id: v.string(),
      rows: v.number(),
      columns: v.array(
        v.object({
          name: v.string(),
          header: v.string(),
          label: v.string(),
          kind: v.picklist(['number', 'words', 'text']),
          unit: v.string(),
          date: v.boolean(),
          missing: v.number(),
          distinct: v.number(),
          constant: v.boolean(),
          targets: v.array(kind),
          odd: v.exactOptional(v.object({ count: v.number(), row: v.number(), value: v.string() })),
          bars: v.array(
            v.union([
              v.object({ from: v.number(), to: v.number(), count: v.number() }),
              v.object({ name: v.string(), count: v.number() }),
            ]),
          ),
        }),
      ),
      head: v.array(v.array(cell)),
      notes: v.array(v.string()),
    }),
  },
  errors: ['bad_table', 'busy'],
  limit: UPLOADS,
} as const satisfies Route;

export const proposalRoute = {
  method: 'POST',
  path: '/api/tables/:table/proposal',
  who: 'creator',
  summary: 'For a target among the columns of an uploaded table: kinds of task, and columns that should be forbidden',
  body: v.strictObject({ target: column, kind: v.optional(kind) }),
  answer: {
    status: 200,
    json: v.object({
      target: v.string(),
      kinds: v.array(kind),
      unit: v.string(),
      forbidden: v.array(
        v.object({
          column: v.string(),
          reason: v.variant('code', [
            v.object({ code: v.literal('strong'), percent: v.number() }),
            v.object({ code: v.literal('identifier') }),
          ]),
        }),
      ),
      classes: v.array(v.object({ name: v.string(), rows: v.number() })),
      rowsLeftOut: v.object({ missing: v.number(), rare: v.number() }),
    }),
  },
  errors: ['bad_table', 'no_such_table', 'busy'],
  limit: UPLOADS,
} as const satisfies Route;
