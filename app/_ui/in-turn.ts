// Loads what nobody waits for yet, one thing after the other: on a slow phone twenty requests at once hold up the one that
// counts, and to begin them all at once keeps the main thread from everything else.
// Invariant: what fails, or does not come, holds up the others no longer than `LONGEST_MS`.

const LONGEST_MS = 10_000;

let first: Promise<unknown> = Promise.resolve();
let last: Promise<unknown> = Promise.resolve();

/** What is loaded in turn begins when this is over. */
export function letGoFirst(work: Promise<unknown>): void {
  first = Promise.all([first, overSoon(work)]);
}

/** Settles as `load` does. */
export function inTurn<T>(load: () => Promise<T>): Promise<T> {
  const loaded = last.then(() => first).then(load);
  last = overSoon(loaded);
  return loaded;
}

/** Resolves when the work has ended, however it did, or has taken too long. */
function overSoon(work: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, LONGEST_MS);
    const over = () => {
      clearTimeout(timer);
      resolve();
    };
    work.then(over, over);
  });
}
