// What `decide` cannot know by itself: the live text's tree, merges, the tree of a preview, the word filter's word.
// Invariant: gathered on the draft, command by command, so that each sees the text as the commands before it left it.
import type { Task } from '#pipeline-core/core/report.ts';
import type { Patch } from '#session-core/model/client-commands.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import { type PatchFault, type Rejection, rejection } from '#session-core/model/rejection.ts';
import type { SessionState } from '#session-core/model/state.ts';
import type { Against, Id, Tree } from '#session-core/model/types.ts';
import type { DecisionContext, MergeFact } from '#session-core/rules/context.ts';
import { runOfContent } from '#session-core/rules/preview.ts';
import { lastSucceeded } from '#session-core/rules/run.ts';
import { mergeFiles, mergePatchFiles } from '#session-core/text/merge.ts';
import { type Files, patchShape } from '#session-core/text/patch.ts';
import { sameTable } from '#session-core/util/immutable-map.ts';
import type { SharedDocument } from '../document/document.ts';
import type { TextStore } from '../document/text-store.ts';
import type { WordFilter } from '../platform/profanity-filter.ts';
import type { Asked } from './commit.ts';

/** A checkpoint's texts and the question that it answers; null: there is none of that name. */
export type CheckpointOf = (name: string) => { readonly files: Files; readonly task: Task } | null;

export interface ContextSources {
  readonly room: SharedDocument;
  readonly texts: TextStore;
  readonly isFlagged: WordFilter;
  readonly isOnline: (participant: Id) => boolean;
  readonly checkpoint: CheckpointOf;
  /** How a run that is over stands against another one. */
  readonly compare: (against: Id, run: Id) => Promise<Against | undefined>;
}

const NO_FACTS: DecisionContext = {};
/** Each costs a merge. */
const MOST_TWINS = 10;

export function createContextLookup({ room, texts, isFlagged, isOnline, checkpoint, compare }: ContextSources) {
  const live = () => room.texts();
  const liveTree = () => texts.treeOf(live());

  const conflict = (file: string, line: number): MergeFact => ({ ok: false, file, line });
  const merged = (files: Files, state: 'clean' | 'stale', before = liveTree()): MergeFact | Rejection => {
    const bytes = Object.values(files).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    if (bytes > LIMITS.documentBytes || Object.keys(files).length > LIMITS.documentFiles)
      return rejection('too_big', { files: LIMITS.documentFiles, bytes: LIMITS.documentBytes });
    return { ok: true, state, tree: texts.treeOf(files), before };
  };
  const ofRevision = async (state: SessionState, n: number): Promise<Files | null> => {
    const found = Object.hasOwn(state.revisions, String(n)) ? state.revisions[String(n)] : undefined;
    return found ? await texts.textsOf(found.tree) : null;
  };
  const suggestion = (state: SessionState, id: Id) =>
    Object.hasOwn(state.suggestions, id) ? state.suggestions[id] : undefined;

  /** The patch on `onto`; undefined where its own revision is unknown, which `decide` says better. */
  async function patchOnto(
    state: SessionState,
    patch: Patch,
    onto: Files,
  ): Promise<{ readonly merge?: MergeFact | Rejection; readonly fault?: PatchFault }> {
    const base = await ofRevision(state, patch.revision);
    if (!base) return {};
    const done = mergePatchFiles({ base, live: onto, patch });
    if (!done.ok) return { fault: done.error };
    const { value } = done;
    if (value.state === 'conflict') return { merge: conflict(value.file, value.line) };
    return { merge: merged(value.files, value.state, texts.treeOf(onto)) };
  }

  const factsOf = (tree: boolean, merge?: MergeFact | Rejection): DecisionContext | Rejection => {
    if (merge && 'code' in merge) return merge;
    return { ...(tree ? { tree: liveTree() } : {}), ...(merge ? { merge } : {}) };
  };

  async function accept(state: SessionState, id: Id): Promise<DecisionContext | Rejection> {
    const patch = suggestion(state, id)?.patch;
    if (!patch) return factsOf(true);
    const { merge, fault } = await patchOnto(state, patch, live());
    if (fault !== undefined) return rejection('patch_invalid', { revision: patch.revision, ...fault });
    return factsOf(true, merge);
  }

  /** Cards whose patch makes of this text what this one makes, though their lines are counted from another revision. */
  async function duplicatesOf(
    state: SessionState,
    patch: Patch,
    { onto, except }: { readonly onto: Files; readonly except?: Id },
  ): Promise<Pick<DecisionContext, 'duplicates'>> {
    const alike = Object.entries(state.suggestions)
      .filter(([id, card]) => id !== except && (card.status === 'open' || card.status === 'pending') && card.patch)
      .filter(([, card]) => card.patch && patchShape(card.patch) === patchShape(patch));
    if (alike.length === 0) return {};
    const after = async (one: Patch) => {
      const { merge } = await patchOnto(state, one, onto);
      return merge && 'ok' in merge && merge.ok && !sameTable(merge.tree, merge.before) ? merge.tree : null;
    };
    const mine = await after(patch);
    if (!mine) return {};
    const duplicates: Id[] = [];
    for (const [id, card] of alike.slice(0, MOST_TWINS)) {
      const theirs = card.patch && (await after(card.patch));
      if (theirs && sameTable(theirs, mine)) duplicates.push(id);
    }
    return duplicates.length > 0 ? { duplicates } : {};
  }

  function reopened(
    state: SessionState,
    id: Id | undefined,
  ): Promise<Pick<DecisionContext, 'duplicates'>> | DecisionContext {
    const patch = suggestion(state, id ?? '')?.patch;
    return patch && id !== undefined ? duplicatesOf(state, patch, { onto: live(), except: id }) : NO_FACTS;
  }

  async function unaccept(state: SessionState, id: Id): Promise<DecisionContext | Rejection> {
    const accepted = suggestion(state, id)?.accepted;
    if (accepted?.how !== 'patch') return factsOf(true);
    const [after, before] = [await ofRevision(state, accepted.to), await ofRevision(state, accepted.from)];
    if (!after || !before) return factsOf(true);
    const done = mergeFiles({ base: after, live: live(), patched: before });
    if (done.state === 'conflict') return factsOf(true, conflict(done.file, done.line));
    const patch = suggestion(state, id)?.patch;
    const duplicates = patch ? await duplicatesOf(state, patch, { onto: done.files, except: id }) : {};
    const facts = factsOf(true, merged(done.files, done.state));
    return 'code' in facts ? facts : { ...facts, ...duplicates };
  }

  async function restore(state: SessionState, revision: number): Promise<DecisionContext | Rejection> {
    const files = await ofRevision(state, revision);
    return factsOf(true, files ? merged(files, 'clean') : undefined);
  }

  async function preview(state: SessionState, patch: Patch | undefined): Promise<DecisionContext | Rejection> {
    if (!patch) return factsOf(true);
    const base = lastSucceeded(state);
    if (base) {
      const [against, run] = base;
      const { merge } = await patchOnto(state, patch, await texts.textsOf(run.tree));
      if (merge && 'ok' in merge && merge.ok)
        return {
          tree: liveTree(),
          preview: {
            revision: run.revision,
            against,
            merge,
            ...(await reused(state, against, merge.tree)),
          },
        };
    }
    const last = await ofRevision(state, state.revision);
    const { merge, fault } = last ? await patchOnto(state, patch, last) : {};
    if (fault !== undefined) return rejection('patch_invalid', { revision: patch.revision, ...fault });
    if (merge && 'code' in merge) return merge;
    const onto = { revision: state.revision, against: null } as const;
    return { tree: liveTree(), ...(merge ? { preview: { ...onto, merge } } : {}) };
  }

  /** Of an outcome that is there already and was compared with another run: how it stands against this one. */
  async function reused(state: SessionState, against: Id, tree: Tree): Promise<{ readonly comparison?: Against }> {
    const known = runOfContent(state, tree);
    const run = known === undefined ? undefined : state.runs[known];
    if (known === undefined || known === against || run?.report?.comparison?.against === against) return {};
    const comparison = await compare(against, known);
    return comparison ? { comparison } : {};
  }

  async function add(
    state: SessionState,
    patch: Patch | undefined,
    flagged: boolean,
  ): Promise<DecisionContext | Rejection> {
    if (!patch) return { flagged };
    const { merge, fault } = await patchOnto(state, patch, live());
    // Too big today says nothing about the day it is accepted.
    const known = merge && 'ok' in merge ? { merge } : {};
    const duplicates = await duplicatesOf(state, patch, { onto: live() });
    return { flagged, ...known, ...duplicates, ...(fault === undefined ? {} : { patchFault: fault }) };
  }

  return function gather(
    { command }: Asked,
    state: SessionState,
  ): Promise<DecisionContext | Rejection> | DecisionContext | Rejection {
    switch (command.type) {
      case 'suggestion.add':
        return add(state, command.patch, isFlagged(command.text));
      case 'suggestion.edit':
        return { flagged: isFlagged(command.text) };
      case 'participant.credit':
        return { flagged: command.name !== null && isFlagged(command.name) };
      case 'participant.rename':
      case 'participant.join':
        return { flagged: isFlagged(command.displayName) };
      case 'driver.offer':
        return { tree: liveTree(), online: isOnline(command.to) };
      case 'suggestion.accept':
        return command.how === 'hand' ? factsOf(true) : accept(state, command.suggestion);
      case 'suggestion.approve':
        return reopened(state, command.suggestion);
      case 'moderation.undo': {
        const record = Object.hasOwn(state.moderation, String(command.seq)) ? state.moderation[command.seq] : undefined;
        return record && 'suggestion' in record ? reopened(state, record.suggestion) : NO_FACTS;
      }
      case 'suggestion.unaccept':
        return unaccept(state, command.suggestion);
      case 'revision.restore':
        return restore(state, command.revision);
      case 'checkpoint.load': {
        const found = checkpoint(command.name);
        const facts = factsOf(true, found ? merged(found.files, 'clean') : undefined);
        return found && !('code' in facts) ? { ...facts, task: found.task } : facts;
      }
      case 'preview.request':
        return preview(state, command.patch ?? suggestion(state, command.suggestion ?? '')?.patch);
      case 'preview.due':
        return preview(state, suggestion(state, command.suggestion)?.patch);
      case 'driver.take':
      case 'driver.accept':
      case 'driver.release':
      case 'driver.revoke':
      case 'driver.lapse':
      case 'participant.remove':
      case 'suggestion.pin':
      case 'run.request':
      case 'revision.cut':
      case 'session.end':
        return factsOf(true);
      default:
        return NO_FACTS;
    }
  };
}
