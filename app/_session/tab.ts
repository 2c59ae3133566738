// The id of this browser tab, to which the driver role is bound. Invariant: it survives a reload; a duplicated tab, which
// starts with a copy of sessionStorage, gets a new one.
import { newId } from './ids.ts';
import { rememberTab, tabBefore } from './tokens.ts';

const ID = 'cp-tab';
const OPEN = 'cp-tab-open';
const ANSWER_MS = 150;

type Word = { readonly kind: 'anyone' | 'taken'; readonly tab: string };

let known: Promise<string> | undefined;

/** The same promise for the whole life of the page. */
export function tabId(): Promise<string> {
  known ??= settle();
  return known;
}

async function settle(): Promise<string> {
  const channel = openChannel();
  // Where storage may be blocked, the page before this one says it.
  const before = tabBefore();
  const stored = before ?? read(ID);
  // The mark is cleared when a page closes, so finding it means a duplicated tab or a crash.
  const doubtful = before === null && stored !== null && read(OPEN) !== null;
  const id = stored === null || (doubtful && (await isHeld(stored, channel))) ? newId() : stored;
  rememberTab(id);
  write(ID, id);
  write(OPEN, '1');
  addEventListener('pagehide', () => erase(OPEN));
  addEventListener('pageshow', () => write(OPEN, '1'));
  if (channel) {
    channel.onmessage = ({ data }: MessageEvent<Word>) => {
      if (data.kind === 'anyone' && data.tab === id) channel.postMessage({ kind: 'taken', tab: id } satisfies Word);
    };
  }
  return id;
}

/** null: there is none, or the browser refuses it as storage, where cookies are blocked. */
function openChannel(): BroadcastChannel | null {
  try {
    return new BroadcastChannel('cp-tabs');
  } catch {
    return null;
  }
}

async function isHeld(tab: string, channel: BroadcastChannel | null): Promise<boolean> {
  if (!channel) return true;
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ANSWER_MS);
    channel.onmessage = ({ data }: MessageEvent<Word>) => {
      if (data.kind !== 'taken' || data.tab !== tab) return;
      clearTimeout(timer);
      resolve(true);
    };
    channel.postMessage({ kind: 'anyone', tab } satisfies Word);
  });
}

// Storage may be disabled: then the id goes from page to page with the token, see `tokens`; what has neither has a new one.
function read(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}
function write(key: string, value: string): void {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // kept in memory by the promise above
  }
}
function erase(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // nothing was kept
  }
}
