// What every command works with, and what it answers: the exit code.
import type { Arguments } from '../program/arguments.ts';
import type { Output } from '../program/output.ts';

export interface Context {
  readonly words: Arguments['words'];
  readonly options: Arguments['options'];
  readonly output: Output;
  /** The current folder. */
  readonly folder: string;
}
/** 0: done. 2: done, and something is to be looked at: a conflict, or what failed of the checks, the preview or the tests. */
export type Command = (context: Context) => Promise<number> | number;
