// How many sockets without a token may be open: of one address and of one session.
// Invariant: addresses are kept in memory, and only while one of their sockets is open.
import { type Rejection, rejection } from '#session-core/model/rejection.ts';
import { networkOf } from '../platform/network.ts';

export interface ViewerLimits {
  readonly perAddress: number;
  readonly perSession: number;
}

export type Admission =
  /** `leave`: once, when the socket is closed. */
  { readonly ok: true; leave(): void } | { readonly ok: false; readonly full: 'address' | 'session' };

/** One of these for each kind of socket: a page opens one of each. */
export class ViewerLimit {
  readonly #limits: ViewerLimits;
  readonly #open = new Map<string, number>();

  constructor(limits: ViewerLimits) {
    this.#limits = limits;
  }

  /** What is full; null: there is space. */
  full(address: string, session: string): 'address' | 'session' | null {
    const { perAddress, perSession } = this.#limits;
    if ((this.#open.get(addressKey(address)) ?? 0) >= perAddress) return 'address';
    return (this.#open.get(sessionKey(session)) ?? 0) >= perSession ? 'session' : null;
  }

  enter(address: string, session: string): Admission {
    const full = this.full(address, session);
    if (full !== null) return { ok: false, full };
    const keys = [addressKey(address), sessionKey(session)];
    for (const key of keys) this.#open.set(key, (this.#open.get(key) ?? 0) + 1);
    let open = true;
    return {
      ok: true,
      leave: () => {
        if (!open) return;
        open = false;
        for (const key of keys) {
          const left = (this.#open.get(key) ?? 1) - 1;
          if (left > 0) this.#open.set(key, left);
          else this.#open.delete(key);
        }
      },
    };
  }

  /** Addresses and sessions that are counted. */
  get size(): number {
    return this.#open.size;
  }
}

export const tooManyViewers = (full: 'address' | 'session'): Rejection =>
  rejection('too_many_viewers', { scope: full === 'address' ? 'network' : 'session' });

const sessionKey = (session: string) => `session ${session}`;
const addressKey = (address: string) => `address ${networkOf(address)}`;
