// What lies in the data folder of sessions that are gone: a process ended too soon, or another node deleted them.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Each holds a folder for a session, and what is in them is made again where it is missing. */
const FOLDERS = ['cache', 'courses'];

export async function removeLeftovers(dataDir: string, isStored: (session: string) => Promise<boolean>): Promise<void> {
  for (const folder of FOLDERS)
    for (const session of await namesIn(join(dataDir, folder)))
      if (!(await isStored(session))) await rm(join(dataDir, folder, session), { recursive: true, force: true });
}

/** None where there is no such folder. */
const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
