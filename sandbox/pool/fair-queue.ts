// Whose turn it is: one main run at a time per session, main runs before previews, these before expressions, sessions in
// turn, bounded. A check of a result takes nobody's place: it has a low priority, and who waits for a place that it holds
// would wait at that priority. What runs in the background begins only where nothing else runs or waits.
// Invariant: pure bookkeeping, no clocks; previews and expressions leave one place free so that a main run never waits for
// them all; as many checks as previews run at a time.
export interface Waiting {
  readonly sessionId: string;
  readonly kind: 'main' | 'check' | 'preview' | 'expression' | 'background';
}

export const MOST_WAITING = 200;
export const MOST_WAITING_PER_SESSION = 24;
/** Of all sessions, and of one: beside the places of runs. */
export const MOST_EXPRESSIONS = 40;
export const MOST_EXPRESSIONS_PER_SESSION = 12;

export class FairQueue<T extends Waiting> {
  private readonly places: number;
  private readonly mostAlike: number;
  private waiting: T[] = [];
  private readonly running = new Set<T>();
  /** Sessions in the order of their last start, longest ago first. */
  private turns: string[] = [];

  /** @param mostAlike of one kind and session at a time; of main runs it is one in any case */
  constructor(places: number, mostAlike = Number.POSITIVE_INFINITY) {
    this.places = places;
    this.mostAlike = mostAlike;
  }

  get queued(): number {
    return this.waiting.length;
  }
  get active(): number {
    return this.running.size;
  }

  /** False where the queue is full. A check is never refused: it belongs to a run that has been let in. */
  add(item: T): boolean {
    if (item.kind === 'check') {
      this.waiting.push(item);
      return true;
    }
    const asked = item.kind === 'expression';
    const alike = this.waiting.filter((other) => (other.kind === 'expression') === asked);
    const own = alike.filter((other) => other.sessionId === item.sessionId).length;
    const [most, mostOwn] = asked
      ? [MOST_EXPRESSIONS, MOST_EXPRESSIONS_PER_SESSION]
      : [MOST_WAITING, MOST_WAITING_PER_SESSION];
    if (alike.length >= most || own >= mostOwn) return false;
    this.waiting.push(item);
    return true;
  }

  /** Of the running ones those in the background, where anything else runs or waits. */
  inTheWay(): T[] {
    const all = [...this.waiting, ...this.running];
    if (all.every(({ kind }) => kind === 'background')) return [];
    return [...this.running].filter(({ kind }) => kind === 'background');
  }

  isWaiting(item: T): boolean {
    return this.waiting.includes(item);
  }

  /** Takes out one that waits; false if it does not wait (any more). */
  remove(item: T): boolean {
    const at = this.waiting.indexOf(item);
    if (at !== -1) this.waiting.splice(at, 1);
    return at !== -1;
  }

  /** The next to start, now counted as running; undefined where nobody may start. */
  start(): T | undefined {
    const running = [...this.running];
    const alike = (a: T) => running.filter((b) => b.kind === a.kind && b.sessionId === a.sessionId).length;
    const waiting = this.waiting.filter((item) => alike(item) < this.mostAlike);
    const next = pick({ waiting, running, turns: this.turns, places: this.places });
    if (next === undefined) return undefined;
    this.remove(next);
    this.running.add(next);
    this.turns = turned(this.turns, next.sessionId);
    return next;
  }

  end(item: T): void {
    this.running.delete(item);
  }

  /** How many start before each one that waits for a place, if every run took the same time. */
  positions(): Map<T, number> {
    const positions = new Map<T, number>();
    let turns = this.turns;
    for (const kind of ['main', 'preview', 'expression', 'background'] as const) {
      const bySession = new Map<string, T[]>();
      for (const item of this.waiting)
        if (item.kind === kind) bySession.set(item.sessionId, [...(bySession.get(item.sessionId) ?? []), item]);
      if (bySession.size === 0) continue;
      const turn = new Map(turns.map((id, at) => [id, at]));
      // Those that never started anything first. Whoever had a turn goes to the end of the line.
      const line = [...bySession.keys()].sort((a, b) => (turn.get(a) ?? -1) - (turn.get(b) ?? -1));
      const last = new Map<string, null>();
      for (let at = 0; at < line.length; at += 1) {
        const id = line[at]!;
        const own = bySession.get(id)!;
        positions.set(own.shift()!, positions.size);
        last.delete(id);
        last.set(id, null);
        if (own.length > 0) line.push(id);
      }
      turns = [...turns.filter((id) => !last.has(id)), ...last.keys()];
    }
    return positions;
  }
}

interface Standing<T> {
  readonly waiting: readonly T[];
  readonly running: readonly T[];
  readonly turns: readonly string[];
  readonly places: number;
}

function pick<T extends Waiting>({ waiting, running, turns, places }: Standing<T>): T | undefined {
  const checks = waiting.filter(({ kind }) => kind === 'check');
  const placed = running.filter(({ kind }) => kind !== 'check');
  const mostChecks = Math.max(1, places - 1);
  if (checks.length > 0 && running.length - placed.length < mostChecks) return longestAgo(checks, turns);
  if (placed.length >= places) return undefined;
  const busy = new Set(running.filter((item) => item.kind === 'main').map((item) => item.sessionId));
  const mains = waiting.filter((item) => item.kind === 'main' && !busy.has(item.sessionId));
  if (mains.length > 0) return longestAgo(mains, turns);
  const others = placed.filter((item) => item.kind !== 'main').length;
  if (places > 1 && others >= places - 1) return undefined;
  const byKind = (['preview', 'expression'] as const).map((kind) => waiting.filter((item) => item.kind === kind));
  const next = byKind.find((items) => items.length > 0);
  if (next !== undefined || running.length + checks.length > 0) return longestAgo(next ?? [], turns);
  return longestAgo(
    waiting.filter((item) => item.kind === 'background'),
    turns,
  );
}

function longestAgo<T extends Waiting>(items: readonly T[], turns: readonly string[]): T | undefined {
  let best: T | undefined;
  let bestTurn = Number.POSITIVE_INFINITY;
  for (const item of items) {
    const turn = turns.indexOf(item.sessionId);
    if (turn < bestTurn) {
      best = item;
      bestTurn = turn;
    }
  }
  return best;
}

function turned(turns: readonly string[], sessionId: string): string[] {
  return [...turns.filter((id) => id !== sessionId), sessionId].slice(-500);
}
