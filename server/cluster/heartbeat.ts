// This node's heartbeat, seen from the event loop: what the thread reports, and the answers it waits for.
import { Worker } from 'node:worker_threads';

export interface HeartbeatSettings {
  readonly databaseUrl: string;
  readonly node: string;
  /** Where other nodes reach this one. */
  readonly url: string;
  /** As nodeBuild. */
  readonly version: string;
  /** Of the tables that runs are measured on. */
  readonly dataHash: string;
  readonly leaseMs: number;
}
/** Another node that was alive within the last minute. */
export interface Peer {
  readonly url: string;
  readonly version: string;
  readonly dataHash: string;
  readonly alive: boolean;
}
export interface Beat {
  /** When it was sent, milliseconds since 1970. */
  readonly at: number;
  /** Before it this node's time had run out: whatever it owned may be somebody else's. */
  readonly ranOut: boolean;
  readonly others: readonly Peer[];
}
export type FromHeartbeat =
  | { readonly beat: Beat }
  | { readonly failed: string }
  /** Whoever reads it answers: the loop does not hang. */
  | { readonly look: true };
export type ToHeartbeat = 'answer' | 'stop';

export interface Heartbeat {
  /** Takes this node out of the list; resolves when the thread has ended. */
  stop(): Promise<void>;
}

export function startHeartbeat(
  settings: HeartbeatSettings,
  on: { beat(beat: Beat): void; failed(message: string): void },
): Heartbeat {
  const worker = new Worker(new URL('./heartbeat-thread.ts', import.meta.url), {
    workerData: settings,
    // Whatever the loop allocates, a beat needs little.
    resourceLimits: { maxOldGenerationSizeMb: 64 },
  });
  const ended = new Promise<void>((done) => worker.once('exit', () => done()));
  worker.on('message', (message: FromHeartbeat) => {
    if ('beat' in message) on.beat(message.beat);
    else if ('failed' in message) on.failed(message.failed);
    else worker.postMessage('answer' satisfies ToHeartbeat);
  });
  worker.on('error', (error) => on.failed(String(error)));
  return {
    async stop() {
      worker.postMessage('stop' satisfies ToHeartbeat);
      const patience = setTimeout(() => void worker.terminate(), 3_000);
      await ended;
      clearTimeout(patience);
    },
  };
}
