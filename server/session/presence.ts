// Who is connected: people, viewers, and whether the driver's tab still holds the seat's lease.
// Invariant: not in the log. The seat is lost when nobody of its tab was connected, by either socket, for the whole lease; after
// a restart the lease begins anew, and the time of an offer too.
import { LIMITS } from '#session-core/model/limits.ts';
import type { Driver, Offer } from '#session-core/model/state.ts';
import type { Id } from '#session-core/model/types.ts';
import type { Presence } from '#session-core/view/view-types.ts';
import type { After } from '../platform/clock.ts';

interface Here {
  readonly participant: Id | null;
  readonly tab: string;
  /** Viewers are counted by their Socket.IO connection alone. */
  readonly text: boolean;
}

export interface PresenceTracker {
  came(key: object | string, here: Here): void;
  left(key: object | string): void;
  /** After each change of the seat. */
  seat(driver: Driver | null): void;
  /** After each change of the offer. */
  offered(offer: Offer | null): void;
  isHere(participant: Id): boolean;
  presence(): Presence;
  close(): void;
}

export interface PresenceTrackerOptions {
  readonly after: After;
  /** What the sandbox lacks, for the facilitators. */
  readonly gaps: () => readonly string[];
  /** Somebody came or went. */
  changed(): void;
  /** Nobody of this seat's tab was connected for the whole lease. */
  lapsed(seat: Pick<Driver, 'participant' | 'tab'>): void;
  /** Nobody answered the offer in its time. */
  unanswered(offer: Offer): void;
}

export function createPresenceTracker({
  after,
  gaps,
  changed,
  lapsed,
  unanswered,
}: PresenceTrackerOptions): PresenceTracker {
  const here = new Map<object | string, Here>();
  const counts = new Map<Id, number>();
  let viewers = 0;
  let presence: Presence | null = null;
  let driver: Driver | null = null;
  let stopOffer = () => {};
  let lease: { readonly of: string; readonly stop: () => void } | null = null;

  const count = (one: Here, by: 1 | -1) => {
    if (one.participant === null) viewers += one.text ? 0 : by;
    else {
      const now = (counts.get(one.participant) ?? 0) + by;
      if (now > 0) counts.set(one.participant, now);
      else counts.delete(one.participant);
    }
    presence = null;
    watchLease();
    changed();
  };
  const holds = ({ participant, tab }: Driver) =>
    [...here.values()].some((one) => one.participant === participant && one.tab === tab);

  function watchLease(): void {
    const of = driver && !holds(driver) ? `${driver.participant} ${driver.tab}` : null;
    if (lease && lease.of !== of) {
      lease.stop();
      lease = null;
    }
    if (of !== null)
      lease ??= {
        of,
        stop: after(LIMITS.leaseMs, () => {
          lease = null;
          if (driver && !holds(driver)) lapsed({ participant: driver.participant, tab: driver.tab });
        }),
      };
  }

  return {
    came(key, one) {
      here.set(key, one);
      count(one, 1);
    },
    left(key) {
      const one = here.get(key);
      if (!one || !here.delete(key)) return;
      count(one, -1);
    },
    seat(next) {
      driver = next;
      watchLease();
    },
    offered(offer) {
      stopOffer();
      stopOffer = offer ? after(LIMITS.offerMs, () => unanswered(offer)) : () => {};
    },
    isHere: (participant) => counts.has(participant),
    presence() {
      presence ??= { online: new Set(counts.keys()), viewers, gaps: gaps() };
      return presence;
    },
    close() {
      stopOffer();
      lease?.stop();
      lease = null;
    },
  };
}
