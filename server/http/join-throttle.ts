// Guessing join codes is slow; joining is not. Failures are counted by network and in all, successes never.
// Invariant: who has not failed in the last minute never waits, whatever others do. A network (perhaps a whole hall behind
// one router) with too many failures is answered one attempt after another, right codes too; wrong and closed codes are
// answered alike.
import { networkOf } from '../platform/network.ts';

export interface JoinLimitOptions {
  readonly now: () => number;
  /** Resolves after so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  /** How many servers a guesser can ask: each counts only its own failures, so each allows its share. Default: this one. */
  readonly nodes?: () => number;
}

const MINUTE = 60_000;
const PER_NETWORK = 10;
const IN_ALL = 300;
/** Between two answers to a network that guesses: at 40 a second, half of all codes take 70 days. */
const SPACING_MS = 25;
/** Beyond it not even a right code of this network is looked at: 1,200 of its attempts wait already. */
const MOST_WAIT_MS = 30_000;
const MOST_NETWORKS = 10_000;

export type JoinTurn =
  | { readonly ok: true; readonly failuresLeft: boolean; readonly seconds: number }
  | { readonly ok: false; readonly seconds: number };

interface Guesser {
  readonly failures: number[];
  /** When its next attempt may be answered. */
  next: number;
}

export class JoinLimit {
  readonly #options: JoinLimitOptions;
  readonly #guessers = new Map<string, Guesser>();
  #all: number[] = [];

  constructor(options: JoinLimitOptions) {
    this.#options = options;
  }

  /** Before the code is looked at. `failuresLeft` false: a wrong code must be answered with "too fast". */
  async turn(address: string): Promise<JoinTurn> {
    const now = this.#options.now();
    const guesser = this.#recent(networkOf(address));
    if (!guesser) return { ok: true, failuresLeft: true, seconds: 0 };
    const { failures } = guesser;
    const most = this.#share(PER_NETWORK);
    const over = failures.length >= most;
    const seconds = over ? Math.max(1, Math.ceil(((failures[failures.length - most] ?? 0) + MINUTE - now) / 1000)) : 0;
    // Guessers who share out their guesses among many networks wait as well, all of them.
    if (over || this.#all.length >= this.#share(IN_ALL)) {
      const at = Math.max(now, guesser.next) + SPACING_MS;
      if (at - now > MOST_WAIT_MS) return { ok: false, seconds: Math.max(1, seconds) };
      guesser.next = at;
      await this.#options.pause(at - now);
    }
    return { ok: true, failuresLeft: !over, seconds };
  }

  failed(address: string): void {
    const now = this.#options.now();
    const network = networkOf(address);
    const guesser = this.#recent(network) ?? { failures: [], next: 0 };
    // More than the limit need not be kept: it would only lengthen the wait of a hall that mistypes.
    if (guesser.failures.length < PER_NETWORK) guesser.failures.push(now);
    this.#guessers.delete(network);
    this.#guessers.set(network, guesser);
    this.#all = this.#all.filter((at) => at > now - MINUTE);
    if (this.#all.length < IN_ALL) this.#all.push(now);
    const oldest = this.#guessers.keys().next().value;
    if (this.#guessers.size > MOST_NETWORKS && oldest !== undefined) this.#guessers.delete(oldest);
  }

  #share(limit: number): number {
    return Math.ceil(limit / Math.max(1, this.#options.nodes?.() ?? 1));
  }

  #recent(network: string): Guesser | null {
    const since = this.#options.now() - MINUTE;
    this.#all = this.#all.filter((at) => at > since);
    const guesser = this.#guessers.get(network);
    if (!guesser) return null;
    guesser.failures.splice(0, guesser.failures.filter((at) => at <= since).length);
    if (guesser.failures.length > 0) return guesser;
    this.#guessers.delete(network);
    return null;
  }
}
