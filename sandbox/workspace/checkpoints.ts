// The workspaces a session can start from or jump to: plain folders of files beside this one.
// Law: a checkpoint is its folder and nothing else; what is read here is what the room sees.
// RUNS IN server
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { grades, secondQuestion } from '../data/tasks.ts';

export interface Checkpoint {
  /** Name of the folder, '1-start'. Names sort in the order of the story. */
  readonly name: string;
  /** First line of its README: 'Start'. */
  readonly title: string;
  /** Id of the task it answers, see tasks.ts. */
  readonly task: string;
}

/** The checkpoint a new session begins with. */
export const FIRST_CHECKPOINT = '1-start';

const ROOT = join(import.meta.dirname, '../workspaces');
const OTHER_TASKS: Readonly<Record<string, string>> = { '6-second-question': secondQuestion.id };

/** In the order of the story. */
export function listCheckpoints(): Checkpoint[] {
  return folderNames().map((name) => {
    const heading = readFileSync(join(ROOT, name, 'README.md'), 'utf8').split('\n', 1)[0] ?? '';
    return { name, title: heading.replace(/^#\s*(\d+\s+)?/, ''), task: OTHER_TASKS[name] ?? grades.id };
  });
}

/** Path -> text, paths relative with forward slashes and sorted, line ends as \n. Throws Error for an unknown name. */
export function readCheckpoint(name: string): Record<string, string> {
  const names = folderNames();
  if (!names.includes(name)) throw new Error(`There is no checkpoint "${name}". There are ${names.join(', ')}.`);
  const folder = join(ROOT, name);
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
  return Object.fromEntries(
    paths.map((path) => [path, readFileSync(join(folder, path), 'utf8').replaceAll('\r\n', '\n')]),
  );
}

function folderNames(): string[] {
  return readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\d-/.test(entry.name))
    .map((entry) => entry.name)
    .sort();
}
