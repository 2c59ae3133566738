// What `decide` cannot know by itself: the tree of the live text, merges, the tree of a preview, the word filter's finding.
// Invariant: looked up on the commit batch, command by command, so that each sees the text as the commands before it left it.
import type { Patch, SharedExpression } from '#session-core/model/client-commands.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import { type Rejection, type Result, rejection } from '#session-core/model/rejection.ts';
import type { SessionState, Suggestion } from '#session-core/model/state.ts';
import type { Against, Id, Tree } from '#session-core/model/types.ts';
import type { DecisionContext } from '#session-core/rules/context.ts';
import { runOfContent } from '#session-core/rules/preview.ts';
import { lastSucceeded } from '#session-core/rules/run.ts';
import { mergeFiles, mergePatchFiles } from '#session-core/text/merge.ts';
import { patchShape } from '#session-core/text/patch.ts';
import { plainCode } from '#session-core/util/code-text.ts';
import { own, sameTable } from '#session-core/util/immutable-map.ts';
import type { SharedDocument, Texts } from '../document/document.ts';
import type { WordFilter } from '../platform/profanity-filter.ts';
import type { CommandRequest } from './commits/commit.ts';
import type { CommitBatch } from './commits/commit-batch.ts';
import { conflict, nameFault, type Patched } from './commits/patched.ts';
import { agendaContext, type CourseSources } from './course-context.ts';
import { recompare } from './runs/recompare.ts';

export interface LookedUp {
  readonly context: DecisionContext;
  /** The texts that the document gets if the command is accepted, so that nobody has to read them again. */
  readonly replacement?: Texts;
}

export interface ContextSources extends CourseSources {
  readonly document: SharedDocument;
  readonly isFlagged: WordFilter;
  readonly isOnline: (participant: Id) => boolean;
  readonly mostParticipants: number;
  /** One that no session has. */
  readonly freeJoinCode: () => Promise<string>;
  /** What was found out for suggestion.fix. */
  readonly fixOf: (suggestion: Id) => Patch | undefined;
  /** How a run that is over compares with another one. */
  readonly compare: (against: Id, run: Id) => Promise<Against | undefined>;
}

type Found = Result<LookedUp, Rejection>;

type Duplicates = Pick<DecisionContext, 'duplicates'>;

/** Each costs a merge. */
const MOST_DUPLICATES = 10;

const found = (context: DecisionContext, replacement?: Texts): Found => ({
  ok: true,
  value: { context, ...(replacement ? { replacement } : {}) },
});
const NOTHING = found({});
const rejected = (error: Rejection): Found => ({ ok: false, error });

export function createContextLookup(sources: ContextSources) {
  const { document, isFlagged, isOnline, checkpoint, compare } = sources;
  const agenda = agendaContext(sources);
  const live = () => document.texts();

  function sized(batch: CommitBatch, texts: Texts, step: { state: 'clean' | 'stale'; before: Tree }): Patched {
    const bytes = Object.values(texts).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    if (bytes > LIMITS.documentBytes || Object.keys(texts).length > LIMITS.documentFiles) {
      const error = rejection('too_big', { files: LIMITS.documentFiles, bytes: LIMITS.documentBytes });
      return { kind: 'too-big', error };
    }
    return { kind: 'merged', fact: { ok: true, tree: batch.treeOf(texts), ...step }, texts };
  }

  async function textsOfRevision(batch: CommitBatch, n: number): Promise<Texts | null> {
    const revision = own(batch.state().revisions, String(n));
    return revision ? await batch.textsOf(revision.tree) : null;
  }

  async function patchOnto(batch: CommitBatch, patch: Patch, onto: Texts): Promise<Patched> {
    const base = await textsOfRevision(batch, patch.revision);
    if (!base) return { kind: 'unknown-revision' };
    const done = mergePatchFiles({ base, live: onto, patch });
    if (!done.ok) return { kind: 'invalid', fault: done.error };
    const { value } = done;
    if (value.state === 'conflict') return conflict(value.file, value.line);
    // A patch stored by an earlier version may hold what a text cannot.
    const files = Object.fromEntries(Object.entries(value.files).map(([path, text]) => [path, plainCode(text)]));
    const name = nameFault(files, onto);
    if (name !== null) return { kind: 'invalid', fault: name };
    return sized(batch, files, { state: value.state, before: batch.treeOf(onto) });
  }

  const liveTree = (batch: CommitBatch): Found => found({ tree: batch.treeOf(live()) });

  /** With the tree of the live text. */
  function withMerge(batch: CommitBatch, patched: Patched, more: DecisionContext = {}): Found {
    const context = { tree: batch.treeOf(live()), ...more };
    switch (patched.kind) {
      case 'merged':
        return found({ ...context, merge: patched.fact }, patched.texts);
      case 'conflict':
        return found({ ...context, merge: patched.fact });
      case 'too-big':
        return rejected(patched.error);
      default:
        return found(context);
    }
  }

  async function accept(batch: CommitBatch, id: Id): Promise<Found> {
    const patch = own(batch.state().suggestions, id)?.patch;
    if (!patch) return liveTree(batch);
    const patched = await patchOnto(batch, patch, live());
    if (patched.kind === 'invalid')
      return rejected(rejection('patch_invalid', { revision: patch.revision, ...patched.fault }));
    return withMerge(batch, patched);
  }

  /** Suggestions whose patch makes the same of this text, though their lines are counted from another revision. */
  async function duplicatesOf(
    batch: CommitBatch,
    patch: Patch,
    { onto, except }: { readonly onto: Texts; readonly except?: Id },
  ): Promise<Duplicates> {
    const isAlike = ([id, { status, patch: other }]: readonly [Id, Suggestion]) =>
      id !== except && (status === 'open' || status === 'pending') && other && patchShape(other) === patchShape(patch);
    const alike = Object.entries(batch.state().suggestions).filter(isAlike);
    if (alike.length === 0) return {};
    const changedTree = async (one: Patch) => {
      const patched = await patchOnto(batch, one, onto);
      return patched.kind === 'merged' && !sameTable(patched.fact.tree, patched.fact.before) ? patched.fact.tree : null;
    };
    const mine = await changedTree(patch);
    if (!mine) return {};
    const duplicates: Id[] = [];
    for (const [id, suggestion] of alike.slice(0, MOST_DUPLICATES)) {
      const theirs = suggestion.patch && (await changedTree(suggestion.patch));
      if (theirs && sameTable(theirs, mine)) duplicates.push(id);
    }
    return duplicates.length > 0 ? { duplicates } : {};
  }

  async function reopened(batch: CommitBatch, id: Id): Promise<Found> {
    const patch = own(batch.state().suggestions, id)?.patch;
    return patch ? found(await duplicatesOf(batch, patch, { onto: live(), except: id })) : NOTHING;
  }

  async function unaccept(batch: CommitBatch, id: Id): Promise<Found> {
    const { accepted, patch } = own(batch.state().suggestions, id) ?? {};
    if (accepted?.how !== 'patch') return liveTree(batch);
    const [after, before] = [await textsOfRevision(batch, accepted.to), await textsOfRevision(batch, accepted.from)];
    if (!after || !before) return liveTree(batch);
    const done = mergeFiles({ base: after, live: live(), patched: before });
    if (done.state === 'conflict') return withMerge(batch, conflict(done.file, done.line));
    const name = nameFault(done.files, live());
    if (name !== null) return rejected(rejection('patch_invalid', { revision: accepted.to, ...name }));
    const duplicates = patch ? await duplicatesOf(batch, patch, { onto: done.files, except: id }) : {};
    return withMerge(batch, sized(batch, done.files, { state: done.state, before: batch.treeOf(live()) }), duplicates);
  }

  /** Takes the place of the live text as it is. */
  const replaced = (batch: CommitBatch, texts: Texts, more?: DecisionContext): Found =>
    withMerge(batch, sized(batch, texts, { state: 'clean', before: batch.treeOf(live()) }), more);

  async function restore(batch: CommitBatch, revision: number): Promise<Found> {
    const texts = await textsOfRevision(batch, revision);
    return texts ? replaced(batch, texts) : liveTree(batch);
  }

  function load(batch: CommitBatch, name: string): Found {
    const loaded = checkpoint(batch.state().task.course, name);
    return loaded ? replaced(batch, loaded.files, { task: loaded.task }) : liveTree(batch);
  }

  async function preview(batch: CommitBatch, patch: Patch | undefined): Promise<Found> {
    if (!patch) return liveTree(batch);
    const state = batch.state();
    const tree = batch.treeOf(live());
    const [against, run] = lastSucceeded(state) ?? [];
    if (against !== undefined && run) {
      const patched = await patchOnto(batch, patch, await batch.textsOf(run.tree));
      if (patched.kind === 'merged') {
        const comparison = await comparisonOfReused(state, against, patched.fact.tree);
        return found({ tree, preview: { revision: run.revision, against, merge: patched.fact, ...comparison } });
      }
    }
    const last = await textsOfRevision(batch, state.revision);
    if (!last) return found({ tree });
    const patched = await patchOnto(batch, patch, last);
    switch (patched.kind) {
      case 'invalid':
        return rejected(rejection('patch_invalid', { revision: patch.revision, ...patched.fault }));
      case 'too-big':
        return rejected(patched.error);
      case 'unknown-revision':
        return found({ tree });
      default:
        return found({ tree, preview: { revision: state.revision, against: null, merge: patched.fact } });
    }
  }

  /** Of an outcome that exists already and was compared with another run: how it compares with this one. */
  async function comparisonOfReused(
    state: SessionState,
    against: Id,
    tree: Tree,
  ): Promise<{ readonly comparison?: Against }> {
    const known = runOfContent(state, tree);
    if (known === undefined || known === against || state.runs[known]?.report?.comparison?.against === against)
      return {};
    const comparison = await compare(against, known);
    return comparison ? { comparison } : {};
  }

  async function add(batch: CommitBatch, patch: Patch | undefined, flagged: boolean): Promise<Found> {
    if (!patch) return found({ flagged });
    const patched = await patchOnto(batch, patch, live());
    const duplicates = await duplicatesOf(batch, patch, { onto: live() });
    // Whether it is too big is asked on the day it is accepted.
    return found({
      flagged,
      ...duplicates,
      ...(patched.kind === 'merged' || patched.kind === 'conflict' ? { merge: patched.fact } : {}),
      ...(patched.kind === 'invalid' ? { patchFault: patched.fault } : {}),
    });
  }

  return function lookUp({ command }: CommandRequest, batch: CommitBatch): Promise<Found> | Found {
    const cardOf = (id: Id | undefined) => own(batch.state().suggestions, id);
    const patchOf = (id: Id | undefined) => cardOf(id)?.patch;
    /** Of all that others would read. */
    const isFlaggedWith = (words: string, expression: SharedExpression | undefined) =>
      isFlagged(words) || isFlagged(expression?.code ?? '');
    switch (command.type) {
      case 'suggestion.add':
        return add(batch, command.patch, isFlaggedWith(command.text, command.expression));
      case 'suggestion.fix': {
        const fix = sources.fixOf(command.suggestion);
        return fix ? found({ fix }) : NOTHING;
      }
      case 'suggestion.edit':
        return found({ flagged: isFlaggedWith(command.text, cardOf(command.suggestion)?.expression) });
      case 'poll.answer':
        return found({ flagged: isFlagged(command.text ?? '') });
      case 'participant.credit':
        return found({ flagged: command.name !== null && isFlagged(command.name) });
      case 'participant.rename':
        return found({ flagged: isFlagged(command.displayName) });
      case 'participant.join':
        return found({ flagged: isFlagged(command.displayName), mostParticipants: sources.mostParticipants });
      case 'joinCode.rotate':
        return sources.freeJoinCode().then((joinCode) => found({ joinCode }));
      case 'driver.offer':
        return found({ tree: batch.treeOf(live()), online: isOnline(command.to) });
      case 'suggestion.accept':
        return command.how === 'hand' ? liveTree(batch) : accept(batch, command.suggestion);
      case 'suggestion.approve':
        return reopened(batch, command.suggestion);
      case 'moderation.undo': {
        const record = own(batch.state().moderation, String(command.seq));
        return record && 'suggestion' in record ? reopened(batch, record.suggestion) : NOTHING;
      }
      case 'run.strike':
      case 'run.unstrike':
      case 'run.clear':
      case 'run.check':
        return recompare(batch.state(), command, compare).then((comparisons) =>
          comparisons ? found({ comparisons }) : NOTHING,
        );
      case 'suggestion.unaccept':
        return unaccept(batch, command.suggestion);
      case 'revision.restore':
        return restore(batch, command.revision);
      case 'checkpoint.load':
        return load(batch, command.name);
      case 'agenda.choose':
        return found(agenda.chosen(batch.state(), command.minutes));
      case 'agenda.begin':
        return found({ ...agenda.places(batch.state(), command.step, live()), tree: batch.treeOf(live()) });
      case 'tour.show':
        return found(agenda.places(batch.state(), command.step, live()));
      case 'preview.request':
        return preview(batch, command.patch ?? patchOf(command.suggestion));
      case 'preview.due':
        return preview(batch, patchOf(command.suggestion));
      case 'driver.take':
      case 'driver.accept':
      case 'driver.release':
      case 'driver.revoke':
      case 'driver.lapse':
      case 'participant.remove':
      case 'participant.removeAll':
      case 'suggestion.pin':
      case 'run.request':
      case 'search.start':
      case 'revision.cut':
      case 'session.end':
        return liveTree(batch);
      default:
        return NOTHING;
    }
  };
}
