// Why what somebody typed does not enter the shared text, as the end of a sentence for them: how they stopped driving, as
// far as this process saw it, or who drives instead.
import type { SessionEvent } from '#session-core/model/events.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import type { SessionState } from '#session-core/model/state.ts';
import type { Id } from '#session-core/model/types.ts';

export interface DriverLoss {
  note(event: SessionEvent): void;
  reason(state: SessionState, participant: Id | null): string;
}

const HOW = {
  lapsed: `your connection was lost for more than ${LIMITS.leaseMs / 1000} seconds, which ends driving`,
  released: 'you had stopped driving',
  revoked: 'the facilitator had ended your driving',
  removed: 'the facilitator had removed you',
} as const;

export function createDriverLoss(): DriverLoss {
  const stopped = new Map<Id, keyof typeof HOW>();
  return {
    note(event) {
      if (event.type === 'driver.started') stopped.delete(event.payload.participant);
      if (event.type === 'driver.stopped') stopped.set(event.payload.participant, event.payload.how);
    },
    reason({ driver, participants }, participant) {
      if (participant === null) return 'only the driver types here';
      const how = stopped.get(participant);
      if (how) return HOW[how];
      if (driver?.participant === participant) return 'you are driving in another tab';
      const name = driver ? participants[driver.participant]?.displayName : undefined;
      return name === undefined ? 'you were not the driver any more' : `${name} is driving now`;
    },
  };
}
