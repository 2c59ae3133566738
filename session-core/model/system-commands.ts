// What the server itself asks of a session (SystemCommand): never accepted from a client.
import type { RunFinding, Task } from '#pipeline-core/core/report.ts';
import type { PlannedAgenda } from './agenda.ts';
import type { CodeChecks } from './checks.ts';
import type { ClientCommand } from './client-commands.ts';
import type { Language } from './languages.ts';
import type { MachineBest, SearchEnd } from './machine-search.ts';
import type { MergeState, RunSummary, Tree } from './types.ts';

/** Given by the server itself, never accepted from a connection: `meta.actor.participant` is null. */
export type SystemCommand =
  | {
      readonly type: 'session.create';
      readonly session: string;
      readonly title: string;
      readonly joinCode: string;
      readonly approveFirst: boolean;
      readonly holdout: 'hidden' | 'shown' | 'off';
      readonly language?: Language;
      readonly task: Task;
      readonly facilitatorHash: string;
      readonly reusableLink?: boolean;
      readonly tree: Tree;
      readonly checkpoint: string;
      readonly agenda?: PlannedAgenda;
    }
  /** A further facilitator link; that of a start replaces the one of the start before. */
  | {
      readonly type: 'facilitator.link';
      readonly hash: string;
      readonly madeBy: 'start' | 'facilitator';
      readonly by: string | null;
      readonly reusable?: true;
    }
  | {
      readonly type: 'participant.join';
      readonly displayName: string;
      /** The name while the word filter holds that one. */
      readonly substitute?: string;
      readonly tokenHash: string;
      readonly facilitator: boolean;
      /** The facilitator link that they showed. */
      readonly link?: string;
    }
  /** A participant who has joined already showed the secret of a facilitator link. */
  | { readonly type: 'participant.promote'; readonly participant: string; readonly link: string }
  /** The driver lease expired: the driver's tab was not connected for `LIMITS.leaseMs`. */
  | { readonly type: 'driver.lapse'; readonly participant?: string; readonly tab?: string }
  /** Nobody answered the offer of that moment for `LIMITS.offerMs`. */
  | { readonly type: 'driver.offerLapse'; readonly to: string; readonly at: number }
  /** Typing paused, or somebody opened the code: make a revision if the text differs from the last. */
  | { readonly type: 'revision.cut' }
  | { readonly type: 'run.start'; readonly run: string }
  | { readonly type: 'run.report'; readonly run: string; readonly report: RunSummary }
  | { readonly type: 'run.interrupt'; readonly run: string }
  /** The checks that follow a report have ended. */
  | { readonly type: 'run.check'; readonly run: string; readonly findings: readonly RunFinding[] }
  /** The search found better parameters, or knows the score of the code as it is. */
  | {
      readonly type: 'search.report';
      readonly search: string;
      readonly trials: number;
      readonly base: number;
      readonly evaluation?: string;
      readonly best?: MachineBest;
    }
  | { readonly type: 'search.finish'; readonly search: string; readonly why: SearchEnd; readonly trials: number }
  /** Merge states that changed with the shared text; only the changed ones. */
  | { readonly type: 'patch.states'; readonly states: Readonly<Record<string, MergeState>> }
  /** What was found in this version of its patch. */
  | {
      readonly type: 'patch.check';
      readonly suggestion: string;
      readonly version: number;
      /** It was checked with. */
      readonly revision: number;
      readonly checks: CodeChecks;
    }
  /** Ask for previews of suggestions that the settings name (top N, approved). */
  | { readonly type: 'preview.due'; readonly suggestion: string };

export type Command = ClientCommand | SystemCommand;
