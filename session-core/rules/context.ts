// What a decision may know beside the state: who asks, when, and the facts that only the edge can look up.
import type { Task } from '#pipeline-core/core/report.ts';
import type { Against, Tree } from '../model/types.ts';

/** The patch as it stands against the live text, looked up by the actor before `decide`. */
export type MergeFact =
  | { readonly ok: true; readonly state: 'clean' | 'stale'; readonly tree: Tree; readonly before: Tree }
  | { readonly ok: false; readonly file: string; readonly line: number; readonly message: string };

/** Facts only the edge knows, gathered before `decide`, so that `decide` stays pure. */
export interface DecisionContext {
  /** The live text's tree now: `decide` cuts a revision from it where the law says so. */
  readonly tree?: Tree;
  /** suggestion.add: why its patch does not fit the revision it names, where it does not. */
  readonly patchFault?: string;
  /** driver.offer: whether the person it is for is connected. */
  readonly online?: boolean;
  /** suggestion.add: the new patch against the live text; accept: the patch merged into the live text; unaccept: its reverse; restore, checkpoint.load: the tree to come. */
  readonly merge?: MergeFact;
  /**
   * suggestion.add, approve, unaccept, moderation.undo: cards whose patch makes of the text what this one makes, though
   * its lines are counted from another revision.
   */
  readonly duplicates?: readonly string[];
  /** checkpoint.load: the question it answers. */
  readonly task?: Task;
  /** The word filter's finding in the text or alias of this command. */
  readonly flagged?: boolean;
  /** preview: the tree that would run (base revision + patch), or where it does not merge. */
  readonly preview?: {
    readonly revision: number;
    readonly against: string | null;
    readonly merge: MergeFact;
    /** Where this content ran before, compared with another run: how it stands against `against`. */
    readonly comparison?: Against;
  };
}

export interface Actor {
  /** null: the system. */
  readonly participant: string | null;
}

export interface Meta {
  /** Milliseconds since 1970, from the edge's clock, never going back within a session. */
  readonly at: number;
  readonly actor: Actor;
  /** The client's command id, or a name for system commands. */
  readonly cause: string;
  /** Tab of the connection that sent it; '' where it named none. */
  readonly tab?: string;
  readonly facts?: DecisionContext;
}
