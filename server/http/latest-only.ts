// A slider asks for predictions faster than they are wanted: a few a second are answered, and of those that wait the
// newest only.

interface Turn {
  next: number;
  waiting: ((mine: boolean) => void) | null;
}

export class LastWins {
  readonly #turns = new Map<string, Turn>();
  readonly #everyMs: number;
  readonly #now: () => number;

  constructor(perSecond: number, now: () => number) {
    this.#everyMs = 1000 / perSecond;
    this.#now = now;
  }

  /** true: ask now. false: a newer question of the same `key` took this one's place. */
  async turn(key: string): Promise<boolean> {
    const now = this.#now();
    const turn = this.#turns.get(key) ?? { next: 0, waiting: null };
    this.#turns.set(key, turn);
    if (turn.waiting) {
      turn.waiting(false);
      return new Promise((resolve) => {
        turn.waiting = resolve;
      });
    }
    if (turn.next <= now) {
      turn.next = now + this.#everyMs;
      this.#sweep(now);
      return true;
    }
    setTimeout(() => {
      const newest = turn.waiting;
      turn.waiting = null;
      turn.next = this.#now() + this.#everyMs;
      newest?.(true);
    }, turn.next - now);
    return new Promise((resolve) => {
      turn.waiting = resolve;
    });
  }

  #sweep(now: number): void {
    if (this.#turns.size < 5_000) return;
    for (const [key, turn] of this.#turns) if (turn.next <= now && !turn.waiting) this.#turns.delete(key);
  }
}
