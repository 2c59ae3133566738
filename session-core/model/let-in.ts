// Who became facilitator by whose link: whoever lets in somebody who must go has let in those, too.
// Invariant: one reading of it for the rule and for the dialog that asks; nobody is named who vouches for themselves, the
// actor, or came through them.
import type { Id } from './types.ts';

/** By facilitator, who made the link that let them in. */
export type LetInBy = Readonly<Record<Id, Id>>;

/** Whom `from` has let in, and whom those have, in turn. */
function through(letInBy: LetInBy, from: Id, except: ReadonlySet<Id> = new Set()): Set<Id> {
  const found = new Set([from]);
  // A set goes on to what is added meanwhile.
  for (const host of found)
    for (const [id, by] of Object.entries(letInBy)) if (by === host && !except.has(id)) found.add(id);
  found.delete(from);
  return found;
}

/**
 * Who goes with `removed`, unless the actor says otherwise.
 * `asked`: false where the removed one let in the actor: then it is a matter among hosts, and nobody goes by default.
 */
export function goingAlong(
  letInBy: LetInBy,
  { removed, actor }: { readonly removed: Id; readonly actor: Id },
): { readonly people: readonly Id[]; readonly byDefault: boolean } {
  const people = through(letInBy, removed, new Set([actor]));
  return { people: [...people], byDefault: !through(letInBy, removed).has(actor) };
}
