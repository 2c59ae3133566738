// Work that may wait a moment, one piece a task: between two pieces the page answers a finger and paints.
// Invariant: pieces are done in the order in which they were asked for, each once however often it was asked for meanwhile.

const waiting = new Set<() => void>();
let after: (() => void)[] = [];
let isPlanned = false;

function plan(): void {
  if (isPlanned) return;
  isPlanned = true;
  setTimeout(next, 0);
}

function next(): void {
  isPlanned = false;
  const [work] = waiting;
  if (work === undefined) {
    for (const done of after.splice(0)) done();
    return;
  }
  waiting.delete(work);
  // Before it is done: what one piece throws must not hold up the others.
  if (waiting.size > 0 || after.length > 0) plan();
  work();
}

export function queueWork(work: () => void): void {
  waiting.add(work);
  plan();
}

export function dropWork(work: () => void): void {
  waiting.delete(work);
}

/** Calls `done` when nothing waits: in a microtask where that is so already. */
export function whenWorkIsDone(done: () => void): void {
  if (waiting.size === 0) queueMicrotask(done);
  else after = [...after, done];
}
