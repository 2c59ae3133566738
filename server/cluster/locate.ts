// Where a session is served: here, at another node, or nowhere just now because its owner is late.
// Invariant: whoever asks about a session while it is looked up waits for the same answer, so a crowd that comes back costs
// the database one question.
import type { Claim } from './ownership.ts';

export type Place =
  /** Ours, or of nobody: this node's own routes answer best that there is no such session. */
  | { readonly at: 'here' }
  | { readonly at: 'other'; readonly url: string }
  /** Its owner has missed a heartbeat, or the database cannot be asked: whoever wants it waits. */
  | { readonly at: 'late' };

export interface Locate {
  /** At once where it is known. */
  (session: string): Place | Promise<Place>;
  /** Its owner could not be reached: the next question goes to the database. */
  forget(session: string): void;
}

const HERE: Place = { at: 'here' };
const LATE: Place = { at: 'late' };
const FRESH_MS = { here: 1_000, other: 250, late: 100 } as const;
const MOST_KNOWN = 10_000;

export function createLocate(options: {
  readonly isMine: (session: string) => boolean;
  /** Takes the session where nobody has it; null: there is no such session. */
  readonly claim: (session: string) => Promise<Claim | null>;
  readonly now: () => number;
  /** Why it could not be asked. */
  readonly failed: (error: unknown) => void;
}): Locate {
  const { isMine, claim, now, failed } = options;
  const known = new Map<string, { readonly at: number; readonly place: Place }>();
  const asking = new Map<string, Promise<Place>>();

  async function ask(session: string): Promise<Place> {
    try {
      const found = await claim(session);
      const place: Place =
        found === null || found.mine ? HERE : found.url === null ? LATE : { at: 'other', url: found.url };
      // What is ours is known by its epoch.
      if (found?.mine) known.delete(session);
      else keep(session, place);
      return place;
    } catch (error) {
      failed(error);
      keep(session, LATE);
      return LATE;
    }
  }
  function keep(session: string, place: Place): void {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(session, { at: now(), place });
  }

  const locate = (session: string): Place | Promise<Place> => {
    if (isMine(session)) return HERE;
    const last = known.get(session);
    if (last && now() - last.at < FRESH_MS[last.place.at]) return last.place;
    const waiting = asking.get(session);
    if (waiting !== undefined) return waiting;
    const question = ask(session).finally(() => asking.delete(session));
    asking.set(session, question);
    return question;
  };
  return Object.assign(locate, { forget: (session: string) => void known.delete(session) });
}
