// The types that commands, events and state share. Imports nothing of the model but languages, licences and checks.
import type { Comparison, RunReport } from '#pipeline-core/core/report.ts';
import type { CheckName } from './checks.ts';
import type { Language } from './languages.ts';
import type { License } from './licenses.ts';

/** Made from the seq of the event that created it: `p5`, `s1f`, `r2a` (hexadecimal). */
export type Id = string;

export interface Settings {
  readonly approveFirst: boolean;
  readonly frozen: boolean;
  /** Nobody new joins, facilitators apart. */
  readonly locked: boolean;
  readonly wordFilter: boolean;
  /** A run starts automatically after a patch was accepted or reverted. */
  readonly autoRun: boolean;
  readonly previews: 'off' | 'approved' | 'top';
  readonly previewTop: number;
  readonly holdout: 'hidden' | 'shown' | 'off';
  readonly reveal: boolean;
  /** The address in the link and QR code to join, chosen among those of the server; null: the server's first. */
  readonly joinOrigin: string | null;
  /** A patch is applied only if these have passed. */
  readonly requiredChecks: readonly CheckName[];
  /** Of the projector view, and of whoever's browser asks for none of ours. */
  readonly language: Language;
  /** Of the exported repository. */
  readonly license: License;
}

/** What the projector view shows, in the order of its keys 1 to 9. */
export const SCENES = ['join', 'code', 'pipeline', 'results', 'queue', 'reveal', 'compare', 'data', 'poll'] as const;
export type Scene = (typeof SCENES)[number];

/** Two runs beside each other. */
export interface RunPair {
  readonly before: Id;
  readonly after: Id;
}

/** A place of a step's tour, as everybody sees it; `index` from 0. */
export interface ShownPlace {
  readonly step: Id;
  readonly index: number;
  readonly of: number;
  readonly file: string;
  readonly fromLine: number;
  readonly toLine: number;
  readonly sentence: string;
}

export type RunKind = 'main' | 'preview';

/** path -> sha256 of the text: what a revision is. */
export type Tree = Readonly<Record<string, string>>;

export type MergeState =
  | { readonly state: 'clean' | 'stale' }
  | { readonly state: 'conflict'; readonly file: string; readonly line: number };

export type Against = Comparison & { readonly against: string };

/** A RunReport without what is stored beside the log: log lines and plots in the blob `detail`, predictions in one of their own. */
export interface RunSummary {
  readonly status: RunReport['status'];
  readonly stages: RunReport['stages'];
  readonly metrics: RunReport['metrics'];
  readonly error?: NonNullable<RunReport['error']>;
  readonly findings: RunReport['findings'];
  readonly tests?: NonNullable<RunReport['tests']>;
  /** Checks that follow the report have not ended yet. */
  readonly checking?: true;
  readonly holdout?: number;
  readonly ms: number;
  /** sha256 of the blob that holds the RunReport as JSON, without its predictions where these have their own. */
  readonly detail: string;
  /** sha256 of the blob with the predictions, and those for the hold-out rows. Older runs have them in `detail`. */
  readonly predictions?: string;
  /**
   * `key`: hash of how the score was made; `series`: of the first run that it may be compared with. They differ where a
   * change of the evaluation left every prediction as it was.
   */
  readonly evaluation?: { readonly key: string; readonly series: string };
  /** Against the last successful main run before it (main), or the run it was based on (preview). */
  readonly comparison?: Against;
}
