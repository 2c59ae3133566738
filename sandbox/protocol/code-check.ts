// What can be said of a workspace without running it: its types, its format, and what the linter finds.

export interface CodeCheckJob {
  readonly sessionId: string;
  /** The whole workspace. */
  readonly files: Readonly<Record<string, string>>;
  /** Of them, the TypeScript files whose format and lint are wanted. */
  readonly styled: readonly string[];
  /** Of the compiler's messages: en, de, fr. */
  readonly language: string;
}

export interface FoundProblem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** `TS2322`, or `lint/style/useConst`. */
  readonly code: string;
  readonly message: string;
}

/** `ended`: the program broke down, or there was no time for it; another try may go well. `missing`: it is not installed. */
export type Unchecked = { readonly unchecked: 'time' | 'memory' | 'ended' | 'missing' };

export interface CodeFindings {
  readonly types: { readonly problems: readonly FoundProblem[] } | Unchecked;
  readonly style:
    | {
        readonly problems: readonly FoundProblem[];
        /** Files that the formatter would write otherwise. */
        readonly formatted: Readonly<Record<string, string>>;
        /** The same, with what the linter can mend safely. */
        readonly fixed: Readonly<Record<string, string>>;
      }
    | Unchecked;
}
