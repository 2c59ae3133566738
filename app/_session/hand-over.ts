// In a browser that keeps no cookies: whoever goes from one page of the session to another one, in this tab or a new one,
// takes along who they are, and so does whoever reloads a page or comes back to one. Without it each page would ask for the
// name again.
// Invariant: only to pages of this session on this server, and not to the projector view, which shows nobody's own view.
import { appPath } from '#app/_ui/base-path.ts';
import { tabBefore, tabToken } from './tokens.ts';

/** '' where this page holds no token of the session. A window that is new is a tab of its own. */
function windowNameFor(sessionId: string, isNew: boolean): string {
  const token = tabToken(sessionId);
  return token === null ? '' : `crowd-programming ${sessionId} ${token} ${isNew ? '' : (tabBefore() ?? '')}`;
}

/** Where a page that was meant to follow has not come, the name must not outlast this one. */
const WAITED_MS = 30_000;

/** Before this page makes way for another one of the session. */
export function nameWindow(sessionId: string): void {
  const name = windowNameFor(sessionId, false);
  if (name === '') return;
  window.name = name;
  setTimeout(() => {
    if (window.name === name) window.name = '';
  }, WAITED_MS);
}

function isOurs({ origin, pathname }: HTMLAnchorElement, sessionId: string): boolean {
  const session = appPath(`/s/${encodeURIComponent(sessionId)}`);
  const rest = pathname.startsWith(session) ? pathname.slice(session.length) : null;
  return origin === location.origin && rest !== null && /^(\/|$)/.test(rest) && !rest.startsWith('/projector');
}

/** See `tokens`. The tab is not in it: a copy of this tab is another one, and the driver's page asks where to drive. */
function keepInEntry(sessionId: string): void {
  const token = tabToken(sessionId);
  if (token !== null) history.replaceState({ ...history.state, who: [sessionId, token] }, '');
}

/** Call what it returns to stop. */
export function handOver(sessionId: string): () => void {
  const onClick = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null;
    if (!link || event.defaultPrevented || link.hasAttribute('download') || !isOurs(link, sessionId)) return;
    const fresh = link.target === '_blank' || event.button === 1 || event.ctrlKey || event.metaKey || event.shiftKey;
    if (!fresh) return event.button === 0 ? nameWindow(sessionId) : undefined;
    if (event.button > 1) return;
    // A browser gives the new window of a link no name.
    event.preventDefault();
    const opened = window.open(link.href, windowNameFor(sessionId, true));
    if (opened) opened.opener = null;
  };
  const keep = () => keepInEntry(sessionId);
  keep();
  // Meanwhile the page may have written its address anew. A phone drops a page in the background without a word.
  addEventListener('beforeunload', keep);
  document.addEventListener('visibilitychange', keep);
  document.addEventListener('click', onClick);
  document.addEventListener('auxclick', onClick);
  return () => {
    removeEventListener('beforeunload', keep);
    document.removeEventListener('visibilitychange', keep);
    document.removeEventListener('click', onClick);
    document.removeEventListener('auxclick', onClick);
  };
}
