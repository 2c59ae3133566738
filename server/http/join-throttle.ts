// Guessing join codes is slow; joining is not. Failures are counted, by address and in all, successes never.
// Invariant: while an address (a whole classroom behind one NAT, perhaps) has too many failures, a right code still gets in, only
// later; wrong and closed codes are answered alike, after the same time.

export interface JoinLimitOptions {
  readonly now: () => number;
  /** Resolves after so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
}

const MINUTE = 60_000;
const PER_ADDRESS = 10;
const IN_ALL = 300;
const SLOW_MS = 1_500;
/** Attempts that wait at the same time: beyond it not even a right code is looked at. 400 guesses a second at most. */
const MOST_WAITING = 600;
const MOST_ADDRESSES = 10_000;

export type JoinTurn =
  | { readonly ok: true; readonly failuresLeft: boolean; readonly seconds: number }
  | { readonly ok: false; readonly seconds: number };

export class JoinLimit {
  readonly #options: JoinLimitOptions;
  readonly #failures = new Map<string, number[]>();
  #all: number[] = [];
  #waiting = 0;

  constructor(options: JoinLimitOptions) {
    this.#options = options;
  }

  /** Before the code is looked at. `failuresLeft` false: a wrong code must be answered with "too fast". */
  async turn(address: string): Promise<JoinTurn> {
    const mine = this.#recent(address);
    const over = mine.length >= PER_ADDRESS;
    const seconds = over
      ? Math.max(1, Math.ceil(((mine[mine.length - PER_ADDRESS] ?? 0) + MINUTE - this.#options.now()) / 1000))
      : 0;
    if (over || this.#all.length >= IN_ALL) {
      if (this.#waiting >= MOST_WAITING) return { ok: false, seconds: Math.max(1, seconds) };
      this.#waiting += 1;
      await this.#options.pause(SLOW_MS);
      this.#waiting -= 1;
    }
    return { ok: true, failuresLeft: !over, seconds };
  }

  failed(address: string): void {
    const now = this.#options.now();
    const mine = this.#recent(address);
    // More than the limit need not be kept: it would only lengthen the wait of a class that mistypes.
    if (mine.length < PER_ADDRESS) mine.push(now);
    this.#failures.delete(address);
    this.#failures.set(address, mine);
    this.#all.push(now);
    const oldest = this.#failures.keys().next().value;
    if (this.#failures.size > MOST_ADDRESSES && oldest !== undefined) this.#failures.delete(oldest);
  }

  #recent(address: string): number[] {
    const since = this.#options.now() - MINUTE;
    this.#all = this.#all.filter((at) => at > since);
    return (this.#failures.get(address) ?? []).filter((at) => at > since);
  }
}
