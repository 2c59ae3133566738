// Routes that create, describe and delete a session, and by which people join it.
import * as v from 'valibot';
import { LANGUAGES } from '../../model/languages.ts';
import { LIMITS } from '../../model/limits.ts';
import { CREATIONS, LINKS, READS } from './limits.ts';
import type { Route } from './route.ts';
import { tableAnswers } from './table-routes.ts';

const displayName = v.optional(v.pipe(v.string(), v.maxLength(LIMITS.displayName * 4)));
const secret = v.pipe(v.string(), v.maxLength(200));
const joinedAnswer = v.object({
  sessionId: v.string(),
  participantId: v.string(),
  displayName: v.string(),
  token: v.string(),
});

export const createRoute = {
  method: 'POST',
  path: '/api/sessions',
  who: 'creator',
  summary: 'Create a session; `facilitatorSecret` is shown once',
  body: v.strictObject({
    title: v.optional(v.pipe(v.string(), v.maxLength(LIMITS.title))),
    approveFirst: v.optional(v.boolean()),
    holdout: v.optional(v.picklist(['hidden', 'shown', 'off'])),
    language: v.optional(v.picklist(LANGUAGES)),
    course: v.optional(v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,60}$/))),
    checkpoint: v.optional(v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/))),
    /** One of the course's agendas, by the minutes it takes; default: the first. */
    agenda: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
    /** In place of a course: one is made of an uploaded table. */
    table: v.optional(tableAnswers),
    reusableLink: v.optional(v.boolean()),
  }),
  answer: {
    status: 201,
    json: v.object({
      sessionId: v.string(),
      joinCode: v.string(),
      facilitatorSecret: v.string(),
      hostUrl: v.string(),
      joinUrl: v.string(),
      projectorUrl: v.string(),
    }),
  },
  errors: ['not_found', 'no_such_table', 'bad_table', 'busy'],
  limit: CREATIONS,
} as const satisfies Route;

export const joinRoute = {
  method: 'POST',
  path: '/api/join',
  who: 'anyone',
  summary: 'Join as a new participant, or as the one that a valid token or cookie names',
  body: v.strictObject({ code: v.pipe(v.string(), v.maxLength(200)), displayName }),
  answer: { status: 200, json: joinedAnswer, cookie: true },
  errors: [
    'no_such_code',
    'rate_limited',
    'display_name_length',
    'display_name_taken',
    'display_name_reserved',
    'session_ended',
    'session_full',
    'session_locked',
    'removed',
    'busy',
  ],
} as const satisfies Route;

export const facilitatorRoute = {
  method: 'POST',
  path: '/api/sessions/:id/facilitator',
  who: 'anyone',
  summary: 'Become a facilitator with the secret of a facilitator link, which is used up by it unless it is reusable',
  /** `attempt`: random, of whoever asks; asked again with it, as where the answer was lost, it is the same facilitator. */
  body: v.strictObject({ secret, displayName, attempt: v.optional(v.pipe(v.string(), v.regex(/^[\w-]{22,64}$/))) }),
  answer: { status: 200, json: joinedAnswer, cookie: true },
  errors: [
    'wrong_secret',
    'display_name_length',
    'display_name_taken',
    'display_name_reserved',
    'session_ended',
    'removed',
    'busy',
  ],
  limit: READS,
} as const satisfies Route;

export const facilitatorLinkRoute = {
  method: 'POST',
  path: '/api/sessions/:id/facilitator-links',
  who: 'facilitator',
  summary: 'Make a further facilitator link; `secret` is shown once',
  body: v.strictObject({ reusable: v.optional(v.boolean()) }),
  answer: { status: 201, json: v.object({ link: v.string(), secret: v.string(), hostUrl: v.string() }) },
  errors: ['too_many_links', 'busy'],
  limit: LINKS,
} as const satisfies Route;

export const sessionRoute = {
  method: 'GET',
  path: '/api/sessions/:id',
  who: 'anyone',
  summary: 'Title, status and counts of a session',
  answer: {
    status: 200,
    json: v.object({
      sessionId: v.string(),
      title: v.string(),
      status: v.picklist(['open', 'ended']),
      participants: v.number(),
      online: v.number(),
      suggestions: v.number(),
      runs: v.number(),
      revision: v.number(),
      createdAt: v.number(),
    }),
  },
  limit: READS,
} as const satisfies Route;

export const meRoute = {
  method: 'GET',
  path: '/api/sessions/:id/me',
  who: 'joined',
  summary: 'Who your token or cookie says you are',
  answer: {
    status: 200,
    json: v.object({
      sessionId: v.string(),
      participantId: v.string(),
      displayName: v.string(),
      facilitator: v.boolean(),
    }),
  },
  limit: READS,
} as const satisfies Route;

export const deleteRoute = {
  method: 'DELETE',
  path: '/api/sessions/:id',
  who: 'facilitator',
  summary: 'Delete the session and everything of it',
  answer: { status: 204 },
  limit: READS,
} as const satisfies Route;
