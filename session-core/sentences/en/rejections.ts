// Rejections in English: for screens (app/_strings/en takes this table) and for programs (`message` in answers).
import type { FactsOf, PatchFault, RejectionSentences, RequestFault, Who } from '../../model/rejection.ts';
import { fileNameReason } from './file-names.ts';

const WHO: Readonly<Record<Who, string>> = {
  joined: 'a participant of the session',
  driver: 'the driver',
  driverOrFacilitator: 'the driver or a facilitator',
  facilitator: 'a facilitator',
  system: 'the server itself',
  handOwnerOrFacilitator: 'its owner or a facilitator',
  authorDriverOrFacilitator: 'its author, the driver or a facilitator',
};

const WANTED = { open: 'open', pending: 'pending', accepted: 'accepted', openOrPending: 'open or pending' } as const;

const CHECKS = {
  types: 'types',
  style: 'format and lint',
  tests: 'tests',
  leakage: 'leakage',
  preview: 'preview',
} as const;

const THINGS = {
  suggestion: 'suggestion',
  participant: 'participant',
  revision: 'revision',
  run: 'run',
  checkpoint: 'checkpoint',
  course: 'course',
  column: 'column or bin of column',
  session: 'session',
  poll: 'question',
  answer: 'answer',
  step: 'step of the agenda',
  place: 'place of this tour in the current code:',
  agenda: 'agenda of so many minutes:',
} as const;

const TYPES: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  Array: 'a list',
  Object: 'an object',
};

export const rejections: RejectionSentences = {
  not_allowed: ({ who }) => `Only ${WHO[who]} can do this.`,
  not_joined: () => 'Join the session first.',
  removed: () => 'The facilitator removed you from this session.',
  session_ended: () => 'This session has ended; it can no longer be changed.',
  session_full: ({ most }) =>
    `This session is full: ${most} people have joined. You can still watch the projector view.`,
  session_locked: () => 'The facilitator has closed this session to newcomers; ask to be let in.',
  wrong_secret: () => 'This facilitator link was used already or is not valid; ask a facilitator for a new one.',
  too_many_links: ({ most }) => `There are ${most} unused facilitator links; revoke some first.`,
  invalid: (facts) => `Invalid request: ${requestFault(facts)}.`,
  not_found: ({ what, id }) => `There is no ${THINGS[what]} "${id}".`,
  display_name_length: ({ least, most }) => `A display name has ${least} to ${most} characters.`,
  display_name_taken: ({ displayName }) => `The name "${displayName}" is already in use; choose another one.`,
  display_name_reserved: () => 'This name stands for a role in the session; choose another one.',
  credit_length: ({ least, most }) => `The name for your credits has ${least} to ${most} characters.`,
  text_length: ({ most, length }) => `A suggestion has 1 to ${most} characters; this one has ${length}.`,
  frozen: () => 'The facilitator has paused new suggestions; votes still count.',
  wrong_status: ({ status, wanted }) =>
    `This suggestion is ${status}; only ${WANTED[wanted]} ones can be changed this way.`,
  not_yours: () => 'Only its author can do this.',
  edit_closed: () =>
    'It can be edited for one minute or until somebody else votes for it; withdraw it and send a new one.',
  poll_closed: () => 'This question is closed; it takes no more answers.',
  too_many_polls: ({ most }) => `A session holds at most ${most} questions.`,
  too_many_steps: ({ most }) => `An agenda has at most ${most} steps.`,
  merge_self: () => 'A suggestion cannot be merged into itself.',
  no_driver: () => 'Nobody is driving.',
  no_offer: () => 'Driving is not offered to you, or the offer has expired.',
  already_driving: ({ displayName }) => `${displayName} is already driving.`,
  not_online: ({ displayName }) => `${displayName} is not connected right now.`,
  conflict: ({ file, line }) => `${file} has changed at line ${line} since this patch was written; apply it by hand.`,
  patch_invalid: (facts) => `This patch does not apply to revision ${facts.revision}: ${patchFault(facts)}.`,
  too_big: ({ files, bytes }) => `The workspace may have ${files} files and ${bytes} bytes; this would be more.`,
  over_limit: (facts) => `Too large: ${overLimit(facts)}. Make it smaller or send it in parts.`,
  no_patch: () => 'This suggestion has no patch.',
  nothing_to_fix: () => 'There is nothing here that the formatter can fix.',
  check_required: ({ check, state }) =>
    state === 'failed'
      ? `The check “${CHECKS[check]}” of this patch fails, and this session requires it.`
      : `The check “${CHECKS[check]}” of this patch has not passed with the newest code yet, and this session requires it.`,
  lines_touched: ({ file, line }) => `Its lines have changed since (${file}, line ${line}); undo it by hand.`,
  nothing_to_undo: () => 'This can no longer be undone.',
  run_over: () => 'This run has already ended.',
  search_running: () => 'The machine is already trying parameters; stop it first or wait.',
  no_result: () => 'This run has no result.',
  queue_full: () => 'Too many runs are waiting; try again in a moment.',
  rate_limited: ({ seconds, scope }) =>
    scope === 'network'
      ? `Too many attempts from your network at once: try again in ${seconds} s.`
      : `Too fast: try again in ${seconds} s.`,
  too_many_viewers: ({ scope }) =>
    `Too many viewers ${scope === 'network' ? 'from your network' : 'of this session'} have not joined: join with the code, or try again later.`,
  storage_unavailable: () => 'The server cannot save right now, so nothing was changed; try again in a moment.',
  busy: () => 'The server is starting or stopping; try again in a moment.',
};

function overLimit({ of, most, has, file = '' }: FactsOf<'over_limit'>): string {
  switch (of) {
    case 'bytes':
      return `a patch may have ${most} bytes, removed and added lines together, and this one has ${has}`;
    case 'files':
      return `a patch may change ${most} files, and this one changes ${has}`;
    case 'places':
      return `a patch may change ${file} in ${most} places, and this one does so in ${has}`;
    case 'lines':
      return `one change of ${file} may have ${most} lines, and this one has ${has}`;
    case 'columns':
      return `a line may have ${most} characters, and one of ${file} has ${has}`;
  }
}

function patchFault(facts: PatchFault): string {
  switch (facts.fault) {
    case 'no_revision':
      return 'there is no such revision';
    case 'no_change':
      return 'it changes nothing';
    case 'not_mergeable':
      return 'it could not be merged with the code';
    case 'duplicate_file':
      return 'a file is named twice';
    case 'file_name':
      return fileNameReason(facts);
    case 'empty_change':
      return `a change of ${facts.file} is empty`;
    case 'overlap':
      return `the changes of ${facts.file} overlap or are out of order at line ${facts.line}`;
    case 'past_end':
      return `${facts.file}, line ${facts.line}: the file has ${facts.lines} lines`;
    case 'line_differs':
      return `${facts.file}, line ${facts.line}: the line to be replaced is different`;
  }
}

function requestFault(facts: RequestFault): string {
  const named = 'field' in facts && facts.field !== undefined ? `\`${facts.field}\`` : 'it';
  switch (facts.fault) {
    case 'not_an_object':
      return 'a command is an object';
    case 'no_command_id':
      return '`id` must be a string of 8 to 40 characters that the sender makes up';
    case 'anchor_order':
      return 'the anchor ends before it begins';
    case 'preview_target':
      return 'a preview is of a suggestion or of a patch';
    case 'same_choices':
      return 'two of its choices are the same';
    case 'remove_self':
      return 'you cannot remove yourself';
    case 'title_length':
      return `a title has 1 to ${facts.most} characters`;
    case 'reason_length':
      return `a reason has 1 to ${facts.most} characters`;
    case 'missing':
      return `${named} is missing`;
    case 'unknown_field':
      return `${named} is not a recognized field`;
    case 'unknown_type':
      return `${named}: there is no ${facts.received}`;
    case 'not_integer':
      return `${named} must be a whole number`;
    case 'not_finite':
      return `${named} must be a finite number`;
    case 'not_codable':
      return `${named} has a character that code cannot hold: a NUL, a line separator or half of a character`;
    case 'format':
      return `${named} has the wrong format`;
    case 'file_name':
      return `${named}: ${fileNameReason(facts)}`;
    case 'too_many':
      return `${named} may have at most ${counted(facts)}`;
    case 'too_few':
      return `${named} must have at least ${counted(facts)}`;
    case 'too_large':
      return `${named} must be at most ${facts.limit}`;
    case 'too_small':
      return `${named} must be at least ${facts.limit}`;
    case 'forbidden_input':
      return `${named} may not be given: this task predicts without ${facts.forbidden}`;
    case 'type':
      return facts.expected === '' ? `${named} has the wrong type` : `${named} must be ${typeName(facts.expected)}`;
  }
}

function counted({ of, limit }: { readonly of: 'characters' | 'entries'; readonly limit: number }): string {
  if (of === 'entries') return `${limit} ${limit === 1 ? 'entry' : 'entries'}`;
  return `${limit} ${limit === 1 ? 'character' : 'characters'}`;
}

/** `("a" | "b" | "c")` as `"a", "b" or "c"`. */
function typeName(expected: string): string {
  const ways = expected.replace(/^\(|\)$/g, '').split(' | ');
  const names = ways.map((way) => TYPES[way] ?? way);
  return names.length === 1 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
