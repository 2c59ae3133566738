// What happened in a session: the event types of the log. The log is the source of truth; everything else derives from it.
// Invariant: past tense; a payload holds what `evolve` needs and nothing it could derive, and no English; old versions are
// upcast on read.
import type { RunFinding, Task } from '#pipeline-core/core/report.ts';
import type { PlannedAgenda, StepChanges, TickReason } from './agenda.ts';
import type { CodeChecks } from './checks.ts';
import type { Anchor, Patch, SharedExpression } from './client-commands.ts';
import type { MachineBest, SearchEnd } from './machine-search.ts';
import type { Against, MergeState, RunKind, RunPair, RunSummary, Scene, Settings, ShownPlace, Tree } from './types.ts';

interface EventPayloads {
  'session.created': {
    session: string;
    title: string;
    joinCode: string;
    settings: Settings;
    task: Task;
    facilitatorHash: string;
    reusableLink?: true;
    agenda?: PlannedAgenda;
  };
  'session.configured': { changes: Partial<Settings> & { title?: string } };
  'session.ended': Record<never, never>;
  /** A checkpoint has another task, or an earlier text brought its task back. */
  'task.changed': { task: Task };
  'facilitator.linked': { hash: string; madeBy?: 'start' | 'facilitator'; by?: string; reusable?: true };
  'facilitator.linkUsed': { link: string };
  /** Revoked. */
  'facilitator.unlinked': { links: readonly string[] };
  'joinCode.rotated': { joinCode: string };

  /** `letInBy`: who made the link by which somebody becomes facilitator. */
  'participant.joined': { displayName: string; tokenHash: string; facilitator: boolean; letInBy?: string };
  'participant.promoted': { participant: string; letInBy?: string };
  'participant.renamed': { displayName: string };
  'participant.credited': { name: string | null };
  /** The word filter holds a name that somebody wants for a facilitator; nobody else sees it. */
  'name.held': { participant: string; what: 'displayName' | 'credit'; name: string };
  /** `name` null: a facilitator declined it. */
  'name.decided': { participant: string; what: 'displayName' | 'credit'; name: string | null };
  /** `contributions`: with their suggestions and votes. */
  'participant.removed': { participant: string; contributions?: true };

  'hand.raised': Record<never, never>;
  /** By its owner, by a facilitator, or because the owner started driving. */
  'hand.lowered': { participant: string };
  /** By a facilitator, all of them. */
  'hands.lowered': Record<never, never>;
  'pulse.set': { value: 'fast' | 'lost' | 'fine' | null };
  'guess.set': { value: number | null };
  'poll.opened': { question: string; choices: readonly string[] | null };
  'poll.closed': { poll: string };
  /** Neither: the answer was taken back. `hidden`: the word filter holds it. */
  'poll.answered': { poll: string; choice?: number; text?: string; hidden?: true };
  'poll.answerHidden': { poll: string; answer: string; hidden: boolean };
  /** `step`: of the agenda, which these minutes belong to. */
  'timer.set': { minutes: number | null; step?: string };
  /** It goes on with other minutes. */
  'timer.changed': { minutes: number };
  /** `runs`: what the comparison scene shows; `column`: the data scene; `place`: the code scene, during a tour. */
  'scene.shown': { scene: Scene; runs?: RunPair; column?: string; place?: ShownPlace };

  'agenda.chosen': PlannedAgenda;
  'agenda.begun': { step: string };
  'agenda.ticked': { step: string; done: boolean; why: TickReason };
  /** `after`: the step before it; null: none. */
  'agenda.stepAdded': { after: string | null; title: string; minutes: number; say: string; ask: string };
  'agenda.stepChanged': { step: string; changes: StepChanges };
  'agenda.stepMoved': { step: string; after: string | null };
  /** The newest edit. */
  'agenda.undone': Record<never, never>;

  'driver.started': { participant: string; tab: string; how: 'took' | 'accepted' | 'moved' };
  'driver.offered': { to: string };
  /** The offer was refused, withdrawn or replaced, or not answered in time. */
  'driver.offerClosed': { how: 'refused' | 'withdrawn' | 'lapsed' };
  'driver.stopped': { participant: string; how: 'released' | 'revoked' | 'lapsed' | 'removed' };

  'suggestion.added': {
    text: string;
    status: 'pending' | 'open';
    flagged: boolean;
    stage?: string;
    anchor?: Anchor;
    patch?: Patch;
    mergeState?: MergeState;
    expression?: SharedExpression;
  };
  'suggestion.edited': { suggestion: string; text: string; status: 'pending' | 'open'; flagged: boolean };
  'suggestion.upvoted': { suggestion: string };
  'suggestion.unvoted': { suggestion: string };
  'suggestion.withdrawn': { suggestion: string };
  'suggestion.approved': { suggestion: string };
  'suggestion.declined': { suggestion: string; reason: string };
  'suggestion.merged': { suggestion: string; into: string };
  /** `seq` names the moderation event that is undone. */
  'moderation.undone': { seq: number };
  'suggestion.pinned': { suggestion: string; revision: number };
  'suggestion.unpinned': { suggestion: string };
  /** `patch`: its patch was applied; `hand`: implemented by hand between pin and accept (revisions from..to); `words`: no code changed. */
  'suggestion.accepted': { suggestion: string; how: 'patch' | 'hand' | 'words'; from: number; to: number };
  'suggestion.unaccepted': { suggestion: string; revision: number };
  'patch.states': { states: Record<string, MergeState> };
  /** Types, format and lint of its patch with a revision; in events of before it is not said with which. */
  'patch.checked': { suggestion: string; revision?: number; checks: CodeChecks };
  /** A new version of its patch: format, and what the linter can mend safely. */
  'suggestion.fixed': { suggestion: string; patch: Patch };

  'revision.cut': {
    n: number;
    tree: Tree;
    why: 'run' | 'patch' | 'pause' | 'handover' | 'opened' | 'restore' | 'checkpoint' | 'start';
    restored?: number;
    checkpoint?: string;
    /** The suggestion whose patch was applied or reverted. */
    suggestion?: string;
  };

  'run.requested': {
    kind: RunKind;
    revision: number;
    /** What runs: the revision's tree, or (preview) base revision + patch. */
    tree: Tree;
    force?: string[];
    suggestion?: string;
    /** A preview of a draft: a patch that its author has not sent. */
    draftOf?: string;
    patch?: Patch;
    /** The run a preview is compared with. */
    against?: string;
    why: 'request' | 'accept' | 'unaccept' | 'restore' | 'start' | 'auto';
  };
  'run.started': { run: string };
  'run.finished': { run: string; report: RunSummary };
  'run.cancelled': { run: string };
  'run.interrupted': { run: string };
  /** The checks that followed its report have ended; `findings`: what they found. */
  'run.checked': {
    run: string;
    findings: readonly RunFinding[];
    comparisons?: Readonly<Record<string, Against | null>>;
  };
  /** `comparisons`: of main runs that are compared with another run from now on; null: with none. */
  'run.struck': { run: string; reason: string; comparisons?: Readonly<Record<string, Against | null>> };
  'run.unstruck': { run: string; comparisons?: Readonly<Record<string, Against | null>> };
  /** Its alarms count no more (`cleared`), or count again. */
  'run.cleared': { run: string; cleared: boolean; comparisons?: Readonly<Record<string, Against | null>> };
  /** The machine tries other parameters of this code. */
  'search.started': { revision: number; tree: Tree; seconds: number };
  'search.improved': { search: string; trials: number; base: number; evaluation?: string; best?: MachineBest };
  'search.ended': { search: string; why: SearchEnd; trials: number };
  /** A preview whose content ran before: it shows that run's result. */
  'preview.reused': {
    suggestion?: string;
    draftOf?: string;
    patch?: Patch;
    run: string;
    against?: string;
    comparison?: Against;
  };
}

export type EventType = keyof EventPayloads;

export interface EventHead {
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** null: the system. */
  readonly by: string | null;
  /** Only on the first event of a command. */
  readonly cause?: string;
}

/** What `decide` returns and the log keeps, less `seq`, `at`, `by`, `cause`, which `decide` stamps from meta and state. */
export type SessionEvent = {
  [T in EventType]: EventHead & { readonly type: T; readonly payload: Readonly<EventPayloads[T]> };
}[EventType];

export type PayloadOf<T extends EventType> = Readonly<EventPayloads[T]>;
export type EventOf<T extends EventType> = Extract<SessionEvent, { readonly type: T }>;

/** Version of the event types, stored with each event. Raise it with every change that is not additive. */
export const EVENTS_VERSION = 1;

/** UPCASTS[v - 1] turns an event of version v into version v + 1. */
const UPCASTS: readonly ((event: SessionEvent) => SessionEvent)[] = [];

/**
 * An event as stored under `version`, in the current version. Throws if a newer program wrote it: going on would misread
 * the log.
 */
export function upcast(event: SessionEvent, version: number = EVENTS_VERSION): SessionEvent {
  if (version > EVENTS_VERSION)
    throw new Error(
      `This log was written by a newer version (events ${version}, known ${EVENTS_VERSION}): update the program.`,
    );
  return UPCASTS.slice(version - 1).reduce((older, step) => step(older), event);
}
