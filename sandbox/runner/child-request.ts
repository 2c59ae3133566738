// One message to a child and its answer, under the three clocks: the stage's, the run's, and the memory watch.
// Invariant: it always resolves; whatever the child does, at the latest its limit + 1 s ends it.

import type { Child } from '../child-process/child-process.ts';
import type { Limits } from '../protocol/job.ts';
import type { ChildMessage, ParentMessage } from '../protocol/messages.ts';
import type { Ending } from './run-error.ts';

const MEMORY_WATCH_MS = 20;
/** After the isolate's own time limit, which gives the line, the process itself is ended. */
const GRACE_MS = 1_000;

export interface Ask {
  readonly message: ParentMessage;
  readonly bodies: readonly Uint8Array[];
  /** Milliseconds the child may take before SIGKILL. */
  readonly ms: number;
  readonly memoryMb: number;
  /** Messages on the way; true: this one is the answer. */
  readonly onMessage: (message: ChildMessage, body: Buffer) => boolean;
}

export type Answer = { readonly message: ChildMessage; readonly body: Buffer } | { readonly ended: Ending | 'killed' };

export function ask(child: Child, { message, bodies, ms, memoryMb, onMessage }: Ask): Promise<Answer> {
  return new Promise((resolve) => {
    let why: Ending | undefined;
    let peak = 0;
    const finish = (answer: Answer): void => {
      clearTimeout(clock);
      clearInterval(watch);
      child.listen(null);
      resolve(answer);
    };
    const clock = setTimeout(() => {
      why ??= 'time';
      child.kill();
    }, ms + GRACE_MS);
    const watch = setInterval(() => {
      const resident = child.residentMb();
      peak = Math.max(peak, resident);
      if (resident > memoryMb) {
        why ??= 'memory';
        child.kill();
      }
    }, MEMORY_WATCH_MS);
    child.listen((received, body) => {
      if (onMessage(received, body)) finish({ message: received, body });
    });
    void child.gone.then((death) => {
      // V8 ends the process when it cannot have the memory it needs; that is no crash of ours.
      if (why === undefined && death === 'crash') why = peak > memoryMb / 2 ? 'memory' : 'crash';
      if (why === undefined && death === 'breach') why = 'breach';
      finish({ ended: why ?? 'killed' });
    });
    child.send(message, bodies);
  });
}

/** The part of the limits that goes with a stage. */
export function stageMs(limits: Limits, runBegan: number): number {
  const left = limits.runMs - (performance.now() - runBegan);
  // The isolate takes whole milliseconds only.
  return Math.max(1, Math.floor(Math.min(limits.stageMs, left)));
}
