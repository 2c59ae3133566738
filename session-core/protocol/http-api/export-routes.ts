// Routes that give files: the tables for facilitators, the repository for everybody who joined.
import * as v from 'valibot';
import { EXPORTS, LINKS, REPOSITORIES } from './limits.ts';
import type { Route } from './route.ts';

export const EXPORT_TABLES = ['suggestions', 'votes', 'answers', 'runs', 'activity'] as const;

export const exportRoute = {
  method: 'GET',
  path: '/api/sessions/:id/export/:file',
  who: 'facilitator',
  summary:
    'A table of the session as CSV or JSON; who voted for what is in none of them. `separator=semicolon`: CSV for spreadsheets with decimal commas',
  query: v.object({ separator: v.exactOptional(v.picklist(['comma', 'semicolon'])) }),
  choices: { file: EXPORT_TABLES.flatMap((table) => [`${table}.csv`, `${table}.json`]) },
  answer: { status: 200, types: ['text/csv; charset=utf-8', 'application/json; charset=utf-8'] },
  limit: EXPORTS,
} as const satisfies Route;

export const cloneLinkRoute = {
  method: 'POST',
  path: '/api/sessions/:id/clone-links',
  who: 'joined',
  summary:
    'An address for `git clone`, read-only, shown once: it makes one clone, and `git pull` gets what was applied since. Branches `suggestion/<n>` are open patches',
  answer: { status: 201, json: v.object({ url: v.string() }) },
  limit: LINKS,
} as const satisfies Route;

export const repositoryRoute = {
  method: 'GET',
  path: '/api/sessions/:id/repository',
  who: 'joined',
  summary:
    'The session as a git bundle: `git clone` takes it; one commit a step, credited, with votes, scores and licences, and the report of the session as the last',
  answer: { status: 200, types: ['application/octet-stream'] },
  limit: REPOSITORIES,
} as const satisfies Route;

export const zippedRepositoryRoute = {
  method: 'GET',
  path: '/api/sessions/:id/repository.zip',
  who: 'joined',
  summary: 'The files of the last commit of that repository, without its history',
  answer: { status: 200, types: ['application/zip'] },
  limit: REPOSITORIES,
} as const satisfies Route;

export const surroundingsRoute = {
  method: 'GET',
  path: '/api/sessions/:id/surroundings',
  who: 'joined',
  summary:
    'What is beside the workspace in the repository, path -> text: libraries, visible rows, settings of npm and git, licences. With `files` it is all that the stages need to run elsewhere',
  answer: { status: 200, json: v.object({ files: v.record(v.string(), v.string()) }) },
  limit: REPOSITORIES,
} as const satisfies Route;
