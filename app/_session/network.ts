// What the browser notices about the network before a connection does. A browser also reports "offline" where the server
// runs on this machine, so its word is checked with a request before a connection is given up.
import { appPath } from '#app/_ui/base-path.ts';

const PROBE = '/healthz';
const PROBE_MS = 1_500;
/** "Online" comes before requests work: it is tried again after so long. */
const AGAIN_MS = [1_000, 3_000];

export interface NetworkListener {
  /** The server cannot be reached any more. */
  lost(): void;
  /** There is a network again, or somebody looks at the page again. `first`: an attempt that is under way may hang. */
  back(first: boolean): void;
}

/** Call what it returns to stop. */
export function watchNetwork({ lost, back }: NetworkListener): () => void {
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let stopped = false;
  const stopTimers = () => {
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
  };
  const offline = () => {
    stopTimers();
    void isReachable().then((reachable) => !reachable && !stopped && lost());
  };
  const online = () => {
    stopTimers();
    back(true);
    for (const ms of AGAIN_MS) timers.add(setTimeout(() => back(false), ms));
  };
  const shown = () => {
    if (globalThis.document?.visibilityState !== 'hidden') back(false);
  };
  const events = { offline, online, pageshow: shown, visibilitychange: shown };
  // `visibilitychange` bubbles from the document to the window.
  for (const [name, listener] of Object.entries(events)) addEventListener(name, listener);
  return () => {
    stopped = true;
    stopTimers();
    for (const [name, listener] of Object.entries(events)) removeEventListener(name, listener);
  };
}

/** The server answers. */
export async function isReachable(): Promise<boolean> {
  try {
    await fetch(appPath(PROBE), { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(PROBE_MS) });
    return true;
  } catch {
    return false;
  }
}
