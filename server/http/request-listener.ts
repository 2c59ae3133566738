// Every HTTP request comes here first: Host, Origin and address are checked, then it goes to the API or is a page.
// Invariant: nothing is answered to a foreign Host or Origin but a refusal.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { factsOf } from '../platform/log.ts';
import { networkOf } from '../platform/network.ts';
import { marksOf, requestIdOf } from '../platform/request-marks.ts';
import { Elsewhere } from '../session/ownership.ts';
import { createApi } from './api.ts';
import type { AppContext } from './app-context.ts';
import { createGitRemote, isGitRequest } from './git-remote.ts';
import { dressPage, PLAIN_HEADERS } from './headers.ts';
import { methodsOfPage, preparePage } from './page-forms.ts';
import { inLanguage, languageChoice, languageOf } from './page-language.ts';
import { withoutQuery } from './pages/page-address.ts';
import { createSharedPages, type SharedPages } from './pages/shared-pages.ts';
import { answerStatic } from './pages/static-files.ts';
import { PagesFault } from './pages.ts';
import { type Failure, httpError, type Pages, type Reply, refuse, write } from './reply.ts';

/** An answer that takes longer is in the log. */
const SLOW_MS = 1_000;

/** @param pages null: a server without pages, as in tests */
export function createRequestListener(app: AppContext, pages: Pages | null) {
  const api = createApi(app);
  const git = createGitRemote(app);
  const showShared = pages && createSharedPages(pages, app.origins.basePath);
  let warned = false;
  return (request: IncomingMessage, response: ServerResponse): void => {
    for (const [name, value] of Object.entries(PLAIN_HEADERS)) response.setHeader(name, value);
    response.setHeader('X-Request-Id', requestIdOf(request));
    if (app.origins.secure) response.setHeader('Strict-Transport-Security', 'max-age=31536000');
    warnOfProxy(request);
    const refusal = refusalOf(app, request);
    measure(request, response);
    if (refusal) app.log.sampled('request_refused', { request: requestIdOf(request), code: refusal.error.code });
    if (refusal) write(response, isNavigation(request) ? asText(refusal) : refusal);
    else if (isGitRequest(request)) git(request, response);
    else if (showShared === null || isApi(request)) void api(request, response);
    else showPage(request, response, showShared);
  };

  function measure(request: IncomingMessage, response: ServerResponse): void {
    const began = performance.now();
    response.once('finish', () => {
      const ms = performance.now() - began;
      const { id, route } = marksOf(request);
      app.httpTimes.observe(ms / 1000, route, String(response.statusCode));
      if (ms < SLOW_MS) return;
      app.log.sampled('slow_request', { request: id, method: request.method ?? '', route, ms: Math.round(ms) }, route);
    });
  }

  function warnOfProxy({ headers }: IncomingMessage): void {
    if (warned || app.config.trustProxy > 0 || headers['x-forwarded-for'] === undefined) return;
    warned = true;
    // Otherwise all visitors share the proxy's address, and with it the limits of one address.
    app.log.warn('proxy_not_trusted', { setting: 'TRUST_PROXY' });
  }

  function showPage(request: IncomingMessage, response: ServerResponse, make: SharedPages): void {
    dressPage(request, response, app.config);
    const marks = marksOf(request);
    marks.route = 'static';
    const show = async () => {
      if (await answerStatic(request, response, app.origins.basePath)) return;
      marks.route = request.url?.startsWith('/_next/') ? 'static' : 'page';
      const choice = languageChoice(request, app);
      if (choice) return write(response, choice);
      const prepared = await preparePage(app, request, response);
      if ('reply' in prepared) return write(response, prepared.reply);
      const language = await languageOf(
        request,
        async (id) => (await app.registry.open(id))?.state().settings.language ?? null,
        prepared.language,
      );
      response.setHeader('Vary', 'Accept-Language, Cookie');
      request.url = withoutQuery(request.url ?? '/');
      const network = networkOf(app.origins.addressOf(request));
      await inLanguage(language, () => make(request, response, { language, network }));
    };
    show().catch((error: unknown) => {
      // Whoever went away in the middle of sending a form needs no answer, and it is no fault of ours.
      if (request.readableAborted) return;
      app.log.error('page_failed', { request: requestIdOf(request), method: request.method ?? '', ...factsOf(error) });
      write(response, pageFailure(error));
    });
  }
}

const isApi = (request: IncomingMessage): boolean => /^\/(api\/|healthz$|readyz$|metrics$)/.test(pathOf(request) ?? '');

/** Probes of load balancers and of Prometheus ask by address; the answers name nobody. */
const isProbe = ({ method, url = '' }: IncomingMessage): boolean =>
  (method === 'GET' || method === 'HEAD') && /^\/(healthz|readyz|metrics)(\?|$)/.test(url);

/** A person opened it in a browser. */
const isNavigation = ({ headers }: IncomingMessage): boolean => /\btext\/html\b/.test(headers.accept ?? '');

const asText = (failure: Failure): Reply => ({
  status: failure.status,
  file: { type: 'text/plain; charset=utf-8', body: `${failure.error.message}\n` },
});

function refusalOf({ origins, config }: AppContext, request: IncomingMessage): Failure | null {
  if (isProbe(request) && request.headers.origin === undefined) {
    // Probes by HTTP/1.0 name no host, others an empty one or an address at length; nothing behind this answers to those.
    request.headers.host = 'localhost';
    return null;
  }
  const verdict = origins.check(request);
  if (!verdict.ok) return httpError(verdict.what === 'host' ? 'foreign_host' : 'foreign_origin');
  const path = pathOf(request);
  if (path === null) return httpError('malformed_address');
  // The API's routes name their own; Next's own pages are sent more while one develops.
  const others = isApi(request) || isGitRequest(request) || (config.dev && path.startsWith('/_'));
  const methods = others ? null : methodsOfPage(path);
  if (methods === null || methods.includes(request.method ?? '')) return null;
  const allow = methods.join(', ');
  return httpError('method_not_allowed', { allow }, { Allow: allow });
}

/** null: malformed, such as `%E0%A4%A` or `*`, at which Next would throw. */
function pathOf(request: IncomingMessage): string | null {
  // `OPTIONS *` asks of the server as a whole.
  const url = request.url?.startsWith('/') ? URL.parse(request.url, 'http://here') : null;
  try {
    return url && decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
}

function pageFailure(error: unknown): Reply {
  if (error instanceof PagesFault)
    return { status: 503, file: { type: 'text/plain; charset=utf-8', body: error.message } };
  // This node ends, or another one took the session just now: the next try finds it there.
  if (error instanceof Elsewhere) return refuse('busy');
  return httpError('failed');
}
