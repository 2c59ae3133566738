// The tokens that this page holds in memory, by session, in a browser that keeps no cookies. See `tab-token`.
// Invariant: nothing of them is stored. On the way to another page of the session a token is the name of the window, and
// while a page is away (reloaded, left, in the background) it is the state of its entry in the history of the tab, which no
// other site reads: both stay where cookies and storage are blocked, and the page that arrives takes them out before
// anything else.
const tokens = new Map<string, string>();
/** Sessions whose token came from another page. */
const handed = new Set<string>();
let tab: string | null = null;

export const tabToken = (sessionId: string): string | null => tokens.get(sessionId) ?? null;
export const holdToken = (sessionId: string, token: string): void => void tokens.set(sessionId, token);
/** Another page of this session knew the token before this one. */
export const wasHandedOver = (sessionId: string): boolean => handed.has(sessionId);

/** The id of the tab that this page took the place of; null: not known. */
export const tabBefore = (): string | null => tab;
export const rememberTab = (id: string): void => {
  tab = id;
};

const NAME = /^crowd-programming ([\w.-]{1,64}) ([\w.~+/=-]{1,200}) ([\w-]{0,64})$/;

/** Once, as the page begins. */
export function readWindowName(): void {
  const [, sessionId, token, before] = NAME.exec(window.name) ?? [];
  if (sessionId === undefined || token === undefined) return;
  window.name = '';
  if (!comesFromHere()) return;
  holdToken(sessionId, token);
  handed.add(sessionId);
  if (before) tab = before;
}

/** The part of the entry's state that says who was on the page. */
const WHO = 'crowd-programming';

/** Before this page may be gone; it comes back by `takeOver`. */
export function leaveIn(sessionId: string): void {
  const token = tabToken(sessionId);
  if (token !== null) history.replaceState({ ...history.state, [WHO]: [sessionId, token, tab ?? ''] }, '');
}

/** Once, as the page begins, and whenever it is shown again. */
export function takeOver(): void {
  const { [WHO]: who, ...state } = { ...(history.state as Readonly<Record<string, unknown>> | null) };
  if (!Array.isArray(who)) return;
  history.replaceState(state, '');
  const [sessionId, token, before] = who as readonly unknown[];
  if (typeof sessionId !== 'string' || typeof token !== 'string' || tokens.has(sessionId)) return;
  holdToken(sessionId, token);
  handed.add(sessionId);
  // Whoever goes back may have left another page of the same tab open, as a copy of it.
  if (typeof before === 'string' && before !== '' && isReload()) tab = before;
}

function isReload(): boolean {
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return entry?.type === 'reload';
}

/** Whoever opens a window can name it: the page of another site must not say who somebody is here. */
const comesFromHere = (): boolean => document.referrer.startsWith(`${location.origin}/`);

if (typeof window !== 'undefined') {
  readWindowName();
  takeOver();
}
