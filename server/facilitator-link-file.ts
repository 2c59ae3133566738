// The facilitator's link of a start as a file, where stdout is no terminal and so is kept for others to read.
// Invariant: readable by the server's user only; there is one, of the last start, and none where the link was printed.
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenedSession } from './bootstrap-session.ts';
import { addresses } from './http/handlers/session-handlers.ts';

interface Start {
  readonly dataDir: string;
  readonly publicUrl: string;
  readonly opened: OpenedSession;
  readonly toTerminal: boolean;
}

/** The file's path; null: the link is printed. */
export async function keepFacilitatorLink({ dataDir, publicUrl, opened, toTerminal }: Start): Promise<string | null> {
  const file = join(dataDir, 'facilitator-link');
  const { session, secret } = opened;
  // Removed first: the mode is only given to a file that is new.
  await rm(file, { force: true }).catch((error: unknown) => {
    // On a read-only disk no link could be stored either.
    if (secret !== null) throw error;
  });
  if (toTerminal || secret === null) return null;
  const { hostUrl } = addresses(publicUrl, session.id, session.state().joinCode);
  await writeFile(file, `${hostUrl(secret)}\n`, { mode: 0o600, flag: 'wx' });
  return file;
}
