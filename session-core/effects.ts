// What the server must do after an event: described as data, performed by the server, never on replay.
import type { SessionEvent } from './model/events.ts';
import type { SessionState } from './model/state.ts';
import type { Id } from './model/types.ts';
import { idOf } from './rules/decider.ts';
import { own } from './util/immutable-map.ts';

export type Effect =
  /** Main or preview, as the run's row says. */
  | { readonly type: 'start_run'; readonly run: Id }
  | { readonly type: 'cancel_run'; readonly run: Id }
  | { readonly type: 'start_search'; readonly search: Id }
  | { readonly type: 'stop_search'; readonly search: Id }
  /** Another run's model answers from now on. */
  | { readonly type: 'restore_model' }
  /** Close every socket of this participant for good. */
  | { readonly type: 'disconnect'; readonly participant: Id }
  /** Check which suggestions are due for an automatic preview. */
  | { readonly type: 'check_previews' }
  | { readonly type: 'end_session' };

export type EffectsOf = (event: SessionEvent, state: SessionState) => readonly Effect[];

/** The effects of the event; `state` is the one after it. */
export const effectsOf: EffectsOf = (event, state) => {
  switch (event.type) {
    case 'run.requested':
      return [{ type: 'start_run', run: idOf('r', event.seq) }];
    case 'run.cancelled':
      return [{ type: 'cancel_run', run: event.payload.run }];
    case 'search.started':
      return [{ type: 'start_search', search: idOf('m', event.seq) }];
    case 'search.ended':
      return [{ type: 'stop_search', search: event.payload.search }];
    case 'run.struck':
    case 'run.unstruck':
      return [{ type: 'restore_model' }, ...(wantsPreviews(event, state) ? [{ type: 'check_previews' } as const] : [])];
    case 'participant.removed': {
      const { participant, contributions } = event.payload;
      const taken = contributions === true && wantsPreviews(event, state);
      return [{ type: 'disconnect', participant }, ...(taken ? [{ type: 'check_previews' } as const] : [])];
    }
    case 'session.ended':
      return [{ type: 'end_session' }];
    default:
      return wantsPreviews(event, state) ? [{ type: 'check_previews' }] : [];
  }
};

/** Whether the event may have changed which suggestions rank first, or what previews are compared with. */
function wantsPreviews(event: SessionEvent, state: SessionState): boolean {
  if (state.settings.previews === 'off' || state.status === 'ended') return false;
  switch (event.type) {
    case 'session.configured':
      return event.payload.changes.previews !== undefined || event.payload.changes.previewTop !== undefined;
    case 'run.finished':
      return event.payload.report.status === 'succeeded';
    case 'suggestion.added':
      return event.payload.patch !== undefined;
    case 'suggestion.upvoted':
    case 'suggestion.unvoted':
    case 'suggestion.approved':
    case 'suggestion.unaccepted':
    case 'suggestion.fixed':
    case 'suggestion.pinned':
    case 'suggestion.unpinned':
      return own(state.suggestions, event.payload.suggestion)?.patch !== undefined;
    case 'run.checked':
    case 'run.struck':
    case 'run.unstruck':
    case 'run.cleared':
    case 'suggestion.accepted':
    case 'suggestion.withdrawn':
    case 'suggestion.declined':
    case 'suggestion.merged':
    case 'moderation.undone':
    case 'participant.removed':
      return true;
    case 'patch.states':
      return Object.values(event.payload.states).some(({ state: merge }) => merge !== 'conflict');
    default:
      return false;
  }
}
