// Turns for work that takes the server's own time, as rendering a page does: a few at a time, those of one network in their
// order, and one of each network after the other.
// Invariant: between two turns everything else that waits for the server is done; work that does not end keeps its place for
// some seconds at most; it runs in the context in which it was asked for, such as the language of its page.
import { AsyncResource } from 'node:async_hooks';

const LONGEST_MS = 10_000;

export class FairTurns {
  readonly #most: number;
  /** By network, in the order of their next turns. */
  readonly #waiting = new Map<string, (() => void)[]>();
  #running = 0;

  constructor(most: number) {
    this.#most = most;
  }

  run<T>(network: string, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const begin = AsyncResource.bind(() => {
        let over = false;
        const end = () => {
          if (over) return;
          over = true;
          clearTimeout(longest);
          setImmediate(() => this.#next());
        };
        const longest = setTimeout(end, LONGEST_MS).unref();
        work().then(resolve, reject).finally(end);
      });
      if (this.#running < this.#most) {
        this.#running++;
        begin();
        return;
      }
      const own = this.#waiting.get(network);
      if (own) own.push(begin);
      else this.#waiting.set(network, [begin]);
    });
  }

  #next(): void {
    const [first] = this.#waiting;
    if (first === undefined) {
      this.#running--;
      return;
    }
    const [network, [begin, ...others]] = first;
    this.#waiting.delete(network);
    if (others.length > 0) this.#waiting.set(network, others);
    begin?.();
  }
}
