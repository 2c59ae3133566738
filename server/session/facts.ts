// What `decide` cannot know by itself: the live text's tree, merges, the tree of a preview, the word filter's word.
// Law: gathered on the draft, command by command, so that each sees the text as the commands before it left it.
// RUNS IN server
import { type Facts, LIMITS, type MergeFact, type Patch } from '#session-core/commands.ts';
import { mergeFiles, mergePatchFiles } from '#session-core/merge.ts';
import type { Files } from '#session-core/patch.ts';
import { type Rejection, rejection } from '#session-core/rejection.ts';
import { lastSucceeded } from '#session-core/run.ts';
import type { Id, SessionState } from '#session-core/state.ts';
import type { DocRoom } from '../document/doc-room.ts';
import type { TextStore } from '../document/revision.ts';
import type { Asked } from './turn.ts';
import type { WordFilter } from './word-filter.ts';

export interface FactSources {
  readonly room: DocRoom;
  readonly texts: TextStore;
  readonly isFlagged: WordFilter;
  readonly isOnline: (participant: Id) => boolean;
  /** Texts of a checkpoint; null: there is none of that name. */
  readonly checkpoint: (name: string) => Files | null;
}

const NO_FACTS: Facts = {};

export function createFacts({ room, texts, isFlagged, isOnline, checkpoint }: FactSources) {
  const live = () => room.texts();
  const liveTree = () => texts.treeOf(live());

  const conflict = (file: string, line: number, message = 'the text has changed there'): MergeFact => ({
    ok: false,
    file,
    line,
    message,
  });
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
  ): Promise<{ readonly merge?: MergeFact | Rejection; readonly fault?: string }> {
    const base = await ofRevision(state, patch.revision);
    if (!base) return {};
    const done = mergePatchFiles({ base, live: onto, patch });
    if (!done.ok) return { fault: `${done.error.file}, line ${done.error.line}: ${done.error.message}` };
    const { value } = done;
    if (value.state === 'conflict') return { merge: conflict(value.file, value.line) };
    return { merge: merged(value.files, value.state, texts.treeOf(onto)) };
  }

  const factsOf = (tree: boolean, merge?: MergeFact | Rejection): Facts | Rejection => {
    if (merge && 'code' in merge) return merge;
    return { ...(tree ? { tree: liveTree() } : {}), ...(merge ? { merge } : {}) };
  };

  async function accept(state: SessionState, id: Id): Promise<Facts | Rejection> {
    const patch = suggestion(state, id)?.patch;
    if (!patch) return factsOf(true);
    const { merge, fault } = await patchOnto(state, patch, live());
    if (fault !== undefined) return rejection('patch_invalid', { revision: patch.revision, what: fault });
    return factsOf(true, merge);
  }

  async function unaccept(state: SessionState, id: Id): Promise<Facts | Rejection> {
    const accepted = suggestion(state, id)?.accepted;
    if (accepted?.how !== 'patch') return factsOf(true);
    const [after, before] = [await ofRevision(state, accepted.to), await ofRevision(state, accepted.from)];
    if (!after || !before) return factsOf(true);
    const done = mergeFiles({ base: after, live: live(), patched: before });
    return factsOf(true, done.state === 'conflict' ? conflict(done.file, done.line) : merged(done.files, done.state));
  }

  async function restore(state: SessionState, revision: number): Promise<Facts | Rejection> {
    const files = await ofRevision(state, revision);
    return factsOf(true, files ? merged(files, 'clean') : undefined);
  }

  async function preview(state: SessionState, patch: Patch | undefined): Promise<Facts | Rejection> {
    if (!patch) return factsOf(true);
    const base = lastSucceeded(state);
    if (base) {
      const [against, run] = base;
      const { merge } = await patchOnto(state, patch, await texts.textsOf(run.tree));
      if (merge && 'ok' in merge && merge.ok)
        return { tree: liveTree(), preview: { base: 'run', revision: run.revision, against, merge } };
    }
    const last = await ofRevision(state, state.revision);
    const { merge, fault } = last ? await patchOnto(state, patch, last) : {};
    if (fault !== undefined) return rejection('patch_invalid', { revision: patch.revision, what: fault });
    if (merge && 'code' in merge) return merge;
    const onto = { base: 'revision', revision: state.revision, against: null } as const;
    return { tree: liveTree(), ...(merge ? { preview: { ...onto, merge } } : {}) };
  }

  async function add(state: SessionState, patch: Patch | undefined, flagged: boolean): Promise<Facts | Rejection> {
    if (!patch) return { flagged };
    const { merge, fault } = await patchOnto(state, patch, live());
    // Too big today says nothing about the day it is accepted.
    const known = merge && 'ok' in merge ? { merge } : {};
    return { flagged, ...known, ...(fault === undefined ? {} : { patchFault: fault }) };
  }

  return function gather({ command }: Asked, state: SessionState): Promise<Facts | Rejection> | Facts | Rejection {
    switch (command.type) {
      case 'suggestion.add':
        return add(state, command.patch, isFlagged(command.text));
      case 'suggestion.edit':
        return { flagged: isFlagged(command.text) };
      case 'participant.rename':
      case 'participant.join':
        return { flagged: isFlagged(command.alias) };
      case 'driver.offer':
        return { tree: liveTree(), online: isOnline(command.to) };
      case 'suggestion.accept':
        return command.how === 'hand' ? factsOf(true) : accept(state, command.suggestion);
      case 'suggestion.unaccept':
        return unaccept(state, command.suggestion);
      case 'revision.restore':
        return restore(state, command.revision);
      case 'checkpoint.load': {
        const files = checkpoint(command.name);
        return factsOf(true, files ? merged(files, 'clean') : undefined);
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
