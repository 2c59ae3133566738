// `crowd diff`: what was changed here since the last clone or pull.
import { own } from '#session-core/util/immutable-map.ts';
import { readBase } from '../folder/base.ts';
import { findRoot } from '../folder/membership.ts';
import { readLocal } from '../folder/workspace-files.ts';
import { Failure } from '../program/failure.ts';
import { unifiedDiff } from '../text/unified-diff.ts';
import { changesOf, noteLeftOut } from './changes.ts';
import type { Command } from './context.ts';

export const diff: Command = ({ words, output, folder }) => {
  const root = findRoot(folder);
  const base = readBase(root);
  const { files, leftOut } = readLocal(root, base);
  const [only] = words;
  if (only !== undefined && !Object.hasOwn(base.files, only) && !Object.hasOwn(files, only))
    throw new Failure(
      'no_file',
      `The workspace has no ${only}.`,
      'Name a file as `crowd status` does, from the folder of the clone.',
    );
  const changes = changesOf(base.files, files)
    .filter(({ path }) => only === undefined || path === only)
    .map((change) => ({
      ...change,
      before: own(base.files, change.path) ?? null,
      after: own(files, change.path) ?? null,
    }));
  noteLeftOut(leftOut, output);
  for (const { path, before, after } of changes)
    for (const line of unifiedDiff(path, before, after, output.paint)) output.line(line);
  output.value({ revision: base.revision, changes, leftOut });
  return 0;
};
