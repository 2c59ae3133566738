// The workspace in a folder of real files, as `workshop` outside the sandbox reads it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWorkspace, type Workspace } from '../workspace/workspace.ts';

export const NOT_OURS = /^(?:node_modules|libraries|\.git|\.dvc)(?:\/|$)/;

export function workspaceAt(home: string): Workspace {
  const texts = Object.fromEntries(['dvc.yaml', 'params.yaml'].map((name) => [name, textAt(join(home, name))]));
  const paths = readdirSync(home, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !NOT_OURS.test(path));
  const files = Object.fromEntries(paths.filter((path) => path.endsWith('.ts')).map((path) => [path, '']));
  return readWorkspace(
    { ...files, ...texts },
    paths.filter((path) => path.startsWith('data/raw/')),
  );
}

function textAt(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
