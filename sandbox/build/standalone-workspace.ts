// The workspace in a folder of real files, as `workshop` outside the sandbox reads it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWorkspace, type Workspace } from '../workspace/workspace.ts';

const TABLES = 'data/raw/';
export const NOT_OURS = /^(?:node_modules|libraries|\.git|\.dvc)(?:\/|$)/;

/** @param absent tables that are taken for there */
export function workspaceAt(home: string, absent: readonly string[] = []): Workspace {
  const texts = Object.fromEntries(['dvc.yaml', 'params.yaml'].map((name) => [name, textAt(join(home, name))]));
  const paths = readdirSync(home, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !NOT_OURS.test(path));
  const files = Object.fromEntries(paths.filter((path) => path.endsWith('.ts')).map((path) => [path, '']));
  return readWorkspace({ ...files, ...texts }, [...paths.filter((path) => path.startsWith(TABLES)), ...absent]);
}

/** Of a repository without its table, which whoever brought it keeps: what dvc.yaml reads all the same. */
export function absentTables(home: string): readonly string[] {
  const folder = join(home, TABLES);
  if (!existsSync(join(folder, 'README.md')) || readdirSync(folder).some((name) => name.endsWith('.csv'))) return [];
  const named = textAt(join(home, 'dvc.yaml')).match(/\bdata\/raw\/[\w./-]+\.csv\b/g) ?? [];
  return [...new Set(named)];
}

function textAt(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
