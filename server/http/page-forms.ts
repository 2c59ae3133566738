// What the server does for a page before it is rendered. The session's page gets what it shows first. Joining and creating
// a session are forms that work before the page's scripts do: the form is sent to the page's own address and goes through
// the same route as the request of a script, with the same limits.
// Invariant: a form whose browser keeps no cookies makes nobody and nothing, since the next page would know nothing of it;
// a refused form comes back as its page, with the reason and what was typed; a join code that is not one is
// refused before a name is asked for, and guessing codes is as slow here as there.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Language } from '#session-core/model/languages.ts';
import type { AnswerOf } from '#session-core/protocol/http-api/route.ts';
import { ROUTES } from '#session-core/protocol/http-api/routes.ts';
import type { createRoute } from '#session-core/protocol/http-api/session-routes.ts';
import { PAGE_FACTS_HEADER, type PageFacts, writePageFacts } from '#session-core/protocol/page-facts.ts';
import { requestIdOf } from '../platform/request-marks.ts';
import { newDisplayName } from '../session/default-name.ts';
import type { LiveSession } from '../session/session-api.ts';
import type { AppContext } from './app-context.ts';
import { readText } from './body.ts';
import { dispatch, type Endpoint } from './dispatch.ts';
import { firstViewFacts } from './first-view.ts';
import { becomeFacilitator, createSession, join, openByCode } from './handlers/session-handlers.ts';
import { identify, keepsCookies, probeCookie } from './identity.ts';
import { SESSION_PAGE, sessionPageFiles } from './pages/session-page.ts';
import { type Failure, httpError, type Reply, refuse } from './reply.ts';

/** Each may hold the form for joining, or the one for a session. */
const WITH_FORM = /^\/(?:j|new|s)(?:\/|$)/;

const MOST_FORM_BYTES = 4096;

/** What a page takes: a form is sent to two of them, and Next would answer any other method as a GET. */
export const methodsOfPage = (pathname: string): readonly string[] =>
  pathname === '/new' || /^\/j\/[^/]+$/.test(pathname) ? ['GET', 'HEAD', 'POST'] : ['GET', 'HEAD'];

/** `facts`: render the page with them. */
type Outcome =
  | {
      readonly facts: PageFacts;
      readonly status?: number;
      /** Of the session that a join code leads to. */
      readonly language?: Language;
    }
  /** The same, made for all who come at once. */
  | { readonly written: string }
  | { readonly reply: Reply };

const JOIN: Endpoint = { name: 'join', route: ROUTES.join, handler: join };
const CREATE: Endpoint = { name: 'createSession', route: ROUTES.createSession, handler: createSession };
const FACILITATE: Endpoint = { name: 'becomeFacilitator', route: ROUTES.becomeFacilitator, handler: becomeFacilitator };

/**
 * Answers what needs no page; else gives the request its facts, as a GET, and the response its status.
 * `language`: of the session that the page is about, where its address names none.
 */
export async function preparePage(
  app: AppContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<{ readonly reply: Reply } | { readonly language: Language | null }> {
  delete request.headers[PAGE_FACTS_HEADER];
  const { pathname } = new URL(request.url ?? '/', 'http://here');
  if (WITH_FORM.test(pathname) && !keepsCookies(request)) response.setHeader('Set-Cookie', probeCookie(app.origins));
  const code = /^\/j\/([^/]+)$/.exec(pathname)?.[1];
  const session = SESSION_PAGE.exec(pathname)?.[1];
  const outcome =
    code !== undefined
      ? await onJoin(app, request, code)
      : session !== undefined
        ? await onSession(app, request, session)
        : await onNew(app, request, pathname);
  if (outcome === null) return { language: null };
  if ('reply' in outcome) return outcome;
  if ('written' in outcome) {
    request.headers[PAGE_FACTS_HEADER] = outcome.written;
    return { language: null };
  }
  request.headers[PAGE_FACTS_HEADER] = writePageFacts(outcome.facts);
  if (request.method === 'POST') request.method = 'GET';
  response.statusCode = outcome.status ?? 200;
  return { language: outcome.language ?? null };
}

const seeOther = (
  { origins }: Pick<AppContext, 'origins'>,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Outcome => ({ reply: { status: 303, headers: { ...headers, Location: origins.pathOf(path) } } });

async function onJoin(app: AppContext, request: IncomingMessage, encoded: string): Promise<Outcome> {
  const code = decodeURIComponent(encoded);
  const found = await openByCode(app, request, code);
  if ('error' in found) {
    app.log.sampled('request_refused', { request: requestIdOf(request), route: 'join', code: found.error.code });
    return { facts: { refused: found.error }, status: found.status };
  }
  // Who has joined before goes on, whatever the page would ask.
  if (identify(request, found, true)) return seeOther(app, `/s/${found.id}`);
  // Said before a name is asked for.
  const closed = notTakingMore(app, found);
  const { language } = found.state().settings;
  if (closed) return { facts: { refused: closed.error }, status: closed.status, language };
  const ahead = await sessionPageFiles(app.log);
  if (request.method !== 'POST') return { facts: { session: shown(found), ahead }, language };
  const form = await formOf(request);
  if (form === null) return { reply: httpError('too_large', { bytes: MOST_FORM_BYTES }, { Connection: 'close' }) };
  const displayName = form['displayName']?.trim() ?? '';
  const reply = keepsCookies(request)
    ? await send(app, JOIN, request, { code, ...(displayName === '' ? {} : { displayName }) })
    : httpError('no_cookies');
  if (!reply.error) return seeOther(app, `/s/${found.id}`, reply.headers);
  return {
    facts: { session: shown(found), ahead, refused: reply.error, typed: { displayName } },
    status: reply.status,
    language,
  };
}

/** Only to those who have joined; what is theirs alone comes over the socket. */
async function onSession(app: AppContext, request: IncomingMessage, id: string): Promise<Outcome | null> {
  if (request.method !== 'GET') return null;
  const session = await app.registry.open(id);
  if (!session || !identify(request, session, true)) return null;
  return { written: await firstViewFacts(session) };
}

async function onNew(app: AppContext, request: IncomingMessage, pathname: string): Promise<Outcome | null> {
  if (pathname !== '/new' || request.method !== 'POST') return null;
  const form = await formOf(request);
  if (form === null) return { reply: httpError('too_large', { bytes: MOST_FORM_BYTES }, { Connection: 'close' }) };
  const { key, ...typed } = form;
  const title = typed['title']?.trim() ?? '';
  const body = {
    ...(title === '' ? {} : { title }),
    ...(form['course'] === undefined ? {} : { course: form['course'] }),
    approveFirst: form['approveFirst'] !== undefined,
    ...(form['holdout'] === undefined ? {} : { holdout: form['holdout'] }),
    ...(form['language'] === undefined ? {} : { language: form['language'] }),
  };
  const reply = keepsCookies(request) ? await send(app, CREATE, request, body, {}, key) : httpError('no_cookies');
  if (reply.error) return { facts: { refused: reply.error, typed }, status: reply.status };
  const { sessionId, facilitatorSecret } = reply.json as AnswerOf<typeof createRoute>;
  const entered = await send(app, FACILITATE, request, { secret: facilitatorSecret }, { id: sessionId });
  if (entered.error) return { facts: { refused: entered.error, typed }, status: entered.status };
  return seeOther(app, `/s/${sessionId}/host?created`, { ...reply.headers, ...entered.headers });
}

function notTakingMore(app: AppContext, session: LiveSession): Failure | null {
  const { settings, full } = session.view();
  if (settings.locked) return refuse('session_locked');
  return full ? refuse('session_full', { most: app.config.participantsPerSession }) : null;
}

const shown = (session: LiveSession) => {
  const { title, people } = session.view();
  const taken = Object.values(session.state().participants).map(({ displayName }) => displayName);
  // Neither the projector nor the facilitators are people who joined.
  return { title, online: people.online, displayName: newDisplayName(taken) };
};

const send = (
  app: AppContext,
  endpoint: Endpoint,
  request: IncomingMessage,
  body: object,
  params: Readonly<Record<string, string>> = {},
  createKey = '',
): Promise<Reply> =>
  dispatch(app, endpoint, { request, params, query: {}, text: async () => JSON.stringify(body), createKey });

/** null: too long. */
async function formOf(request: IncomingMessage): Promise<Readonly<Record<string, string>> | null> {
  const text = await readText(request, MOST_FORM_BYTES);
  return text === null ? null : Object.fromEntries(new URLSearchParams(text));
}
