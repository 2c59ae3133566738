// What a decision may use beside the state: who asks, when, and facts that only the server can look up.
import type { Task } from '#pipeline-core/core/report.ts';
import type { Lines, PlannedAgenda } from '../model/agenda.ts';
import type { Patch } from '../model/client-commands.ts';
import type { PatchFault } from '../model/rejection.ts';
import type { Against, Tree } from '../model/types.ts';

/** The patch merged into the live text, computed by the session actor before `decide`. */
export type MergeFact =
  | { readonly ok: true; readonly state: 'clean' | 'stale'; readonly tree: Tree; readonly before: Tree }
  | { readonly ok: false; readonly file: string; readonly line: number };

/** Facts that only the server knows, gathered before `decide`, so that `decide` stays pure. */
export interface DecisionContext {
  /** The tree of the live text: `decide` makes a revision of it where a rule says so. */
  readonly tree?: Tree;
  /** suggestion.add: why its patch does not apply to the revision it names, if it does not. */
  readonly patchFault?: PatchFault;
  /** suggestion.fix: the patch as the formatter writes it, against the newest revision; absent: it is so already. */
  readonly fix?: Patch;
  /** driver.offer: whether the participant it is for is connected. */
  readonly online?: boolean;
  /** suggestion.add: the new patch against the live text; accept: the patch merged into the live text; unaccept: its reverse; restore, checkpoint.load: the tree after it. */
  readonly merge?: MergeFact;
  /**
   * suggestion.add, approve, unaccept, moderation.undo: suggestions whose patch changes the text in the same way, though
   * its lines are counted from another revision.
   */
  readonly duplicates?: readonly string[];
  /** participant.join: how many may take part in a session; joinCode.rotate: a code that no session has. */
  readonly mostParticipants?: number;
  readonly joinCode?: string;
  /** checkpoint.load: its task. */
  readonly task?: Task;
  /** run.strike, unstrike, clear, check: the new comparisons of the runs whose base changes by it; null: with none. */
  readonly comparisons?: Readonly<Record<string, Against | null>>;
  /** agenda.choose: the course's agenda of these minutes. */
  readonly agenda?: PlannedAgenda;
  /** agenda.begin, tour.show: the places of the step's tour in the live text; null: their file is gone. */
  readonly places?: readonly (Lines | null)[];
  /** Whether the word filter found something in the text or name of this command. */
  readonly flagged?: boolean;
  /** preview: the tree that would run (base revision + patch), or where it conflicts. */
  readonly preview?: {
    readonly revision: number;
    readonly against: string | null;
    readonly merge: MergeFact;
    /** If this content ran before, compared with another run: its comparison with `against`. */
    readonly comparison?: Against;
  };
}

export interface Actor {
  /** null: the system. */
  readonly participant: string | null;
}

export interface Meta {
  /** Milliseconds since 1970, from the server's clock, never decreasing within a session. */
  readonly at: number;
  readonly actor: Actor;
  /** The client's command id, or a name for system commands. */
  readonly cause: string;
  /** Tab of the connection that sent it; '' where it named none. */
  readonly tab?: string;
  readonly facts?: DecisionContext;
}
