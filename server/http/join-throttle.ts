// Guessing join codes is slow; joining is not. Failures are counted by network and in all, successes never.
// Invariant: who has not failed in the last minute never waits, whatever others do. A network (perhaps a whole hall behind
// one router) with too many failures is answered one code after another; wrong and closed codes are answered alike. A hall
// types one code and a guesser many, so attempts at the same code take one turn together, and a code by which somebody of
// the network came in before takes none: a guesser in the hall does not shut the hall out.
import type { IncomingMessage } from 'node:http';
import { networkOf } from '../platform/network.ts';
import { RateLimit } from '../platform/rate-limit.ts';

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
/** Beyond it no further code of this network is looked at: 1,200 wait already. */
const MOST_WAIT_MS = 30_000;
const MOST_NETWORKS = 10_000;
/** Sessions that one network joins at the same time. */
const MOST_KNOWN = 8;
/**
 * So often a code is compared with those. Each is a guess at what the neighbours typed: in three hours at this rate one of
 * a hundred such guessers finds a code that the hall sees on its wall.
 */
const KNOWN = { burst: 1_200, perSecond: 400 };
/** Soon: whoever types what others of the network wait for comes in with them. */
const AGAIN_SECONDS = 2;

export type JoinTurn =
  | { readonly ok: true; readonly failuresLeft: boolean; readonly seconds: number }
  | { readonly ok: false; readonly seconds: number };

/** What `look` finds for a code that a visitor typed; null as well where their network guesses too fast. */
export type TryCode = (
  request: IncomingMessage,
  typed: string,
  look: (code: string) => Promise<string | null>,
) => Promise<string | null>;

interface Guesser {
  readonly failures: number[];
  /** When its next code may be answered. */
  next: number;
  /** Codes that wait for their turn. */
  readonly waiting: Map<string, Promise<void>>;
}

/** Like no code: what cannot be one takes a turn as well. */
const NO_CODE = '';

export class JoinLimit {
  readonly #options: JoinLimitOptions;
  readonly #guessers = new Map<string, Guesser>();
  /** By network: the codes that were right, the last one last. */
  readonly #known = new Map<string, string[]>();
  readonly #compared: RateLimit;
  #all: number[] = [];

  constructor(options: JoinLimitOptions) {
    this.#options = options;
    this.#compared = new RateLimit(options.now);
  }

  /**
   * Before the code is looked at. `failuresLeft` false: a wrong code must be answered with "too fast".
   * @param code null: what was typed cannot be one
   */
  async turn(address: string, code: string | null): Promise<JoinTurn> {
    const now = this.#options.now();
    const network = networkOf(address);
    const guesser = this.#recent(network);
    if (!guesser) return { ok: true, failuresLeft: true, seconds: 0 };
    const { failures } = guesser;
    const most = this.#share(PER_NETWORK);
    const over = failures.length >= most;
    const seconds = over ? Math.max(1, Math.ceil(((failures[failures.length - most] ?? 0) + MINUTE - now) / 1000)) : 0;
    // Guessers who share out their guesses among many networks wait as well, all of them.
    if (over || this.#all.length >= this.#share(IN_ALL)) {
      if (!this.#isKnown(network, code) && !(await this.#waited(guesser, code ?? NO_CODE)))
        return { ok: false, seconds: AGAIN_SECONDS };
    }
    return { ok: true, failuresLeft: !over, seconds };
  }

  /** Somebody of the network has typed the code of an open session. */
  succeeded(address: string, code: string): void {
    const network = networkOf(address);
    const known = (this.#known.get(network) ?? []).filter((each) => each !== code);
    this.#known.delete(network);
    this.#known.set(network, [...known, code].slice(-MOST_KNOWN));
    dropOldest(this.#known);
  }

  /** See TryCode. */
  async find<T>(address: string, code: string | null, look: (code: string) => Promise<T | null>): Promise<T | null> {
    const turn = await this.turn(address, code);
    if (!turn.ok || code === null) return null;
    const found = await look(code);
    if (found !== null) this.succeeded(address, code);
    return found;
  }

  failed(address: string): void {
    const now = this.#options.now();
    const network = networkOf(address);
    const guesser: Guesser = this.#recent(network) ?? { failures: [], next: 0, waiting: new Map() };
    // More than the limit need not be kept: it would only lengthen the wait of a hall that mistypes.
    if (guesser.failures.length < PER_NETWORK) guesser.failures.push(now);
    this.#guessers.delete(network);
    this.#guessers.set(network, guesser);
    this.#all = this.#all.filter((at) => at > now - MINUTE);
    if (this.#all.length < IN_ALL) this.#all.push(now);
    dropOldest(this.#guessers);
  }

  #isKnown(network: string, code: string | null): boolean {
    const known = this.#known.get(network);
    if (known === undefined || code === null || this.#compared.take(network, KNOWN) > 0) return false;
    return known.includes(code);
  }

  /** false: too many other codes of this network wait. */
  async #waited(guesser: Guesser, code: string): Promise<boolean> {
    const { waiting } = guesser;
    let turn = waiting.get(code);
    if (turn === undefined) {
      const now = this.#options.now();
      const at = Math.max(now, guesser.next) + SPACING_MS;
      if (at - now > MOST_WAIT_MS) return false;
      guesser.next = at;
      turn = this.#options.pause(at - now).finally(() => waiting.delete(code));
      waiting.set(code, turn);
    }
    await turn;
    return true;
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

function dropOldest<T>(networks: Map<string, T>): void {
  const oldest = networks.keys().next().value;
  if (networks.size > MOST_NETWORKS && oldest !== undefined) networks.delete(oldest);
}
