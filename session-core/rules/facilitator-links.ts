// Links that make a facilitator: made, used, revoked.
// Invariant: a link is good for one use unless it was made to be used again; of each only the SHA-256 of its secret is kept.
// A start of the server has one link, however often it is started.
import { LIMITS } from '../model/limits.ts';
import type { FacilitatorLink, SessionState } from '../model/state.ts';
import type { Id } from '../model/types.ts';
import { own, put, without } from '../util/immutable-map.ts';
import type { Deciders, Evolvers, NewEvent } from './decider.ts';
import { happened, idOf, newEvent, noChange, refused } from './decider.ts';

/** What follows from somebody becoming facilitator by this link; null: there is no such link (any more). */
export function usingLink(state: SessionState, link: Id | undefined): readonly NewEvent[] | null {
  if (link === undefined) return [];
  const found = own(state.facilitatorLinks, link);
  if (!found) return null;
  return found.reusable ? [] : [newEvent('facilitator.linkUsed', { link })];
}

/** Who made the link, as it is kept with whom it lets in. */
export function letInBy(state: SessionState, link: Id | undefined): { readonly letInBy?: Id } {
  const by = own(state.facilitatorLinks, link)?.by ?? null;
  return by === null ? {} : { letInBy: by };
}

/** Of a facilitator who is removed: the links that they may know and could come back with. */
export function linksKnownTo(state: SessionState, participant: Id): readonly NewEvent[] {
  if (own(state.participants, participant)?.facilitator !== true) return [];
  const links = Object.entries(state.facilitatorLinks)
    .filter(([, { by, reusable }]) => by === participant || reusable)
    .map(([id]) => id);
  return links.length > 0 ? [newEvent('facilitator.unlinked', { links })] : [];
}

export const linkDeciders: Deciders<'facilitator.link' | 'facilitator.unlink'> = {
  'facilitator.link': (state, { hash, madeBy, by, reusable }) => {
    const links = Object.values(state.facilitatorLinks);
    if (links.some((link) => link.hash === hash)) return noChange;
    if (madeBy === 'facilitator' && links.length >= LIMITS.facilitatorLinks)
      return refused('too_many_links', { most: LIMITS.facilitatorLinks });
    return happened(
      newEvent('facilitator.linked', {
        hash,
        madeBy,
        ...(by === null ? {} : { by }),
        ...(reusable ? { reusable } : {}),
      }),
    );
  },

  'facilitator.unlink': (state, { link }) => {
    const links = Object.keys(state.facilitatorLinks).filter((id) => link === undefined || id === link);
    return links.length > 0 ? happened(newEvent('facilitator.unlinked', { links })) : noChange;
  },
};

export const linkEvolvers: Evolvers<'facilitator.linked' | 'facilitator.linkUsed' | 'facilitator.unlinked'> = {
  'facilitator.linked': (state, { seq, at, payload }) => {
    // Logs of before links were used up name only the hash; all of those links were made by a start.
    const { hash, madeBy = 'start', by = null, reusable = false } = payload;
    const others = Object.entries(state.facilitatorLinks).filter(
      ([, link]) => madeBy !== 'start' || link.madeBy !== 'start',
    );
    const link: FacilitatorLink = { hash, at, madeBy, by, reusable };
    return { ...state, facilitatorLinks: put(Object.fromEntries(others), idOf('l', seq), link) };
  },
  'facilitator.linkUsed': (state, { payload: { link } }) => ({
    ...state,
    facilitatorLinks: without(state.facilitatorLinks, link),
  }),
  'facilitator.unlinked': (state, { payload: { links } }) => ({
    ...state,
    facilitatorLinks: links.reduce(without, state.facilitatorLinks),
  }),
};
