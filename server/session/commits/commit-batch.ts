// A commit batch: what the commands and updates of one drain of the queue make of the session, until it is stored. It is
// thrown away when it cannot be stored.
// Invariant: whether an update may enter is decided by the driver role at its place in the queue; the batch holds every text
// that its events name and the storage lacks.
import type { SessionEvent } from '#session-core/model/events.ts';
import type { SessionState } from '#session-core/model/state.ts';
import type { Tree } from '#session-core/model/types.ts';
import { evolve } from '#session-core/session.ts';
import { sameTable } from '#session-core/util/immutable-map.ts';
import type { DocConnection } from '../../document/doc-connection.ts';
import type { SharedDocument, Texts } from '../../document/document.ts';
import { hashOf, type TextStore } from '../../document/text-store.ts';
import type { Verdict } from '../../document/validate-update.ts';
import {
  type CommandOutcome,
  type CommandRequest,
  type Commit,
  mayType,
  type RefusedUpdate,
  type TypedUpdate,
} from './commit.ts';

export interface CommitBatch {
  state(): SessionState;
  /** Time of its last event; 0 where there is none. */
  lastAt(): number;
  /** The tree of these texts, which are stored with the batch if an event names them. */
  treeOf(texts: Texts): Tree;
  /** Those of this batch too, which are not stored yet. */
  textsOf(tree: Tree): Promise<Texts>;
  addTexts(texts: readonly string[]): void;
  /** `replacement`: what the shared document holds after these events, where they change it. */
  apply(events: readonly SessionEvent[], replacement?: Texts): void;
  /** Consecutive updates, in one transaction of the document. */
  type(updates: readonly TypedUpdate[]): void;
  /** What the updates have cost so far. */
  textSteps(): number;
  answer(request: CommandRequest, outcome: CommandOutcome): void;
  commit(): Commit;
}

export interface CommitBatchOptions {
  readonly before: SessionState;
  readonly document: SharedDocument;
  readonly texts: TextStore;
}

export function createCommitBatch({ before, document, texts }: CommitBatchOptions): CommitBatch {
  let state = before;
  const steps: { event: SessionEvent; state: SessionState }[] = [];
  /** Hash -> text; a commit stores those that an event names. */
  const unstored = new Map<string, string>();
  const docUpdates: Uint8Array[] = [];
  const sources = new Set<DocConnection | null>();
  const typists = new Set<DocConnection>();
  const refusals: RefusedUpdate[] = [];
  const answers: { request: CommandRequest; outcome: CommandOutcome }[] = [];

  const collectUpdates = (source: DocConnection | null) => {
    const made = document.takeUpdates();
    if (made.length === 0) return;
    docUpdates.push(...made);
    sources.add(source);
  };
  let textSteps = 0;
  const charge = (connection: DocConnection, { work }: Verdict) => {
    connection.charge(work.steps);
    textSteps += work.steps;
  };
  const note = ({ connection, early }: TypedUpdate, verdict: Verdict) => {
    charge(connection, verdict);
    if (verdict.kind !== 'refused') {
      typists.add(connection);
      return;
    }
    // Keys that overtook what was typed before them, while offline, come again behind it.
    if (verdict.code === 'ahead' && early) return;
    refusals.push({ connection, ...verdict });
  };
  const treeOf = (wanted: Texts): Tree => {
    const tree = texts.treeOf(wanted);
    for (const [path, hash] of Object.entries(tree)) if (!texts.isStored(hash)) unstored.set(hash, wanted[path]!);
    return tree;
  };
  /** A revision is cut of what was typed, or of the replacement: the document must hold what the last one names. */
  const follow = (events: readonly SessionEvent[], replacement: Texts | undefined) => {
    const cut = events.findLast((event) => event.type === 'revision.cut');
    if (!cut || sameTable(cut.payload.tree, treeOf(document.texts()))) return;
    if (!replacement || !sameTable(cut.payload.tree, treeOf(replacement)))
      throw new Error(`revision ${cut.payload.n} names texts that its command did not bring`);
    document.replaceTexts(replacement);
  };

  return {
    state: () => state,
    lastAt: () => steps.at(-1)?.event.at ?? 0,
    treeOf,
    textsOf: (tree) => texts.textsOf(tree, unstored),
    addTexts(added) {
      for (const text of added) unstored.set(hashOf(text), text);
    },
    apply(events, replacement) {
      for (const event of events) {
        state = evolve(state, event);
        steps.push({ event, state });
      }
      follow(events, replacement);
    },
    type(updates) {
      collectUpdates(null);
      const open = updates.filter(({ connection }) => !connection.refused);
      const allowed = open.filter(({ connection }) => mayType(state, connection));
      const { verdicts, corrected } = document.applyTyped(allowed.map(({ update }) => update));
      for (const [i, typed] of allowed.entries()) note(typed, verdicts[i]!);
      // An update from elsewhere that brings nothing new is an honest echo.
      for (const { connection, update } of open) {
        if (mayType(state, connection)) continue;
        const verdict = document.checkReadOnly(update);
        charge(connection, verdict);
        if (verdict.kind === 'refused') refusals.push({ connection, ...verdict });
      }
      const from = new Set(allowed.map(({ connection }) => connection));
      collectUpdates(corrected || from.size !== 1 ? null : [...from][0]!);
    },
    textSteps: () => textSteps,
    answer: (request, outcome) => void answers.push({ request, outcome }),
    commit() {
      collectUpdates(null);
      const source = sources.size === 1 ? ([...sources][0] ?? null) : null;
      const named = steps.flatMap(({ event }) => textsNamedBy(event));
      const blobs = Object.fromEntries(
        named.flatMap((hash) => (unstored.has(hash) ? [[hash, unstored.get(hash)!] as const] : [])),
      );
      return { before, after: state, steps, blobs, docUpdates, source, typists, refusals, answers };
    },
  };
}

/** Hashes. */
function textsNamedBy(event: SessionEvent): readonly string[] {
  if (event.type === 'revision.cut' || event.type === 'run.requested') return Object.values(event.payload.tree);
  if (event.type === 'run.finished') {
    const { detail, predictions } = event.payload.report;
    return predictions === undefined ? [detail] : [detail, predictions];
  }
  return [];
}
