// The checkpoints of the course that ships with the project: the workspaces a session can start from or change to.
// Read and checked once, when first asked for: a mistake in the course ends the start of the server, not a session.
import { join } from 'node:path';
import { TASKS } from '../data/tasks.ts';
import { type Checkpoint, type LoadedCheckpoint, readCheckpoints } from './read-checkpoints.ts';

/** The checkpoint a new session begins with. */
export const FIRST_CHECKPOINT = '1-start';

const COURSE = join(import.meta.dirname, '../../courses/student-grades');

let loaded: ReadonlyMap<string, LoadedCheckpoint> | undefined;

function checkpoints(): ReadonlyMap<string, LoadedCheckpoint> {
  const ids = TASKS.map(({ id }) => id);
  loaded ??= new Map(readCheckpoints(COURSE, ids).map((checkpoint) => [checkpoint.name, checkpoint]));
  return loaded;
}

/** In the order of the course. */
export function listCheckpoints(): Checkpoint[] {
  return [...checkpoints().values()].map(({ name, title, task }) => ({ name, title, task }));
}

/** Path -> text, paths relative with forward slashes and sorted, line ends as \n. Throws Error for an unknown name. */
export function readCheckpoint(name: string): Record<string, string> {
  const found = checkpoints().get(name);
  if (found === undefined) {
    throw new Error(`There is no checkpoint "${name}". There are ${[...checkpoints().keys()].join(', ')}.`);
  }
  return { ...found.files };
}
