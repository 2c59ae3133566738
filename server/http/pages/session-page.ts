// The participant's page: its address, and the scripts and styles that it needs beside those of the page for joining: that
// page fetches them while somebody reads it, so that they are there at the tap. Next lists for each page what it loads.
// Invariant: a build that lists them otherwise, or none yet, keeps nobody from joining: the session's page asks for them itself.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { factsOf, type Log } from '../../platform/log.ts';

/** With the session's id. */
export const SESSION_PAGE = /^\/s\/([\w.-]{1,64})$/;

const PAGES = join(import.meta.dirname, '../../../.next/server/app');
const SESSION = 's/[sessionId]/page';
const JOIN = 'j/[code]/page';

const manifestSchema = v.object({
  entryJSFiles: v.record(v.string(), v.array(v.string())),
  entryCSSFiles: v.record(v.string(), v.array(v.object({ path: v.string() }))),
});

let listing: Promise<readonly string[]> | null = null;

/** Their addresses, as of a build for the root of a host. */
export function sessionPageFiles(log: Log): Promise<readonly string[]> {
  listing ??= list().catch((error: unknown) => {
    log.warn('session_page_files_unknown', factsOf(error));
    return [];
  });
  return listing;
}

async function list(): Promise<readonly string[]> {
  const [session, here] = await Promise.all([filesOf(SESSION), filesOf(JOIN)]);
  return session.filter((file) => !here.includes(file)).map((file) => `/_next/${file}`);
}

/** Scripts first: they are the larger ones. */
async function filesOf(page: string): Promise<readonly string[]> {
  const text = await readFile(join(PAGES, `${page}_client-reference-manifest.js`), 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      // Not built, or in development, where the pages are elsewhere.
      if (error.code === 'ENOENT') return null;
      throw error;
    },
  );
  if (text === null) return [];
  const manifest = v.parse(manifestSchema, JSON.parse(text.slice(text.indexOf('] = {') + 4).replace(/;?\s*$/, '')));
  const entry = `[project]/app/${page}`;
  return [...(manifest.entryJSFiles[entry] ?? []), ...(manifest.entryCSSFiles[entry] ?? []).map(({ path }) => path)];
}
