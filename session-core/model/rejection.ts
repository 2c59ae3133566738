// Why a command was refused: a value with a code, facts and one sentence for people. One table for the whole house.

export const SENTENCES = {
  not_allowed: 'Only {who} can do this.',
  not_joined: 'Join the session first.',
  removed: 'The facilitator removed you from this session.',
  session_ended: 'This session has ended; nothing can be changed any more.',
  invalid: 'This was not understood: {what}.',
  not_found: 'There is no {what} "{id}" here.',
  alias_length: 'An alias has {least} to {most} characters.',
  alias_taken: 'Somebody here is already called "{alias}"; choose another name.',
  credit_length: 'A name to be credited by has 2 to {most} characters.',
  alias_flagged: 'Please choose another name.',
  text_length: 'A suggestion has 1 to {most} characters; this one has {length}.',
  frozen: 'The facilitator has paused new suggestions; votes still count.',
  wrong_status: 'This suggestion is {status}; only {wanted} ones can be changed this way.',
  not_yours: 'Only its author can do this.',
  edit_closed: 'It can be edited for one minute or until somebody else votes for it; withdraw it and send a new one.',
  merge_self: 'A suggestion cannot be merged into itself.',
  seat_taken: '{alias} is driving; the facilitator can take the seat back.',
  seat_vacant: 'Nobody is driving.',
  no_offer: 'The seat is not offered to you (any more).',
  offer_self: '{alias} has the seat already.',
  not_online: '{alias} is not here right now.',
  conflict: '{file} has changed at line {line} since this patch was written; finish it by hand.',
  patch_invalid: 'This patch does not fit revision {revision}: {what}.',
  too_big: 'The workspace may hold {files} files and {bytes} bytes; this would be more.',
  no_patch: 'This suggestion carries no code.',
  lines_touched: 'Its lines have been changed since ({file}, line {line}); undo it by hand.',
  nothing_to_undo: 'There is nothing to undo here (any more).',
  run_over: 'This run is over.',
  queue_full: 'Too many runs are waiting; try again in a moment.',
  rate_limited: 'Too fast: try again in {seconds} s. Your draft is kept.',
  too_many_viewers: 'Too many people watch {where} without having joined: join with the code, or try again later.',
  storage_unavailable: 'The server cannot save right now, so nothing was changed; try again in a moment.',
  busy: 'The server is starting or stopping; try again in a moment.',
} as const;

export type RejectionCode = keyof typeof SENTENCES;
export type RejectionFacts = Readonly<Record<string, string | number>>;

export interface Rejection {
  readonly code: RejectionCode;
  readonly message: string;
  readonly facts: RejectionFacts;
}

export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** The refusal `code` with its sentence filled from `facts`. */
export function rejection(code: RejectionCode, facts: RejectionFacts = {}): Rejection {
  const message = SENTENCES[code].replace(/\{(\w+)\}/g, (_, key: string) => String(facts[key] ?? '?'));
  return { code, message, facts };
}
