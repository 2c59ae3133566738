// What the server would refuse whenever it came, whatever the session is: found before a command is sent, and by the
// server again.
import * as v from 'valibot';
import { type ClientCommand, clientCommandSchema, type Patch } from '../model/client-commands.ts';
import { LIMITS, PATCH } from '../model/limits.ts';
import { type Rejection, rejection } from '../model/rejection.ts';
import { requestFaultOf } from './request-fault.ts';
import { commandBytes, SIZES } from './sizes.ts';

/** One fault is all that is answered: a long list of them need not be written. */
const FIRST_FAULT = { abortEarly: true } as const;

/** null: it may be sent. */
export function commandFault(command: ClientCommand): Rejection | null {
  const over = 'patch' in command && command.patch !== undefined ? patchFault(command.patch) : null;
  if (over) return over;
  const parsed = v.safeParse(clientCommandSchema, command, FIRST_FAULT);
  return parsed.success ? sizeFault(command) : rejection('invalid', requestFaultOf(parsed.issues[0]));
}

export function sizeFault(command: ClientCommand): Rejection | null {
  // Only a patch can be long: everything else is far below the limit by its schema.
  if (!('patch' in command) || command.patch === undefined) return null;
  const has = commandBytes(command);
  return has > SIZES.command ? rejection('over_limit', { of: 'bytes', most: SIZES.command, has }) : null;
}

/** The limits of the schema in the words of somebody who edits code. */
function patchFault({ files }: Patch): Rejection | null {
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
