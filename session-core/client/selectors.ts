// What pages and programs compute from a view: the queue's order, who drives, who is next, the pulse of the session.
// Invariant: Popular = votes, then older first; New = newer first; never random, so the same view gives the same order on
// every screen. Reads views only, never the state.

import { PULSE_MS, REVEAL_MS } from '../model/limits.ts';
import { byAge, byPopularity, pinnedFirst } from '../model/ranking.ts';
import type { Id } from '../model/types.ts';
import type { FacilitatorView, PublicView, SuggestionView, YouView } from '../view/view-types.ts';

export type SuggestionSort = 'popular' | 'new';

/** All suggestions that the view holds, whatever their status, in order. */
export function rankSuggestions(view: Pick<PublicView, 'suggestions'>, sort: SuggestionSort): SuggestionView[] {
  return Object.values(view.suggestions).sort(sort === 'popular' ? byPopularity : byAge);
}

/** Everybody's and one's own, which the public view does not hold; in no order. */
export function allSuggestions(
  view: Pick<PublicView, 'suggestions'>,
  you: Pick<YouView, 'own'> | null,
): readonly SuggestionView[] {
  return Object.values({ ...view.suggestions, ...you?.own });
}

/** Open suggestions, the pinned one first, then Popular. */
export function openSuggestions(view: Pick<PublicView, 'suggestions'>): readonly SuggestionView[] {
  return rankSuggestions(view, 'popular')
    .filter(({ status }) => status === 'open')
    .sort(pinnedFirst);
}

/** The driver as a page shows them; null: nobody drives. */
export interface DriverNow {
  readonly participant: Id;
  /** '' for a participant that the view does not contain (any more). */
  readonly displayName: string;
  readonly online: boolean;
  readonly since: number;
}

export function currentDriver({ driver, participants }: Pick<PublicView, 'driver' | 'participants'>): DriverNow | null {
  if (!driver) return null;
  const person = Object.hasOwn(participants, driver.participant) ? participants[driver.participant] : undefined;
  return {
    participant: driver.participant,
    displayName: person?.displayName ?? '',
    online: person?.online === true,
    since: driver.since,
  };
}

/**
 * The first raised hand of a connected participant who is not driving: the next driver to propose. Those on phones come
 * last, since they cannot use the editor.
 */
export function nextFromHands(view: Pick<PublicView, 'hands' | 'driver' | 'participants'>): Id | undefined {
  const able = view.hands.filter((id) => id !== view.driver?.participant && view.participants[id]?.online === true);
  return able.find((id) => !view.participants[id]?.narrow) ?? able[0];
}

/** Milliseconds left of the driver's turn, negative once it is over; null: no timer runs. */
export function turnLeft({ timer }: Pick<PublicView, 'timer'>, now: number): number | null {
  return timer ? timer.startedAt + timer.minutes * 60_000 - now : null;
}

export interface PulseNow {
  /** Sum of the presses' weights: a new one counts 1, one of a minute ago 0. */
  readonly fast: number;
  readonly lost: number;
  readonly fine: number;
  /** How many presses still count. */
  readonly answers: number;
}

/** The pulse at `now` (milliseconds since 1970): each press fades to zero over `PULSE_MS`. */
export function pulseNow(pulses: FacilitatorView['pulses'], now: number): PulseNow {
  const sum = { fast: 0, lost: 0, fine: 0 };
  let answers = 0;
  for (const { value, at } of Object.values(pulses)) {
    // A press from a clock that is ahead of ours counts 1, not more.
    const weight = Math.min(1, 1 - (now - at) / PULSE_MS);
    if (weight <= 0) continue;
    sum[value] += weight;
    answers += 1;
  }
  return { ...sum, answers };
}

/** Milliseconds left of the countdown before the hold-out scores are shown; 0: none runs. */
export function revealIn({ scene }: Pick<PublicView, 'scene'>, now: number): number {
  return scene.name === 'reveal' ? Math.min(REVEAL_MS, Math.max(0, scene.at + REVEAL_MS - now)) : 0;
}

/** Display names by id, of those who are named and still there. */
export const namesIn = (
  participants: PublicView['participants'],
  ids: readonly (Id | null | undefined)[],
): Readonly<Record<Id, string>> =>
  Object.fromEntries(
    ids.flatMap((id) => {
      const name = participants[id ?? '']?.displayName;
      return id == null || name === undefined ? [] : [[id, name]];
    }),
  );
