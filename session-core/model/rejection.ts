// Why a command was rejected: a code and facts, no sentence. The English is in `sentences/en/rejections.ts`.
// Invariant: each code names its facts, so that every language can build its sentence from them.
import type { FileNameFault } from '#pipeline-core/workspace/file-names.ts';
import type { CheckName, CheckState } from './checks.ts';
import type { SuggestionStatus } from './state.ts';

/** Who may give a command. */
export type Who =
  | 'joined'
  | 'driver'
  | 'driverOrFacilitator'
  | 'facilitator'
  | 'system'
  | 'handOwnerOrFacilitator'
  | 'authorDriverOrFacilitator';

/** Why a patch does not apply to the revision it names. */
export type PatchFault =
  | { readonly fault: 'no_revision' | 'no_change' | 'not_mergeable' | 'duplicate_file' }
  | { readonly fault: 'overlap' | 'line_differs'; readonly file: string; readonly line: number }
  | { readonly fault: 'past_end'; readonly file: string; readonly line: number; readonly lines: number }
  | { readonly fault: 'empty_change'; readonly file: string }
  /** Its files cannot have these names beside those that are there. */
  | ({ readonly fault: 'file_name' } & FileNameFault);

/** What is wrong with a request. `field`: a path such as `anchor.file`; absent: the request itself. */
export type RequestFault =
  | {
      readonly fault:
        | 'not_an_object'
        | 'no_command_id'
        | 'anchor_order'
        | 'preview_target'
        | 'remove_self'
        | 'same_choices';
    }
  | { readonly fault: 'title_length' | 'reason_length'; readonly most: number }
  | {
      readonly fault: 'missing' | 'unknown_field' | 'not_integer' | 'not_finite' | 'format' | 'not_codable';
      readonly field?: string;
    }
  | { readonly fault: 'unknown_type'; readonly field?: string; readonly received: string }
  | {
      readonly fault: 'too_many' | 'too_few';
      readonly field?: string;
      readonly of: 'characters' | 'entries';
      readonly limit: number;
    }
  | ({ readonly fault: 'file_name'; readonly field?: string } & FileNameFault)
  /** A column that the task does not allow as an input. */
  | { readonly fault: 'forbidden_input'; readonly field: string; readonly forbidden: string }
  | { readonly fault: 'too_large' | 'too_small'; readonly field?: string; readonly limit: number }
  /** `expected`: the schema's own word for it, such as `string` or `("a" | "b")`; '' where it has none. */
  | { readonly fault: 'type'; readonly field?: string; readonly expected: string };

/** Facts of any code, as they travel beside `code` and `message`. */
export type Facts = Readonly<Record<string, string | number>>;

type None = Readonly<Record<never, never>>;

interface FactsByCode {
  not_allowed: { readonly who: Who };
  not_joined: None;
  removed: None;
  session_ended: None;
  session_full: { readonly most: number };
  session_locked: None;
  /** A facilitator link that was used, revoked or never made. */
  wrong_secret: None;
  too_many_links: { readonly most: number };
  invalid: RequestFault;
  not_found: {
    readonly what:
      | 'suggestion'
      | 'participant'
      | 'revision'
      | 'run'
      | 'checkpoint'
      | 'course'
      | 'column'
      | 'session'
      | 'poll'
      | 'answer'
      | 'step'
      | 'place'
      | 'agenda';
    readonly id: string | number;
  };
  display_name_length: { readonly least: number; readonly most: number };
  display_name_taken: { readonly displayName: string };
  /** It pretends to be a role. */
  display_name_reserved: None;
  credit_length: { readonly least: number; readonly most: number };
  text_length: { readonly most: number; readonly length: number };
  frozen: None;
  wrong_status: {
    readonly status: SuggestionStatus;
    readonly wanted: 'open' | 'pending' | 'accepted' | 'openOrPending';
  };
  not_yours: None;
  edit_closed: None;
  merge_self: None;
  poll_closed: None;
  too_many_polls: { readonly most: number };
  too_many_steps: { readonly most: number };
  no_driver: None;
  no_offer: None;
  already_driving: { readonly displayName: string };
  not_online: { readonly displayName: string };
  conflict: { readonly file: string; readonly line: number };
  patch_invalid: { readonly revision: number } & PatchFault;
  too_big: { readonly files: number; readonly bytes: number };
  /** More than a message or a patch may have; `places`: changed places of one file. */
  over_limit: {
    readonly of: 'bytes' | 'files' | 'places' | 'lines' | 'columns';
    readonly most: number;
    readonly has: number;
    readonly file?: string;
  };
  no_patch: None;
  nothing_to_fix: None;
  /** The settings want this check of a patch to pass before it is applied. */
  check_required: { readonly check: CheckName; readonly state: CheckState };
  lines_touched: { readonly file: string; readonly line: number };
  nothing_to_undo: None;
  run_over: None;
  search_running: None;
  /** It is not over, or it failed. */
  no_result: None;
  queue_full: None;
  /** `scope`: everybody at this address together, not who asked. */
  rate_limited: { readonly seconds: number; readonly scope?: 'network' };
  too_many_viewers: { readonly scope: 'network' | 'session' };
  storage_unavailable: None;
  busy: None;
}

export type RejectionCode = keyof FactsByCode;
export type Rejection = {
  readonly [C in RejectionCode]: { readonly code: C; readonly facts: FactsByCode[C] };
}[RejectionCode];

export type FactsOf<C extends RejectionCode> = FactsByCode[C];

/** The facts, unless the code has none. */
export type FactsArgument<C extends RejectionCode> = FactsByCode[C] extends None
  ? None extends FactsByCode[C]
    ? []
    : [facts: FactsByCode[C]]
  : [facts: FactsByCode[C]];

/** One sentence for each code: what a language consists of. */
export type RejectionSentences = { readonly [C in RejectionCode]: (facts: FactsByCode[C]) => string };

export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export function rejection<C extends RejectionCode>(code: C, ...[facts]: FactsArgument<C>): Rejection {
  return { code, facts: facts ?? {} } as Rejection;
}
