// Who is connected: participants, viewers, and whether the driver's tab still holds its lease.
// Invariant: not in the log. The driver role is lost when nobody of its tab was connected, by either socket, for the whole
// lease; after a restart the lease starts again, and so does the time of an offer.
import { LIMITS } from '#session-core/model/limits.ts';
import type { Driver, Offer } from '#session-core/model/state.ts';
import type { Id } from '#session-core/model/types.ts';
import type { CodeStateView } from '#session-core/view/view-checks.ts';
import type { JoinBurst, Presence, Retention, StorageFault } from '#session-core/view/view-types.ts';
import type { After } from '../platform/clock.ts';

/** Who came and went is shown at most so often: everybody who is connected is sent it, and in a storm everybody comes. */
const SHOWN_MS = 250;

interface Connection {
  readonly participant: Id | null;
  readonly tab: string;
  /** A text socket. Viewers are counted by their Socket.IO connection alone. */
  readonly text: boolean;
  /** It does not show that its participant has a page wide enough for the editor; a text socket never does. */
  readonly narrow: boolean;
}

export interface PresenceTracker {
  connected(key: object | string, connection: Connection): void;
  disconnected(key: object | string): void;
  driverChanged(driver: Driver | null): void;
  offerChanged(offer: Offer | null): void;
  isOnline(participant: Id): boolean;
  /** Somebody is, viewers included. */
  isConnected(): boolean;
  /** People and viewers who are connected. */
  size(): number;
  /** Many joined at once from one address. */
  joinBurst(burst: JoinBurst): void;
  /** Something that it asks for, such as the storage's fault. */
  surroundingsChanged(): void;
  current(): Presence;
  close(): void;
}

/** How the server is. */
export interface Surroundings {
  readonly storageFault: () => StorageFault | null;
  readonly isDraining: () => boolean;
}
export const CALM: Surroundings = { storageFault: () => null, isDraining: () => false };

export interface PresenceTrackerOptions extends Surroundings {
  readonly after: After;
  /** What the sandbox lacks, for the facilitators. */
  readonly gaps: () => readonly string[];
  /** How long it is kept, for the facilitators. */
  readonly retention: () => Retention;
  readonly mostParticipants: number;
  readonly codeChecks: () => CodeStateView | undefined;
  /** Who is shown as connected changed. */
  changed(): void;
  /** Nobody of this driver's tab was connected for the whole lease. */
  leaseExpired(driver: Pick<Driver, 'participant' | 'tab'>): void;
  offerExpired(offer: Offer): void;
}

export function createPresenceTracker(options: PresenceTrackerOptions): PresenceTracker {
  const { after, gaps, changed, leaseExpired, offerExpired } = options;
  const connections = new Map<object | string, Connection>();
  const counts = new Map<Id, number>();
  /** Pages that are wide enough for the editor. */
  const wide = new Map<Id, number>();
  /** Connections by participant and tab. */
  const tabs = new Map<string, number>();
  let viewers = 0;
  let burst: JoinBurst | undefined;
  let presence: Presence | null = null;
  /** Who is connected was shown a moment ago; `waits`: it has changed since. */
  let shown: { waits: boolean; readonly cancel: () => void } | null = null;
  let driver: Driver | null = null;
  let cancelOffer = () => {};
  let lease: { readonly of: string; readonly cancel: () => void } | null = null;

  const add = <K>(open: Map<K, number>, key: K, by: 1 | -1) => {
    const now = (open.get(key) ?? 0) + by;
    if (now > 0) open.set(key, now);
    else open.delete(key);
  };
  const count = ({ participant, tab, text, narrow }: Connection, by: 1 | -1) => {
    const before = { viewers, online: counts.size, wide: wide.size };
    if (participant === null) viewers += text ? 0 : by;
    else {
      add(counts, participant, by);
      if (!narrow) add(wide, participant, by);
      add(tabs, `${participant} ${tab}`, by);
    }
    watchLease();
    // The second socket of a page, or a second page, changes nothing that anybody sees.
    if (before.viewers === viewers && before.online === counts.size && before.wide === wide.size) return;
    if (shown) shown.waits = true;
    else show();
  };
  const show = () => {
    presence = null;
    shown = {
      waits: false,
      cancel: after(SHOWN_MS, () => {
        const waited = shown?.waits;
        shown = null;
        if (waited) show();
      }),
    };
    changed();
  };
  const isConnected = ({ participant, tab }: Driver) => tabs.has(`${participant} ${tab}`);

  function watchLease(): void {
    const of = driver && !isConnected(driver) ? `${driver.participant} ${driver.tab}` : null;
    if (lease && lease.of !== of) {
      lease.cancel();
      lease = null;
    }
    if (of !== null)
      lease ??= {
        of,
        cancel: after(LIMITS.leaseMs, () => {
          lease = null;
          if (driver && !isConnected(driver)) leaseExpired({ participant: driver.participant, tab: driver.tab });
        }),
      };
  }

  return {
    connected(key, connection) {
      connections.set(key, connection);
      count(connection, 1);
    },
    disconnected(key) {
      const connection = connections.get(key);
      if (!connection || !connections.delete(key)) return;
      count(connection, -1);
    },
    driverChanged(next) {
      driver = next;
      watchLease();
    },
    offerChanged(offer) {
      cancelOffer();
      cancelOffer = offer ? after(LIMITS.offerMs, () => offerExpired(offer)) : () => {};
    },
    isOnline: (participant) => counts.has(participant),
    isConnected: () => connections.size > 0,
    size: () => counts.size + viewers,
    joinBurst(latest) {
      burst = latest;
      presence = null;
      changed();
    },
    surroundingsChanged() {
      presence = null;
      changed();
    },
    current() {
      const fault = options.storageFault();
      const codeChecks = options.codeChecks();
      presence ??= {
        online: new Set(counts.keys()),
        narrow: new Set([...counts.keys()].filter((id) => !wide.has(id))),
        viewers,
        mostParticipants: options.mostParticipants,
        gaps: gaps(),
        retention: options.retention(),
        ...(codeChecks ? { codeChecks } : {}),
        ...(fault === null ? {} : { storageFault: fault }),
        ...(options.isDraining() ? { restarting: true as const } : {}),
        ...(burst ? { joinBurst: burst } : {}),
      };
      return presence;
    },
    close() {
      shown?.cancel();
      cancelOffer();
      lease?.cancel();
      lease = null;
    },
  };
}
