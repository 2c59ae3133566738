// Routes to what a session has made: files, runs, predictions, activity.
import * as v from 'valibot';
import { SCENES } from '../../model/types.ts';
import { comparisonSchema } from '../comparison-schemas.ts';
import { runRowSchema, wholeRunSchema } from '../report-schemas.ts';
import { DECLARATIONS, READS } from './limits.ts';
import type { Route } from './route.ts';
import { rowBody } from './row-body.ts';

export const filesRoute = {
  method: 'GET',
  path: '/api/sessions/:id/files',
  who: 'anyone',
  summary: 'The texts of a revision, by default of the newest, and the tables beside them',
  query: v.object({ revision: v.exactOptional(v.pipe(v.string(), v.regex(/^[1-9]\d{0,8}$/))) }),
  answer: {
    status: 200,
    json: v.object({
      revision: v.number(),
      files: v.record(v.string(), v.string()),
      data: v.array(v.object({ path: v.string(), rows: v.number(), sha256: v.string() })),
    }),
  },
  limit: READS,
} as const satisfies Route;

const cell = v.union([v.string(), v.number()]);

const agendaStep = v.object({
  title: v.string(),
  say: v.string(),
  ask: v.string(),
  choices: v.exactOptional(v.array(v.string())),
  minutes: v.number(),
  scene: v.picklist(SCENES),
  checkpoint: v.exactOptional(v.string()),
  reveal: v.exactOptional(v.boolean()),
  done: v.exactOptional(
    v.union([
      v.object({ run: v.literal(true) }),
      v.object({ score: v.number(), task: v.exactOptional(v.string()) }),
      v.object({ file: v.string() }),
    ]),
  ),
  show: v.exactOptional(
    v.array(v.object({ file: v.string(), fromLine: v.number(), toLine: v.number(), sentence: v.string() })),
  ),
  counted: v.exactOptional(v.string()),
});

export const courseRoute = {
  method: 'GET',
  path: '/api/sessions/:id/course',
  who: 'anyone',
  summary: 'The course of the session: the columns of its table, its checkpoints, its agendas',
  answer: {
    status: 200,
    json: v.object({
      id: v.string(),
      title: v.string(),
      language: v.string(),
      /** The file that a patch shows first. */
      edit: v.string(),
      columns: v.array(
        v.object({
          name: v.string(),
          type: v.picklist(['integer', 'number', 'ordinal', 'binary', 'nominal', 'text']),
          label: v.string(),
          unit: v.exactOptional(v.string()),
          min: v.exactOptional(v.number()),
          max: v.exactOptional(v.number()),
          levels: v.exactOptional(v.array(v.string())),
          valueLabels: v.exactOptional(v.record(v.string(), v.string())),
          nullable: v.exactOptional(v.boolean()),
          sensitive: v.exactOptional(v.boolean()),
          marks: v.exactOptional(v.object({ value: v.number(), of: v.string(), is: v.number(), label: v.string() })),
          typical: v.exactOptional(v.nullable(cell)),
        }),
      ),
      checkpoints: v.array(v.object({ name: v.string(), title: v.string(), task: v.string() })),
      /** What a session begins with; the facilitators' view has what they made of it. */
      agendas: v.array(v.object({ minutes: v.number(), steps: v.array(agendaStep) })),
    }),
  },
  limit: READS,
} as const satisfies Route;

export const runsRoute = {
  method: 'GET',
  path: '/api/sessions/:id/runs',
  who: 'anyone',
  summary: 'The runs, oldest first',
  answer: { status: 200, json: v.object({ runs: v.array(runRowSchema) }) },
  limit: READS,
} as const satisfies Route;

export const runRoute = {
  method: 'GET',
  path: '/api/sessions/:id/runs/:run',
  who: 'anyone',
  summary: 'One run with its log, plots and out-of-fold predictions, unless `predictions` is false',
  query: v.object({ predictions: v.optional(v.picklist(['true', 'false'])) }),
  answer: { status: 200, json: wholeRunSchema },
  limit: READS,
} as const satisfies Route;

export const holdoutRoute = {
  method: 'GET',
  path: '/api/sessions/:id/holdout',
  who: 'anyone',
  summary: 'Hold-out scores of the runs; `null` before the reveal, unless the session shows them always',
  answer: {
    status: 200,
    json: v.object({
      runs: v.nullable(
        v.array(
          v.object({
            run: v.string(),
            number: v.number(),
            score: v.number(),
            overBaseline: v.exactOptional(comparisonSchema),
            overStart: v.exactOptional(comparisonSchema),
            /** Of a classification: rows whose most probable class is right. */
            right: v.exactOptional(v.object({ rows: v.number(), of: v.number() })),
          }),
        ),
      ),
    }),
  },
  limit: READS,
} as const satisfies Route;

export const predictRoute = {
  method: 'POST',
  path: '/api/sessions/:id/predict',
  who: 'joined',
  summary: 'What the model of the last successful run answers for a row; `predict_refused` says what the row lacks',
  body: rowBody,
  answer: {
    status: 200,
    json: v.object({
      /** A number, or the most probable class. */
      prediction: v.union([v.number(), v.string()]),
      /** Of a classification, by the names of its classes. */
      probabilities: v.exactOptional(v.record(v.string(), v.number())),
      run: v.string(),
    }),
  },
  errors: ['predict_refused', 'predict_unavailable', 'superseded'],
  limit: READS,
} as const satisfies Route;

export const activityRoute = {
  method: 'GET',
  path: '/api/sessions/:id/activity',
  who: 'anyone',
  summary: 'What happened, newest last; facilitators also see moderation',
  answer: {
    status: 200,
    json: v.object({
      activity: v.array(
        v.object({
          seq: v.number(),
          at: v.number(),
          by: v.nullable(v.string()),
          what: v.string(),
          facts: v.record(v.string(), v.union([v.string(), v.number()])),
          about: v.exactOptional(v.string()),
          /** Moderation, which facilitators alone are shown. */
          private: v.exactOptional(v.literal(true)),
        }),
      ),
    }),
  },
  limit: READS,
} as const satisfies Route;

export const guestTypesRoute = {
  method: 'GET',
  path: '/api/sessions/:id/guest-types',
  who: 'anyone',
  summary: 'Type declarations of the libraries that workspace files import',
  answer: { status: 200, json: v.object({ files: v.record(v.string(), v.string()) }) },
  limit: DECLARATIONS,
} as const satisfies Route;
