// The repository of a session: its history, the visible rows, the libraries its code imports and what makes it a project,
// so that the stages run in plain Node without this app. As one file, or as what `git pull` asks for while the session goes on.
// Invariant: the hold-out set is in no commit; no file of the workspace is one that npm, git or an editor obeys. Reports,
// which change with each run, are in no commit of main that somebody pulls.
import type { Id } from '#session-core/model/types.ts';
import { patchFiles } from '#session-core/text/patch.ts';
import type { SessionReadings } from '../session/session-api.ts';
import { type Branch, type FinishedRun, historyOf, type Step } from './commit-history.ts';
import { createGitObjects, type GitObjects, type ObjectName, type Refs, SYSTEM_AUTHOR } from './git-objects.ts';
import { withLegalNames } from './legal-names.ts';
import { reportFiles } from './report/report-files.ts';
import { type About, type Enclosed, surroundings } from './surroundings.ts';
import { zipOf } from './zip.ts';

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
  /** Commits of patches, by all that they are made of: a thousand of them wait while one is added. */
  readonly branches: Map<string, ObjectName>;
  /** By task and licence: its visible rows are beside the workspace. */
  readonly around: Map<string, Files>;
  /** What was reported after so many events. */
  report: { readonly seq: number; readonly files: Files } | null;
}
export const nothingMade = (): Made => ({
  objects: createGitObjects(),
  texts: new Map(),
  trees: new Map(),
  branches: new Map(),
  around: new Map(),
  report: null,
});

const BRANCHES_AT_ONCE = 20;
const MAIN = 'refs/heads/main';
/** Where `git log --notes=metrics` looks. */
const NOTES = 'refs/notes/metrics';
/** Neither a branch nor a tag: `git clone` and `git pull` leave it alone. Replaced when it shows anything else. */
const REPORT = 'refs/reports/latest';

interface Built extends SessionRepository {
  /** Of the last commit, with the licence of now. */
  readonly files: Files;
  readonly at: number;
}

/** As one file for `git clone`. null: there is no text yet. */
export async function repositoryOf(session: SessionReadings, enclosed: Enclosed): Promise<Buffer | null> {
  const made = await wholeRepository(session, enclosed);
  return made === null ? null : made.objects.bundle(made.head, made.refs);
}

/** The files of the last commit alone, in a folder of this name. */
export async function zipOfRepository(
  session: SessionReadings,
  enclosed: Enclosed,
  folder: string,
): Promise<Buffer | null> {
  const made = await wholeRepository(session, enclosed);
  return made === null ? null : zipOf(made.files, { folder, at: made.at });
}

/** For a copy that nobody pulls into: the report of the session is its last commit. */
async function wholeRepository(session: SessionReadings, enclosed: Enclosed): Promise<Built | null> {
  const made = await buildRepository(session, enclosed, { made: nothingMade(), settled: false });
  if (made === null) return null;
  const files = { ...made.files, ...(await reportFiles(session, made.files)) };
  const { objects } = made;
  const message = 'Add the report of the session';
  const { at } = made;
  const head = objects.commit({ tree: objects.tree(files), parents: [made.head], author: SYSTEM_AUTHOR, at, message });
  return { ...made, files, head, refs: { ...made.refs, [MAIN]: head } };
}

/**
 * For those who pull: only what later typing cannot become part of, by the names of then, so that they get further commits
 * and never other ones.
 */
export async function liveRepository(
  session: SessionReadings,
  enclosed: Enclosed,
  made: Made,
): Promise<SessionRepository | null> {
  // Any event may change what it shows: a name that is withdrawn, a hold-out that is revealed, another licence.
  const { seq } = session.state();
  const built = await buildRepository(session, enclosed, { made, settled: true });
  if (built === null || built.runs === 0) return built;
  const { objects, head, refs, files, at } = built;
  made.report = made.report?.seq === seq ? made.report : { seq, files: await reportFiles(session, files) };
  const tree = objects.tree({ ...files, ...made.report.files });
  const message = 'Report of the session so far';
  const report = objects.commit({ tree, parents: [head], author: SYSTEM_AUTHOR, at, message });
  return { objects, head, refs: { ...refs, [REPORT]: report } };
}

async function buildRepository(
  session: SessionReadings,
  enclosed: Enclosed,
  { made, settled }: { readonly made: Made; readonly settled: boolean },
): Promise<(Built & { readonly runs: number }) | null> {
  const { objects } = made;
  const events = await session.events();
  const { steps, branches, runs } = historyOf(events, { names: settled ? 'then' : 'now' });
  const textsOf = async (revision: number): Promise<Files | null> => {
    const known = made.texts.get(revision);
    if (known) return known;
    const read = await session.files(revision);
    if (read !== null) made.texts.set(revision, read.files);
    return read?.files ?? null;
  };
  // Nothing of the workspace takes the place of what is ours.
  const wholeOf = (files: Files, about: About): Files => {
    const key = `${about.license} ${about.task}`;
    const around = made.around.get(key) ?? surroundings(session, enclosed, about);
    made.around.set(key, around);
    return { ...withLegalNames(files, Object.keys(around)), ...around };
  };
  /** By revision, oldest first. */
  const commits: CommitMade[] = [];
  /** The last commit that has this revision's text, or an earlier one's. */
  const commitAt = (revision: number) => commits.findLast((one) => one.revision <= revision) ?? commits[0];

  const branchCommit = async ({ patch, author, at, message }: Branch): Promise<ObjectName | null> => {
    const base = commitAt(patch.revision);
    if (base === undefined) return null;
    const key = JSON.stringify([base.name, patch, author, at, message]);
    const known = made.branches.get(key);
    if (known !== undefined) return known;
    const onBase = patchFiles(base.files, patch);
    const own = onBase.ok ? null : await textsOf(patch.revision);
    const applied = onBase.ok ? onBase : own && patchFiles(own, patch);
    if (!applied?.ok) return null;
    const tree = objects.tree(wholeOf(applied.value, base));
    const name = objects.commit({ tree, parents: [base.name], author, at, message });
    made.branches.set(key, name);
    return name;
  };

  for (const step of steps) {
    if (settled && step.open) continue;
    const files = await textsOf(step.revision);
    if (files === null) continue;
    const parents = await parentsOf(step, commits.at(-1)?.name, branchCommit);
    const { revision, task, license, author, at, message } = step;
    const tree = made.trees.get(revision) ?? objects.tree(wholeOf(files, { task, license }));
    made.trees.set(revision, tree);
    const name = objects.commit({ tree, parents, author, at, message });
    commits.push({ revision, task, license, files, name });
  }
  const last = commits.at(-1);
  if (last === undefined) return null;
  const head = last.name;
  const refs: Record<string, ObjectName> = { [MAIN]: head };
  for (const [i, branch] of branches.entries()) {
    // Many for the first time are not worth a pause of everybody else.
    if (i % BRANCHES_AT_ONCE === BRANCHES_AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
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
  const at = events.at(-1)?.at ?? 0;
  // Neither has a commit of main to stay the same: the report beside these files names the licence of now.
  const { license } = session.state().settings;
  return { objects, head, refs, files: wholeOf(last.files, { task: last.task, license }), at, runs: runs.length };
}

interface CommitMade extends About {
  readonly revision: number;
  readonly task: Id;
  readonly name: ObjectName;
  readonly files: Files;
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
