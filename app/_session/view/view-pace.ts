// When patches are shown: at once after a pause, then so seldom that showing them takes about a tenth of the page's time.
// A phone in a busy session shows three times a second, a laptop twenty times; a hidden page waits until it is seen.

export interface ViewPace {
  /** There is something to show. */
  changed(): void;
  /** Shows what waits now: what somebody did themselves, and the answer to it. */
  now(): void;
  stop(): void;
}

const SHARE = 10;
const LEAST_MS = 50;
const MOST_MS = 500;

// React renders what a store says in a microtask of its own, which was queued before this one.
let whenShown = (done: () => void): void => queueMicrotask(done);

/** Where parts of the page are renewed later, `wait` says when they have been. A page without such parts loads none of it. */
export function waitForParts(wait: (done: () => void) => void): void {
  whenShown = wait;
}

export function createViewPace(show: () => void): ViewPace {
  let waiting = false;
  /** What was shown last is not on the screen yet: what is shown in its turn comes later. */
  let showing = false;
  let restUntil = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isHidden = () => typeof document !== 'undefined' && document.hidden;
  const run = () => {
    clearTimeout(timer);
    timer = undefined;
    if (!waiting) return;
    waiting = false;
    showing = true;
    const began = performance.now();
    show();
    whenShown(() => {
      const ended = performance.now();
      showing = false;
      restUntil = ended + Math.min(MOST_MS, Math.max(LEAST_MS, SHARE * (ended - began)));
      if (waiting) plan();
    });
  };
  const plan = () => {
    if (timer !== undefined || showing || isHidden()) return;
    const wait = restUntil - performance.now();
    if (wait <= 0) run();
    else timer = setTimeout(run, wait);
  };
  const seen = () => {
    if (isHidden()) return;
    document.removeEventListener('visibilitychange', seen);
    run();
  };
  return {
    changed() {
      waiting = true;
      if (isHidden()) document.addEventListener('visibilitychange', seen);
      plan();
    },
    now: run,
    stop() {
      waiting = false;
      clearTimeout(timer);
      timer = undefined;
      if (typeof document !== 'undefined') document.removeEventListener('visibilitychange', seen);
    },
  };
}
