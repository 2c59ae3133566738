// Reads a folder of a course as the text files of a workspace, and refuses what no session could hold.
import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileNameFault, fileNameReason } from '#pipeline-core/workspace/file-names.ts';
import { CourseError } from './course-error.ts';

/** Path in the workspace, with forward slashes -> text, with line ends as \n; sorted by path. */
export type WorkspaceFiles = Readonly<Record<string, string>>;

// The same as a session's own, which cannot be imported here; a test compares them.
export const WORKSPACE_LIMITS = { files: 20, bytes: 200_000 } as const;

// Written by the operating system into any folder that it shows.
const IGNORED = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/** Throws CourseError for a path or a content that a workspace cannot have, and where the folder is missing. */
export function readWorkspaceFiles(folder: string): WorkspaceFiles {
  const paths = pathsBelow(folder, '').sort();
  return Object.fromEntries(paths.map((path) => [path, readText(join(folder, path))]));
}

/** What is in a folder of a course. @param fix what to do where there is no such folder. Throws CourseError. */
export function entriesOf(folder: string, fix: string): Dirent[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CourseError(folder, 'This folder is missing.', fix);
  }
  return readdirSync(folder, { withFileTypes: true }).filter((entry) => !IGNORED.has(entry.name));
}

function pathsBelow(folder: string, prefix: string): string[] {
  return entriesOf(join(folder, prefix), 'Create it with the files of a workspace.').flatMap((entry) => {
    const path = `${prefix}${entry.name}`;
    if (entry.isDirectory()) return pathsBelow(folder, `${path}/`);
    if (!entry.isFile()) {
      throw new CourseError(join(folder, path), 'This is not a regular file.', 'Replace it by a copy of the file.');
    }
    const fault = fileNameFault(path);
    if (fault !== null) {
      const reason = sentenceOf(fileNameReason(fault));
      throw new CourseError(join(folder, path), 'A workspace cannot have a file of this name.', reason);
    }
    return [path];
  });
}

/** The end of a sentence as one of its own. */
export const sentenceOf = (reason: string): string => `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;

function readText(file: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
    if (!text.includes('\0')) return text.replaceAll('\r\n', '\n');
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  throw new CourseError(file, 'This is not text in UTF-8.', 'Save it as UTF-8, or move it out of the course.');
}
