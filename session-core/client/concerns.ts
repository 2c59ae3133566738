// What of a session concerns one participant, as facts that a browser can keep: own suggestions, offers, the last run.
import type { SuggestionStatus } from '../model/state.ts';
import type { Id } from '../model/types.ts';
import type { PublicView, RunView, SuggestionView, YouView } from '../view/view-types.ts';
import { openPoll } from './polls.ts';
import { isOver, outcomeOf, type RunOutcome } from './scores.ts';
import { nextFromHands } from './selectors.ts';

/** The result of the run that contains a suggestion. */
export interface Result {
  readonly run: number;
  readonly outcome: RunOutcome;
  readonly change?: number;
}

export interface OwnSuggestion {
  readonly status: SuggestionStatus;
  readonly text: string;
  readonly pinned: boolean;
  readonly reason?: string;
  /** Text of the suggestion that it was merged into. */
  readonly into?: string;
  /** It, or the one that it was merged into, was accepted then. */
  readonly acceptedAt?: number;
  readonly result?: Result;
}

export interface Concerns {
  readonly suggestions: Readonly<Record<Id, OwnSuggestion>>;
  /** The newest main run that is over. */
  readonly lastRun: {
    readonly number: number;
    readonly failed: boolean;
    readonly stage?: string;
    readonly file?: string;
    readonly line?: number;
    readonly column?: number;
  } | null;
  /** `noticed`: since it was raised, it was next at some moment. */
  readonly hand: { readonly at: number; readonly next: boolean; readonly noticed: boolean } | null;
  /** The driver role, offered to this participant. */
  readonly offer: { readonly name: string | null; readonly at: number } | null;
  /** Offered by this participant. */
  readonly made: { readonly to: Id; readonly name: string; readonly at: number } | null;
  /** How the last one ended that was not accepted. */
  readonly closed: YouView['closedOffer'] | null;
  /** The open question to everybody. */
  readonly poll: { readonly id: Id; readonly question: string } | null;
  readonly driver: Id | null;
  readonly names: { readonly displayName: string; readonly credit: string | null };
  /** Names that wait for a facilitator. */
  readonly held: Readonly<Partial<Record<'displayName' | 'credit', string>>>;
}

type Seen = Pick<
  PublicView,
  'driver' | 'offer' | 'participants' | 'hands' | 'handsAt' | 'suggestions' | 'runs' | 'polls'
>;

export function concernsOf(view: Seen, you: YouView, before: Concerns | null): Concerns {
  const me = you.participant;
  const nameOf = (id: Id | null) => view.participants[id ?? '']?.displayName ?? null;
  const cards = [...Object.values(view.suggestions).filter(({ author }) => author === me), ...Object.values(you.own)];
  const raisedAt = view.handsAt[me];
  const next = nextFromHands(view) === me;
  const { offer } = view;
  return {
    suggestions: Object.fromEntries(cards.map((card) => [card.id, ownSuggestion(card, view)])),
    lastRun: lastRun(view),
    hand:
      raisedAt === undefined
        ? null
        : { at: raisedAt, next, noticed: next || (before?.hand?.at === raisedAt && before.hand.noticed) },
    offer: you.offer ? { name: nameOf(you.offer.by), at: you.offer.at } : null,
    made: offer && offer.by === me ? { to: offer.to, name: nameOf(offer.to) ?? '', at: offer.at } : null,
    // Who asks knows.
    poll: you.facilitator ? null : pollOf(view),
    closed: you.closedOffer ?? null,
    driver: view.driver?.participant ?? null,
    names: { displayName: you.displayName, credit: you.credit ?? null },
    held: you.held ?? {},
  };
}

function pollOf(view: Seen): Concerns['poll'] {
  const poll = openPoll(view);
  return poll ? { id: poll.id, question: poll.question } : null;
}

function ownSuggestion(card: SuggestionView, view: Seen): OwnSuggestion {
  const into = view.suggestions[card.mergedInto ?? ''];
  const accepted = card.status === 'merged' ? into?.accepted : card.status === 'accepted' ? card.accepted : undefined;
  const result = accepted && resultOf(view.runs[accepted.run ?? '']);
  return {
    status: card.status,
    text: card.text,
    pinned: card.pinned,
    ...(card.reason === undefined ? {} : { reason: card.reason }),
    ...(into ? { into: into.text } : {}),
    ...(accepted ? { acceptedAt: accepted.at } : {}),
    ...(result ? { result } : {}),
  };
}

/** A failed run has a notice of its own. */
function resultOf(run: RunView | undefined): Result | undefined {
  if (run?.status !== 'succeeded' || run.number === undefined) return undefined;
  const outcome = outcomeOf(run);
  const change = run.comparison?.change;
  const counts = outcome === 'better' || outcome === 'worse' || outcome === 'noise';
  return { run: run.number, outcome, ...(counts && change !== undefined ? { change } : {}) };
}

function lastRun({ runs }: Seen): Concerns['lastRun'] {
  let last: RunView | undefined;
  for (const run of Object.values(runs))
    if (run.kind === 'main' && isOver(run) && (run.number ?? 0) > (last?.number ?? 0)) last = run;
  if (last === undefined) return null;
  const { stage, file, line, column } = last.error ?? {};
  return {
    number: last.number ?? 0,
    failed: last.status === 'failed',
    ...(stage ? { stage } : {}),
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  };
}
