// The notices that follow when what concerns a participant changes.
// Invariant: a notice comes from the difference of two views, so what changed back in between makes none; and it is shown
// only as long as it holds.
import type { Id } from '../model/types.ts';
import type { Concerns, OwnSuggestion, Result } from './concerns.ts';

type None = Readonly<Record<never, never>>;
type Named = { readonly name: string };
type OfSuggestion = { readonly text: string };

interface FactsByNotice {
  driving_offered: { readonly name: string | null };
  offer_accepted: Named;
  offer_refused: Named;
  offer_withdrawn: Named;
  offer_expired: Named;
  hand_next: None;
  poll_opened: { readonly question: string };
  name_held: Named;
  name_allowed: Named;
  name_declined: Named;
  suggestion_approved: OfSuggestion;
  suggestion_declined: OfSuggestion & { readonly reason: string };
  suggestion_merged: OfSuggestion & { readonly into: string };
  suggestion_pinned: OfSuggestion;
  suggestion_applied: OfSuggestion & { readonly result: Result | null };
  suggestion_reopened: OfSuggestion;
  run_failed: Omit<NonNullable<Concerns['lastRun']>, 'failed'>;
}
export type NoticeCode = keyof FactsByNotice;

/** `about` is the suggestion, run, name or moment: a later notice of the same code about the same replaces the earlier. */
export type Notice = {
  readonly [C in NoticeCode]: {
    readonly code: C;
    readonly facts: FactsByNotice[C];
    readonly about: string;
    readonly at: number;
  };
}[NoticeCode];

/** One sentence for each code. */
export type NoticeSentences = { readonly [C in NoticeCode]: (facts: FactsByNotice[C]) => string };

export const sentenceOfNotice = (sentences: NoticeSentences, { code, facts }: Notice): string =>
  (sentences[code] as (facts: Notice['facts']) => string)(facts);

export const keyOfNotice = ({ code, about }: Notice): string => `${code}:${about}`;

/** What has happened between two views, in no order. `before` null: nothing is known of earlier. */
export function noticesOf(before: Concerns | null, after: Concerns, now: number): readonly Notice[] {
  return [
    ...nameNotices(before, after, now),
    ...(before === null
      ? []
      : [
          ...driverNotices(before, after, now),
          ...pollNotices(before, after, now),
          ...Object.entries(after.suggestions).flatMap(([id, own]) => suggestionNotices(id, before, own, now)),
          ...runNotices(before, after, now),
        ]),
  ];
}

function nameNotices(before: Concerns | null, after: Concerns, now: number): Notice[] {
  return (['displayName', 'credit'] as const).flatMap((what): Notice[] => {
    const [was, is] = [before?.held[what], after.held[what]];
    if (was === is) return [];
    if (is !== undefined) return [{ code: 'name_held', facts: { name: is }, about: what, at: now }];
    if (was === undefined) return [];
    if (after.names[what] === was) return [{ code: 'name_allowed', facts: { name: was }, about: what, at: now }];
    // Another name was chosen meanwhile: who did that knows.
    if (after.names[what] !== before?.names[what]) return [];
    return [{ code: 'name_declined', facts: { name: was }, about: what, at: now }];
  });
}

function pollNotices(before: Concerns, { poll }: Concerns, at: number): Notice[] {
  if (poll === null || before.poll?.id === poll.id) return [];
  return [{ code: 'poll_opened', facts: { question: poll.question }, about: poll.id, at }];
}

const ENDED = { refused: 'offer_refused', withdrawn: 'offer_withdrawn', lapsed: 'offer_expired' } as const;

function driverNotices(before: Concerns, after: Concerns, now: number): Notice[] {
  const notices: Notice[] = [];
  const { offer, hand } = after;
  if (offer && offer.at !== before.offer?.at)
    notices.push({ code: 'driving_offered', facts: { name: offer.name }, about: String(offer.at), at: offer.at });
  // Whose own hand went up just now sees the place beside it.
  if (hand?.next && before.hand?.at === hand.at && !before.hand.noticed)
    notices.push({ code: 'hand_next', facts: {}, about: String(hand.at), at: now });
  const { made } = before;
  if (made && after.made?.at !== made.at) {
    const how = after.closed?.at === made.at ? after.closed.how : 'withdrawn';
    const code = after.driver === made.to ? 'offer_accepted' : ENDED[how];
    // Another offer has replaced it: who made that knows.
    if (code === 'offer_accepted' || after.made === null)
      notices.push({ code, facts: { name: made.name }, about: String(made.at), at: now });
  }
  return notices;
}

function suggestionNotices(about: Id, before: Concerns, own: OwnSuggestion, now: number): Notice[] {
  const was = before.suggestions[about];
  if (was === undefined) return [];
  const { text, status, result } = own;
  if (own.acceptedAt !== undefined) {
    const same = was.acceptedAt === own.acceptedAt;
    if (same && sameResult(was.result, result)) return [];
    const at = same ? now : own.acceptedAt;
    return [{ code: 'suggestion_applied', facts: { text, result: result ?? null }, about, at }];
  }
  if (status === was.status) {
    const pinned = own.pinned && !was.pinned;
    return pinned ? [{ code: 'suggestion_pinned', facts: { text }, about, at: now }] : [];
  }
  switch (status) {
    case 'open':
      return [
        was.status === 'pending'
          ? { code: 'suggestion_approved', facts: { text }, about, at: now }
          : { code: 'suggestion_reopened', facts: { text }, about, at: now },
      ];
    case 'pending':
      return [{ code: 'suggestion_reopened', facts: { text }, about, at: now }];
    case 'declined':
      return [{ code: 'suggestion_declined', facts: { text, reason: own.reason ?? '' }, about, at: now }];
    case 'merged':
      return [{ code: 'suggestion_merged', facts: { text, into: own.into ?? '' }, about, at: now }];
    case 'accepted':
    case 'withdrawn':
      return [];
  }
}

const sameResult = (a: Result | undefined, b: Result | undefined): boolean =>
  a?.run === b?.run && a?.outcome === b?.outcome;

function runNotices(before: Concerns, { lastRun: last }: Concerns, now: number): Notice[] {
  if (!last?.failed || last.number <= (before.lastRun?.number ?? 0)) return [];
  const { failed: _, ...facts } = last;
  return [{ code: 'run_failed', facts, about: String(last.number), at: now }];
}

/** Whether what it says is still so. */
export function holdsNotice({ code, about, facts }: Notice, now: Concerns): boolean {
  const own = now.suggestions[about];
  switch (code) {
    case 'driving_offered':
      return String(now.offer?.at) === about;
    case 'hand_next':
      return now.hand?.next === true && String(now.hand.at) === about;
    case 'name_held':
      return now.held[about as keyof Concerns['held']] === facts.name;
    case 'name_declined':
      return now.held[about as keyof Concerns['held']] !== facts.name;
    case 'name_allowed':
      return now.names[about as keyof Concerns['names']] === facts.name;
    case 'suggestion_approved':
    case 'suggestion_reopened':
      return own?.status === 'open' || own?.status === 'pending';
    case 'suggestion_declined':
      return own?.status === 'declined';
    case 'suggestion_merged':
      return own?.status === 'merged';
    case 'suggestion_pinned':
      return own?.pinned === true;
    case 'suggestion_applied':
      return own?.acceptedAt !== undefined && sameResult(own.result, facts.result ?? undefined);
    case 'poll_opened':
      return now.poll?.id === about;
    case 'run_failed':
      return String(now.lastRun?.number) === about;
    case 'offer_accepted':
    case 'offer_refused':
    case 'offer_withdrawn':
    case 'offer_expired':
      return now.made === null;
  }
}
