// Why a command was rejected: a value with a code, facts and one sentence. One table for the whole server.

export const SENTENCES = {
  not_allowed: 'Only {who} can do this.',
  not_joined: 'Join the session first.',
  removed: 'The facilitator removed you from this session.',
  session_ended: 'This session has ended; it can no longer be changed.',
  invalid: 'Invalid request: {what}.',
  not_found: '{what} "{id}" does not exist in this session.',
  display_name_length: 'A display name has {least} to {most} characters.',
  display_name_taken: 'The name "{displayName}" is already in use; choose another one.',
  credit_length: 'A name to be credited by has 2 to {most} characters.',
  display_name_flagged: 'Please choose another name.',
  text_length: 'A suggestion has 1 to {most} characters; this one has {length}.',
  frozen: 'The facilitator has paused new suggestions; votes still count.',
  wrong_status: 'This suggestion is {status}; only {wanted} ones can be changed this way.',
  not_yours: 'Only its author can do this.',
  edit_closed: 'It can be edited for one minute or until somebody else votes for it; withdraw it and send a new one.',
  merge_self: 'A suggestion cannot be merged into itself.',
  no_driver: 'Nobody is driving.',
  no_offer: 'There is no open offer to drive for you.',
  already_driving: '{displayName} is already driving.',
  not_online: '{displayName} is not connected right now.',
  conflict: '{file} has changed at line {line} since this patch was written; apply it by hand.',
  patch_invalid: 'This patch does not apply to revision {revision}: {what}.',
  too_big: 'The workspace may hold {files} files and {bytes} bytes; this would be more.',
  no_patch: 'This suggestion has no patch.',
  lines_touched: 'Its lines have changed since ({file}, line {line}); undo it by hand.',
  nothing_to_undo: 'This can no longer be undone.',
  run_over: 'This run has already ended.',
  queue_full: 'Too many runs are waiting; try again in a moment.',
  rate_limited: 'Too fast: try again in {seconds} s. Your draft is kept.',
  too_many_viewers: 'Too many viewers {where} have not joined: join with the code, or try again later.',
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

/** The rejection `code` with its sentence filled from `facts`. */
export function rejection(code: RejectionCode, facts: RejectionFacts = {}): Rejection {
  const message = SENTENCES[code].replace(/\{(\w+)\}/g, (_, key: string) => String(facts[key] ?? '?'));
  return { code, message, facts };
}
