// The version of stored events, and how events of an older version become those of today.
// Invariant: a step is never changed once a release wrote events of the version that it makes.

/** An event as it was stored; what its payload held then only its step knows. */
export interface StoredEvent {
  readonly type: string;
  readonly payload: unknown;
}

/** The step at index i reads version i + 1 and writes version i + 2. */
export type EventStep = (event: StoredEvent) => StoredEvent;

/** Empty as long as nothing that was stored would be read wrongly: a new event, or a new optional field, needs no step. */
export const EVENT_STEPS: readonly EventStep[] = [];

/** What events are stored as today. */
export const eventsVersion = (steps: readonly EventStep[] = EVENT_STEPS): number => steps.length + 1;
