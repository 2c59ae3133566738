// A course's checkpoints: each is the workspace in base/ with the files of its own folder over it.
// Invariant: no file is kept twice (an overlay file differs from base), and every checkpoint is a workspace that a
// session can load; a course where either fails is not loaded at all.
import { join } from 'node:path';
import * as v from 'valibot';
import { PipelineError } from '#pipeline-core/core/errors.ts';
import { fileNameReason, fileNamesFault } from '#pipeline-core/workspace/file-names.ts';
import { readWorkspace } from '../workspace/workspace.ts';
import { checkedYaml } from './checked-yaml.ts';
import { CourseError } from './course-error.ts';
import { entriesOf, readWorkspaceFiles, sentenceOf, WORKSPACE_LIMITS, type WorkspaceFiles } from './workspace-files.ts';

export interface Checkpoint {
  /** Name of the folder, '1-start': its place in the order of the course, and a word. */
  readonly name: string;
  readonly title: string;
  /** Id of the task it answers. */
  readonly task: string;
}

export interface LoadedCheckpoint extends Checkpoint {
  readonly files: WorkspaceFiles;
}

const ABOUT = 'checkpoint.yaml';
const NAME = /^(\d{1,3})-[a-z0-9]+(-[a-z0-9]+)*$/;

interface Around {
  /** Ids of the tasks a checkpoint may have. */
  readonly tasks: readonly string[];
  /** Where a workspace finds its table. */
  readonly data: string;
}

/** In the order of their numbers. Throws CourseError. */
export function readCheckpoints(course: string, { tasks, data }: Around): LoadedCheckpoint[] {
  const base = readWorkspaceFiles(join(course, 'base'));
  if (Object.hasOwn(base, ABOUT)) {
    const fix = 'Move it into the folder of a checkpoint.';
    throw new CourseError(join(course, 'base', ABOUT), `${ABOUT} describes one checkpoint, not the base.`, fix);
  }
  return namesIn(join(course, 'checkpoints')).map((name) => {
    const folder = join(course, 'checkpoints', name);
    const { [ABOUT]: aboutText, ...overlay } = readWorkspaceFiles(folder);
    const file = join(folder, ABOUT);
    if (aboutText === undefined) throw new CourseError(file, 'This file is missing.', 'Create it with title and task.');
    const { title, task, remove = [] } = checkedYaml(file, aboutText, aboutSchema(tasks, base, overlay));
    checkOverlay(folder, base, overlay);
    const kept = Object.entries(base).filter(([path]) => !remove.includes(path));
    const files = sorted({ ...Object.fromEntries(kept), ...overlay });
    checkWorkspace({ course, folder, data }, files, overlay);
    return { name, title, task, files };
  });
}

function aboutSchema(tasks: readonly string[], base: WorkspaceFiles, overlay: WorkspaceFiles) {
  const title = 'must be a title of 1 to 60 characters';
  const task = `must be one of ${tasks.join(', ')}`;
  const inBase = 'must be the path of a file in base/';
  const notHere = 'is removed but also a file of this checkpoint: keep one of the two';
  const removed = v.pipe(
    v.picklist(Object.keys(base), inBase),
    v.check((path) => !Object.hasOwn(overlay, path), notHere),
  );
  return v.strictObject({
    title: v.pipe(v.string(title), v.trim(), v.minLength(1, title), v.maxLength(60, title)),
    task: v.picklist(tasks, task),
    /** Files of base that this checkpoint does not have. */
    remove: v.optional(v.array(removed, 'must be a list of paths in base/')),
  });
}

function namesIn(folder: string): string[] {
  const entries = entriesOf(folder, 'Create it with a folder for each checkpoint.');
  const wrong = entries.find((entry) => !entry.isDirectory() || !NAME.test(entry.name));
  if (wrong !== undefined) {
    const problem = 'Here is a folder for each checkpoint, named by a number and lower-case words, such as 3-forest.';
    throw new CourseError(join(folder, wrong.name), problem, 'Rename, move or delete this.');
  }
  const names = entries.map((entry) => entry.name);
  if (names.length === 0) throw new CourseError(folder, 'There is no checkpoint here.', 'Add one, such as 1-start.');
  names.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  const twice = names.find((name, i) => i > 0 && Number.parseInt(name, 10) === Number.parseInt(names[i - 1]!, 10));
  if (twice !== undefined) {
    throw new CourseError(join(folder, twice), 'Another checkpoint has this number.', 'Give each a number of its own.');
  }
  return names;
}

function checkOverlay(folder: string, base: WorkspaceFiles, overlay: WorkspaceFiles): void {
  for (const [path, text] of Object.entries(overlay)) {
    if (base[path] === text) {
      throw new CourseError(join(folder, path), `This file is the same as base/${path}.`, 'Delete it here.');
    }
  }
}

/** What a session and its runs demand of a workspace. */
function checkWorkspace(
  { course, folder, data }: { readonly course: string; readonly folder: string; readonly data: string },
  files: WorkspaceFiles,
  overlay: WorkspaceFiles,
): void {
  const onDisk = (path: string): string => join(Object.hasOwn(overlay, path) ? folder : join(course, 'base'), path);
  const paths = Object.keys(files);
  const fault = fileNamesFault(paths);
  if (fault !== null) {
    const reason = sentenceOf(fileNameReason(fault));
    throw new CourseError(onDisk(fault.part), 'Two files of this workspace cannot be beside each other.', reason);
  }
  const { files: most, bytes } = WORKSPACE_LIMITS;
  if (paths.length > most) {
    throw new CourseError(folder, `The workspace has ${paths.length} files.`, `It may have at most ${most}.`);
  }
  const size = Object.values(files).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (size > bytes) throw new CourseError(folder, `The workspace has ${size} bytes.`, `It may have at most ${bytes}.`);
  try {
    readWorkspace(files, [data]);
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    const { file, line } = error.facts;
    const at = file === undefined ? folder : onDisk(String(file));
    throw new CourseError(at, error.message, '', line === undefined ? undefined : Number(line));
  }
}

function sorted(files: WorkspaceFiles): WorkspaceFiles {
  return Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
}
