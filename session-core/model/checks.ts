// The checks of a patch, as on a pull request: what each found, as codes and places. Messages are made where they are read.

/** In the order of the screens. `style`: format and lint. */
export const CHECKS = ['types', 'style', 'tests', 'leakage', 'preview'] as const;
export type CheckName = (typeof CHECKS)[number];

/**
 * `warning`: passed, and there is something to look at. `waiting`: nobody has asked for it yet. `absent`: the workspace
 * has nothing to check, such as no tests. `unchecked`: it was ended, or this server cannot check it.
 */
export type CheckState = 'passed' | 'warning' | 'failed' | 'running' | 'waiting' | 'absent' | 'unchecked';

export interface CodeProblem {
  readonly file: string;
  /** From 1, of the file with the patch. */
  readonly line: number;
  readonly column: number;
  /** `TS2322` of the compiler, `format`, or a rule of the linter such as `lint/style/useConst`. */
  readonly code: string;
  /** `suggestion.fix` mends it. */
  readonly fix?: true;
}

/** `ended`: by chance, as by a program that broke down. `missing`: this server cannot check it at all. */
export type WhyUnchecked = 'time' | 'memory' | 'ended' | 'missing';

/** What is found without a run. */
export type CodeCheck =
  | {
      readonly result: 'passed' | 'failed';
      /** The first of them. */
      readonly problems: readonly CodeProblem[];
      readonly count: number;
      /** Further ones, which the code without the patch has, too. */
      readonly known?: number;
    }
  | { readonly result: 'unchecked'; readonly why: WhyUnchecked };

export interface CodeChecks {
  readonly types: CodeCheck;
  readonly style: CodeCheck;
}
