// What must be done in the world after an event: told as data, performed by the server's edge, never on replay.
// RUNS IN server
import type { SessionEvent } from './events.ts';
import type { Id, SessionState } from './state.ts';

export type Effect =
  /** Main or preview, as the run's row says. */
  | { readonly type: 'start_run'; readonly run: Id }
  | { readonly type: 'cancel_run'; readonly run: Id }
  /** Close every socket of this participant for good. */
  | { readonly type: 'disconnect'; readonly participant: Id }
  /** The seat changed hands or tab: the document room changes roles. */
  | { readonly type: 'seat_changed' }
  /** Look whether suggestions want a preview by the settings. */
  | { readonly type: 'check_previews' }
  | { readonly type: 'end_session' };

export type EffectsOf = (event: SessionEvent, state: SessionState) => readonly Effect[];
