// How many sockets without a token may be open: of one address and of one session.
// Invariant: addresses are kept in memory, and only while one of their sockets is open.
import { isIPv4, isIPv6 } from 'node:net';
import { type Rejection, rejection } from '#session-core/model/rejection.ts';

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

/** Whoever has one IPv6 address has 2^64 of them: the first half says who it is. */
export function networkOf(address: string): string {
  const [bare = ''] = address.split('%');
  const mapped = /^::ffff:([\d.]+)$/i.exec(bare)?.[1];
  if (mapped !== undefined && isIPv4(mapped)) return mapped;
  if (!isIPv6(bare)) return address;
  const [head = '', tail] = bare.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  // An IPv4 address at the end stands for two groups.
  const groups = left.length + right.length + (bare.includes('.') ? 1 : 0);
  const all = tail === undefined ? left : [...left, ...Array.from({ length: 8 - groups }, () => '0'), ...right];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
