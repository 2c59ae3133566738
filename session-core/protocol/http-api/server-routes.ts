// Routes of the server itself.
import * as v from 'valibot';
import { DECLARATIONS } from './limits.ts';
import type { Route } from './route.ts';

export const healthRoute = {
  method: 'GET',
  path: '/healthz',
  who: 'anyone',
  summary: 'Health of the server: sessions in memory, open sockets, lag of the event loop',
  answer: {
    status: 200,
    json: v.object({
      status: v.literal('ok'),
      version: v.string(),
      protocol: v.number(),
      sessions: v.number(),
      sockets: v.number(),
      loopLagMs: v.number(),
      /** Of this node, where several share a database. */
      cluster: v.optional(
        v.object({
          /** On the machine of the server alone. */
          node: v.optional(v.string()),
          /** That are alive, this one included. */
          nodes: v.number(),
          /** Sessions that this one serves. */
          owned: v.number(),
          /** Requests and streams that it passed on. */
          forwarded: v.number(),
          /** Visitors who wait for the owner of their session. */
          held: v.number(),
          ownerChanges: v.number(),
          /** Milliseconds since its last heartbeat. */
          heartbeatMs: v.number(),
          /** Where workers on other machines perform the runs. */
          fleet: v.optional(
            v.object({
              workers: v.number(),
              /** Runs that they perform at a time. */
              places: v.number(),
              /** Of this node, as the two after it. */
              waiting: v.number(),
              running: v.number(),
              /** Workers that were gone in the middle of something. */
              lost: v.number(),
            }),
          ),
        }),
      ),
    }),
  },
  errors: ['degraded'],
} as const satisfies Route;

export const readyRoute = {
  method: 'GET',
  path: '/readyz',
  who: 'anyone',
  summary: 'Whether people may be sent here: it can store, its sandbox takes runs, and it is not about to stop',
  answer: { status: 200, json: v.object({ status: v.literal('ready') }) },
  errors: ['not_ready'],
} as const satisfies Route;

export const metricsRoute = {
  method: 'GET',
  path: '/metrics',
  who: 'anyone',
  summary: 'The same and more for Prometheus: on the machine of the server, or with its METRICS_TOKEN',
  errors: ['metrics_not_local'],
  answer: { status: 200, types: ['text/plain; version=0.0.4; charset=utf-8'] },
} as const satisfies Route;

export const addressesRoute = {
  method: 'GET',
  path: '/api/addresses',
  who: 'anyone',
  summary: 'Where this server is reached: the address people are given, and further ones of this machine',
  answer: {
    status: 200,
    json: v.object({
      publicUrl: v.string(),
      addresses: v.array(v.object({ origin: v.string(), name: v.string(), virtual: v.boolean() })),
    }),
  },
} as const satisfies Route;

export const openApiRoute = {
  method: 'GET',
  path: '/api/openapi.json',
  who: 'anyone',
  summary: 'This API as an OpenAPI 3.1 document, with every schema',
  answer: { status: 200, json: v.record(v.string(), v.unknown()) },
} as const satisfies Route;

export const displayNameRoute = {
  method: 'GET',
  path: '/api/display-name',
  who: 'anyone',
  summary: 'A display name to suggest',
  answer: { status: 200, json: v.object({ displayName: v.string() }) },
} as const satisfies Route;

export const coursesRoute = {
  method: 'GET',
  path: '/api/courses',
  who: 'anyone',
  summary: 'The courses of this server, and the workspaces that a session can start from',
  answer: {
    status: 200,
    json: v.object({
      courses: v.array(
        v.object({
          id: v.string(),
          title: v.string(),
          language: v.string(),
          /** What is predicted, in a sentence. */
          question: v.string(),
          /** What the table is. */
          dataset: v.string(),
          /** Whose it is and under which licence; '' where nothing is to be said. */
          notice: v.string(),
          rows: v.number(),
          columns: v.number(),
          /** Its questions, and the checkpoint that a session with each begins with; the first is the default. */
          tasks: v.array(v.object({ id: v.string(), sentence: v.string(), checkpoint: v.string() })),
          checkpoints: v.array(v.object({ name: v.string(), title: v.string(), task: v.string() })),
          /** The minutes that each of its agendas takes; the first is that of a session that chooses none. */
          agendas: v.array(v.number()),
        }),
      ),
    }),
  },
} as const satisfies Route;

export const commandLineRoute = {
  method: 'GET',
  path: '/api/crowd.mjs',
  who: 'anyone',
  summary: 'The command line `crowd` as one file for Node 20 and newer: `node crowd.mjs --help`',
  answer: { status: 200, types: ['text/javascript; charset=utf-8'] },
  limit: DECLARATIONS,
} as const satisfies Route;
