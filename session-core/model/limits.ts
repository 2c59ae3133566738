// Limits that server, schemas and screens share: characters, counts, milliseconds, bytes.

export const LIMITS = {
  displayName: 20,
  displayNameLeast: 2,
  credit: 60,
  title: 80,
  suggestion: 300,
  expression: 2_000,
  tablePath: 300,
  reason: 200,
  question: 160,
  choice: 60,
  choicesLeast: 2,
  choicesMost: 6,
  answer: 80,
  polls: 50,
  editMs: 60_000,
  leaseMs: 10_000,
  offerMs: 60_000,
  turnMinutes: [5, 7, 10],
  documentBytes: 200_000,
  documentFiles: 20,
  patchHunks: 200,
  activity: 100,
  /** People in a view, besides those whom it names elsewhere. */
  peopleShown: 200,
  /** Private previews that their author still sees. */
  ownPreviews: 8,
  facilitatorLinks: 20,
  removedAtOnce: 1_000,
  agendaSteps: 100,
  agendaUndo: 20,
  step: { title: 80, say: 600, ask: 160 },
  stepMinutes: 240,
  column: 200,
  /** Seconds that the machine may search for better parameters. */
  searchLeast: 10,
  searchMost: 120,
} as const;

/** Of one changed place of a patch: lines removed or added, and characters of one of them. */
export const PATCH = { lines: 2_000, columns: 2_000 } as const;

export const PULSE_MS = 60_000;

/** From the command to reveal the hold-out score until screens show it. */
export const REVEAL_MS = 5_000;

/** How many at once after a pause, and then how often. */
export interface Pace {
  readonly burst: number;
  readonly perSecond: number;
}
/** Of one participant: the server refuses what is faster, and the page says so before. */
export const SUGGESTION_PACE: Pace = { burst: 8, perSecond: 1 / 10 };
