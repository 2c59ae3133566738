// The replay of a session: what was public of its code, suggestions and scores, with the times at which it happened.
import * as v from 'valibot';
import { REPLAYS } from './limits.ts';
import type { AnswerOf, Route } from './route.ts';

const hunk = v.object({ fromLine: v.number(), removed: v.array(v.string()), added: v.array(v.string()) });

const replaySchema = v.object({
  title: v.string(),
  /** The question that the session began with. */
  sentence: v.string(),
  /** Milliseconds since 1970, of the first and of the last moment. */
  from: v.number(),
  to: v.number(),
  ended: v.boolean(),
  revisions: v.array(
    v.object({
      n: v.number(),
      at: v.number(),
      why: v.string(),
      /** Whose change it is, where they asked to be credited by name. */
      credit: v.exactOptional(v.string()),
      /** The suggestion that was applied, where it is public. */
      suggestion: v.exactOptional(v.string()),
      /** Against the revision before it in this list; a file without lines is gone. */
      files: v.array(v.object({ path: v.string(), hunks: v.array(hunk) })),
    }),
  ),
  suggestions: v.array(
    v.object({
      id: v.string(),
      text: v.string(),
      credit: v.exactOptional(v.string()),
      /** Since when everybody saw it. */
      at: v.number(),
      appliedAt: v.exactOptional(v.number()),
      hasPatch: v.boolean(),
      /** The count since a time, oldest first. */
      votes: v.array(v.object({ at: v.number(), n: v.number() })),
    }),
  ),
  /** Main runs, oldest first. */
  runs: v.array(
    v.object({
      number: v.number(),
      revision: v.number(),
      startedAt: v.number(),
      endedAt: v.exactOptional(v.number()),
      outcome: v.picklist([
        'first',
        'better',
        'worse',
        'noise',
        'same',
        'measure',
        'incomparable',
        'checking',
        'suspect',
        'struck',
        'failed',
        'stopped',
        'running',
      ]),
      metric: v.string(),
      unit: v.string(),
      direction: v.picklist(['lower', 'higher']),
      score: v.exactOptional(v.number()),
      baseline: v.exactOptional(v.number()),
    }),
  ),
});

export const replayRoute = {
  method: 'GET',
  path: '/api/sessions/:id/replay',
  who: 'anyone',
  summary:
    'Code, suggestions and scores along the time: what everybody sees now, and when it came. Names only by consent; while the session goes on, made anew at most every 30 s',
  answer: { status: 200, json: replaySchema },
  etag: true,
  limit: REPLAYS,
} as const satisfies Route;

export type Replay = AnswerOf<typeof replayRoute>;
