// Why an update is refused: a code that the server acts on, and a reason that people read.

export type RefusalCode =
  | 'not-driver'
  | 'unreadable'
  | 'too-many-pieces'
  | 'too-big'
  /** It would wait for an update that has not arrived. */
  | 'ahead'
  /** It would make something else than named plain texts. */
  | 'not-plain-text'
  /** A file would have a name that a workspace cannot have. */
  | 'file-name';

/** Why an update is refused: a code for programs, a reason for people. */
export interface Fault {
  readonly code: RefusalCode;
  readonly reason: string;
}
export const fault = (code: RefusalCode, reason: string): Fault => ({ code, reason });
