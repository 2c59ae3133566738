// The same session for one part of a page, which learns of a change in a task of its own.
import { dropWork, queueWork } from '#app/_ui/one-a-task.ts';

interface Store {
  subscribe(changed: () => void): () => void;
}

/** What is in the store is known at once; that it has changed is said when it is this part's turn, to all of it together. */
export function storeInTurn<S extends Store>(store: S): S {
  const listeners = new Set<() => void>();
  let leave = (): void => undefined;
  const tell = () => {
    for (const listener of listeners) listener();
  };
  return {
    ...store,
    subscribe(changed) {
      if (listeners.size === 0) leave = store.subscribe(() => queueWork(tell));
      listeners.add(changed);
      return () => {
        listeners.delete(changed);
        if (listeners.size > 0) return;
        leave();
        dropWork(tell);
      };
    },
  };
}
