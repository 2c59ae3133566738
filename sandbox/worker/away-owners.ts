// Owners that a worker could not reach: it takes none of their tickets for a while, so that another worker takes them.
// Invariant: the pause doubles with each failure in a row, up to a minute, and is over with the first success.

const FIRST_MS = 5_000;
const MOST_MS = 60_000;
const MOST_NAMED = 100;

export class AwayOwners {
  private readonly pauses = new Map<string, { readonly until: number; readonly ms: number }>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  failed(url: string): void {
    const before = this.pauses.get(url)?.ms ?? FIRST_MS / 2;
    const ms = Math.min(MOST_MS, before * 2);
    this.pauses.delete(url);
    this.pauses.set(url, { until: this.now() + ms, ms });
  }

  reached(url: string): void {
    this.pauses.delete(url);
  }

  /** Whose pause is not over, the latest first. */
  names(): readonly string[] {
    const now = this.now();
    // Nobody has asked for one of these again: a node that is gone for good has another address.
    for (const [url, { until }] of this.pauses) if (now - until > 10 * MOST_MS) this.pauses.delete(url);
    const paused = [...this.pauses].filter(([, { until }]) => until > now).map(([url]) => url);
    return paused.reverse().slice(0, MOST_NAMED);
  }
}
