// Why a folder cannot be sent as it is.
import { fileNameReason, fileNamesFault } from '#pipeline-core/workspace/file-names.ts';
import { LIMITS } from '#session-core/model/limits.ts';
import { utf8Bytes } from '#session-core/protocol/sizes.ts';
import type { Files } from '#session-core/text/patch.ts';
import type { Scan } from './scan.ts';

/** What the server would refuse, with all that was typed after it. */
export function faultOf({ texts, skipped }: Scan, held: Files): string | null {
  const all = {
    ...Object.fromEntries(texts),
    ...Object.fromEntries(Object.entries(held).filter(([path]) => skipped.has(path))),
  };
  const paths = Object.keys(all);
  if (paths.length === 0 && Object.keys(held).length > 0) return 'every file is missing here: put them back';
  const name = fileNamesFault(paths, Object.keys(held));
  if (name !== null) return fileNameReason(name);
  if (paths.length > LIMITS.documentFiles && paths.length > Object.keys(held).length)
    return `a workspace may have ${LIMITS.documentFiles} files, and this one would have ${paths.length}`;
  const bytes = Object.values(all).reduce((sum, text) => sum + utf8Bytes(text), 0);
  if (bytes > LIMITS.documentBytes)
    return `a workspace may have ${LIMITS.documentBytes} bytes, and this one would have ${bytes}`;
  return null;
}
