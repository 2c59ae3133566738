// The repository of a session: its history, the visible rows, and the libraries its code imports, so that the stages run
// in plain Node without this app. As one file, or as what `git pull` asks for while the session goes on.
// Invariant: the hold-out set is in no commit; no file of the workspace is one that npm, git or an editor obeys.
import type { Id } from '#session-core/model/types.ts';
import { patchFiles } from '#session-core/text/patch.ts';
import type { SessionReadings } from '../session/session-api.ts';
import { type Branch, type FinishedRun, historyOf, type Step } from './commit-history.ts';
import { createGitObjects, type GitObjects, type ObjectName, type Refs, SYSTEM_AUTHOR } from './git-objects.ts';
import { withLegalNames } from './legal-names.ts';
import { type Enclosed, surroundings } from './surroundings.ts';

type Files = Readonly<Record<string, string>>;

export interface SessionRepository {
  readonly objects: GitObjects;
  readonly head: ObjectName;
  readonly refs: Refs;
}

/** Objects made before, for a session that is asked again: they are the same. */
export interface Made {
  readonly objects: GitObjects;
  /** Texts of revisions, which never change. */
  readonly texts: Map<number, Files>;
  /** Their trees with what is beside the workspace. */
  readonly trees: Map<number, ObjectName>;
  /** By task: its visible rows are beside the workspace. */
  readonly around: Map<Id, Files>;
}
export const nothingMade = (): Made => ({
  objects: createGitObjects(),
  texts: new Map(),
  trees: new Map(),
  around: new Map(),
});

const MAIN = 'refs/heads/main';
/** Where `git log --notes=metrics` looks. */
const NOTES = 'refs/notes/metrics';

/** null: there is no text yet. */
export async function repositoryOf(session: SessionReadings, enclosed: Enclosed): Promise<Buffer | null> {
  const made = await buildRepository(session, enclosed, { made: nothingMade(), settled: false });
  return made === null ? null : made.objects.bundle(made.head, made.refs);
}

/**
 * For those who pull: only what later typing cannot become part of, by the names of then, so that they get further commits
 * and never other ones.
 */
export const liveRepository = (session: SessionReadings, enclosed: Enclosed, made: Made) =>
  buildRepository(session, enclosed, { made, settled: true });

async function buildRepository(
  session: SessionReadings,
  enclosed: Enclosed,
  { made, settled }: { readonly made: Made; readonly settled: boolean },
): Promise<SessionRepository | null> {
  const { objects } = made;
  const { steps, branches, runs } = historyOf(await session.events(), { names: settled ? 'then' : 'now' });
  const textsOf = async (revision: number): Promise<Files | null> => {
    const known = made.texts.get(revision);
    if (known) return known;
    const read = await session.files(revision);
    if (read !== null) made.texts.set(revision, read.files);
    return read?.files ?? null;
  };
  // Nothing of the workspace takes the place of what is ours.
  const treeOf = (files: Files, task: Id) => {
    const around = made.around.get(task) ?? surroundings(session, enclosed, task);
    made.around.set(task, around);
    return objects.tree({ ...withLegalNames(files), ...around });
  };
  /** By revision, oldest first. */
  const commits: { readonly revision: number; readonly task: Id; readonly name: ObjectName; readonly files: Files }[] =
    [];
  /** The last commit that has this revision's text, or an earlier one's. */
  const commitAt = (revision: number) => commits.findLast((one) => one.revision <= revision) ?? commits[0];

  const branchCommit = async ({ patch, author, at, message }: Branch): Promise<ObjectName | null> => {
    const base = commitAt(patch.revision);
    if (base === undefined) return null;
    const onBase = patchFiles(base.files, patch);
    const own = onBase.ok ? null : await textsOf(patch.revision);
    const applied = onBase.ok ? onBase : own && patchFiles(own, patch);
    if (!applied?.ok) return null;
    return objects.commit({ tree: treeOf(applied.value, base.task), parents: [base.name], author, at, message });
  };

  for (const step of steps) {
    if (settled && step.open) continue;
    const files = await textsOf(step.revision);
    if (files === null) continue;
    const parents = await parentsOf(step, commits.at(-1)?.name, branchCommit);
    const { revision, task, author, at, message } = step;
    const tree = made.trees.get(revision) ?? treeOf(files, task);
    made.trees.set(revision, tree);
    commits.push({ revision, task, files, name: objects.commit({ tree, parents, author, at, message }) });
  }
  const head = commits.at(-1)?.name;
  if (head === undefined) return null;
  const refs: Record<string, ObjectName> = { [MAIN]: head };
  for (const branch of branches) {
    const name = await branchCommit(branch);
    if (name !== null) refs[`refs/heads/suggestion/${branch.number}`] = name;
  }
  const tagged = runs.flatMap((run) => {
    // The first: what is said of a text afterwards has its revision, too.
    const commit = commits.find(({ revision }) => revision === run.revision);
    return commit === undefined ? [] : [{ run, commit: commit.name }];
  });
  for (const { run, commit } of tagged) {
    const name = `run-${run.number}`;
    refs[`refs/tags/${name}`] = objects.tag({ commit, name, at: run.at, message: run.score });
  }
  const notes = notesOf(objects, tagged);
  if (notes !== null) refs[NOTES] = notes;
  return { objects, head, refs };
}

async function parentsOf(
  step: Step,
  before: ObjectName | undefined,
  branchCommit: (branch: Branch) => Promise<ObjectName | null>,
): Promise<ObjectName[]> {
  const merged = step.merges && before !== undefined ? await branchCommit(step.merges) : null;
  return [...(before === undefined ? [] : [before]), ...(merged === null ? [] : [merged])];
}

/** One note a commit, with a line for each of its runs. Replaced with each run, not continued. */
function notesOf(
  objects: GitObjects,
  tagged: readonly { readonly run: FinishedRun; readonly commit: ObjectName }[],
): ObjectName | null {
  const last = tagged.at(-1);
  if (last === undefined) return null;
  const notes = new Map<string, string>();
  for (const { run, commit } of tagged) {
    notes.set(commit, `${notes.get(commit) ?? ''}Run #${run.number}: ${run.score}\n`);
  }
  const tree = objects.tree(Object.fromEntries(notes));
  return objects.commit({ tree, parents: [], author: SYSTEM_AUTHOR, at: last.run.at, message: 'Scores of the runs' });
}
