// What is wrong in a course's folder: the file, what it is, and how to fix it, in one message for its author.
import { isAbsolute, join, relative } from 'node:path';

const PROJECT = join(import.meta.dirname, '../..');

export class CourseError extends Error {
  override readonly name = 'CourseError';
  readonly file: string;
  readonly line: number | undefined;

  /** @param file the path on disk @param problem a sentence @param fix a sentence; '' where the problem says it */
  constructor(file: string, problem: string, fix: string, line?: number) {
    const where = line === undefined ? shown(file) : `${shown(file)}, line ${line}`;
    super(`${where}: ${problem}${fix === '' ? '' : ` ${fix}`}`);
    this.file = file;
    this.line = line;
  }
}

/** Relative to the project for what is in it, with forward slashes everywhere. */
function shown(file: string): string {
  const path = relative(PROJECT, file);
  return (path.startsWith('..') || isAbsolute(path) ? file : path).replaceAll('\\', '/');
}
