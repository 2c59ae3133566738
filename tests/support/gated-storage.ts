// A storage whose appends wait or fail as a test says; what is behind it is real.
import { createMemoryStorage } from '#server/storage/memory.ts';
import type { Append, Storage } from '#server/storage/storage.ts';

export interface GatedStorage {
  readonly storage: Storage;
  /** Number of events of each append that was kept. */
  readonly appends: readonly number[];
  /** Every append throws this until null. `after`: it was kept all the same, as when the power goes before the answer. */
  fail(error: Error | null, after?: boolean): void;
  hold(): void;
  /** Appends that wait since `hold`. */
  waiting(): number;
  release(): void;
}

export function createGatedStorage(inner: Storage = createMemoryStorage()): GatedStorage {
  let fault: Error | null = null;
  let faultAfter = false;
  let gate: { readonly opened: Promise<void>; open(): void } | null = null;
  let waiting = 0;
  const appends: number[] = [];
  const storage: Storage = {
    ...inner,
    async append(append: Append) {
      if (gate !== null) {
        waiting += 1;
        await gate.opened;
        waiting -= 1;
      }
      if (fault && !faultAfter) throw fault;
      await inner.append(append);
      appends.push(append.events.length);
      if (fault) throw fault;
    },
  };
  return {
    storage,
    appends,
    fail(error, after = false) {
      fault = error;
      faultAfter = after;
    },
    hold() {
      let open = () => {};
      const opened = new Promise<void>((resolve) => {
        open = resolve;
      });
      gate = { opened, open };
    },
    waiting: () => waiting,
    release() {
      gate?.open();
      gate = null;
    },
  };
}
