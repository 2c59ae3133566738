// The language that a page is rendered in: what its reader chose (a cookie), else what their browser asks for, else that
// of the session. The projector view has the session's language, whoever opens it.
// Invariant: `?language=de` on any page sets the choice and leads to the page without it; it works without scripts.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';
import { isLanguage, type Language, preferredLanguage } from '#session-core/model/languages.ts';
import { announceLanguage } from '#session-core/protocol/page-language.ts';
import type { AppContext } from './app-context.ts';
import type { Reply } from './reply.ts';

const COOKIE = 'language';
const COOKIE_SECONDS = 365 * 24 * 3600;

const rendered = new AsyncLocalStorage<Language>();
announceLanguage(() => rendered.getStore());

/** What `make` renders, it renders in this language. */
export const inLanguage = <T>(language: Language, make: () => T): T => rendered.run(language, make);

/** null: the address chooses no language. */
export function languageChoice(request: IncomingMessage, { origins }: Pick<AppContext, 'origins'>): Reply | null {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://here');
  const chosen = searchParams.get('language');
  if (request.method !== 'GET' || !isLanguage(chosen)) return null;
  searchParams.delete('language');
  const secure = origins.secure ? '; Secure' : '';
  // Two slashes at its beginning would name another host.
  const path = origins.pathOf(pathname.replace(/^\/+/, '/'));
  return {
    status: 303,
    headers: {
      Location: searchParams.size === 0 ? path : `${path}?${searchParams}`,
      'Set-Cookie': `${COOKIE}=${chosen}; Path=${origins.cookiePath}; Max-Age=${COOKIE_SECONDS}; HttpOnly; SameSite=Lax${secure}`,
      'Cache-Control': 'no-store',
    },
  };
}

/**
 * @param ofSession the language of a session by its id; null where there is none
 * @param joined that of the session which a join page leads to
 */
export async function languageOf(
  { url = '/', headers }: Pick<IncomingMessage, 'url' | 'headers'>,
  ofSession: (id: string) => Promise<Language | null>,
  joined: Language | null = null,
): Promise<Language> {
  const [, id, surface] = /^\/s\/([\w-]+)(?:\/([\w-]+))?/.exec(url) ?? [];
  const session = async () => (id === undefined ? joined : await ofSession(id));
  if (surface === 'projector') return (await session()) ?? 'en';
  const [, chosen] = new RegExp(`(?:^|;\\s*)${COOKIE}=(\\w+)`).exec(headers.cookie ?? '') ?? [];
  if (isLanguage(chosen)) return chosen;
  return preferredLanguage(headers['accept-language'] ?? '') ?? (await session()) ?? 'en';
}
