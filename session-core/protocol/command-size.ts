// Commands that are too large to be sent. Without a schema: a page finds them before it sends, and a phone that only votes
// loads no schemas for it.
import type { ClientCommand, Patch } from '../model/client-commands.ts';
import { LIMITS, PATCH } from '../model/limits.ts';
import { type Rejection, rejection } from '../model/rejection.ts';
import { commandBytes, SIZES } from './sizes.ts';

/** null: it may be sent, as far as its size goes. More than a transport takes would close the connection. */
export function tooLarge(command: ClientCommand): Rejection | null {
  const over = 'patch' in command && command.patch !== undefined ? patchFault(command.patch) : null;
  return over ?? bytesFault(command);
}

/** The same of a command that its schema let through: then only a patch can be long. */
export function sizeFault(command: ClientCommand): Rejection | null {
  return 'patch' in command && command.patch !== undefined ? bytesFault(command) : null;
}

function bytesFault(command: ClientCommand): Rejection | null {
  const has = commandBytes(command);
  return has > SIZES.command ? rejection('over_limit', { of: 'bytes', most: SIZES.command, has }) : null;
}

/** The limits of the schema in the words of somebody who edits code. */
export function patchFault({ files }: Patch): Rejection | null {
  if (files.length > LIMITS.documentFiles)
    return rejection('over_limit', { of: 'files', most: LIMITS.documentFiles, has: files.length });
  for (const { path: file, hunks } of files) {
    if (hunks.length > LIMITS.patchHunks)
      return rejection('over_limit', { of: 'places', most: LIMITS.patchHunks, has: hunks.length, file });
    for (const { removed, added } of hunks) {
      const lines = Math.max(removed.length, added.length);
      if (lines > PATCH.lines) return rejection('over_limit', { of: 'lines', most: PATCH.lines, has: lines, file });
      const longest = [...removed, ...added].find((line) => line.length > PATCH.columns);
      if (longest !== undefined)
        return rejection('over_limit', { of: 'columns', most: PATCH.columns, has: longest.length, file });
    }
  }
  return null;
}
