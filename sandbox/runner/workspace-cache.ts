// The stages and params of the last workspaces: most runs bring the same two YAML files, and reading them is a quarter of a
// run in which every stage is cached.
import { readWorkspace, type Workspace } from '../workspace/workspace.ts';

const MOST_WORKSPACES = 20;

export interface WorkspaceCache {
  /** As readWorkspace: throws PipelineError, each time. */
  read(files: Readonly<Record<string, string>>, data: readonly string[]): Workspace;
}

export function createWorkspaceCache(): WorkspaceCache {
  const known = new Map<string, Workspace>();
  return {
    read(files, data) {
      // All that it is made from: the two files, and the names of the others.
      const key = JSON.stringify([files['dvc.yaml'], files['params.yaml'], Object.keys(files), data]);
      const found = known.get(key);
      if (found !== undefined) return found;
      const workspace = readWorkspace(files, data);
      if (known.size >= MOST_WORKSPACES) known.clear();
      known.set(key, workspace);
      return workspace;
    },
  };
}
