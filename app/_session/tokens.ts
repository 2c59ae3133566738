// The tokens that this page holds in memory, by session, in a browser that keeps no cookies. See `tab-token`.
// Invariant: nothing of them is stored. On the way to another page of the session a token is the name of the window, which
// stays where cookies and storage are blocked; the page that arrives reads and erases it before anything else. For a reload
// it is in the state of the page's own entry in the history of the tab, which no other site reads.
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

function takeOver(sessionId: string, token: string): void {
  holdToken(sessionId, token);
  handed.add(sessionId);
}

/** Whoever opens a window can name it: the page of another site must not say who somebody is here. */
const comesFromHere = (): boolean => document.referrer.startsWith(`${location.origin}/`);

if (typeof window !== 'undefined') {
  // What `handOver` of this very page left.
  const who: readonly [sessionId: string, token: string] | undefined = history.state?.who;
  if (who) takeOver(...who);
  const [, sessionId, token, before] = NAME.exec(window.name) ?? [];
  if (sessionId && token) {
    window.name = '';
    if (comesFromHere()) {
      takeOver(sessionId, token);
      if (before) tab = before;
    }
  }
}
