// One server for all browser stories that need none of their own: each story is a session on it, as in a company that
// hosts several. It is started once, so its pages and its sandbox are warm, and equal first runs come from its cache.
import type { TestProject } from 'vitest/node';
import { freePort, startServer } from './server-process.ts';

declare module 'vitest' {
  interface ProvidedContext {
    storyPort: number;
  }
}

/** Of the stories' servers: behind a PUBLIC_URL nobody counts as local. */
export const CREATE_KEY = 'create-token-of-the-stories';

/** Phones open a host name over plain http, which is not a secure context, as in a real workshop. */
export const storySettings = (publicUrl: string) => ({ PUBLIC_URL: publicUrl, CREATE_TOKEN: CREATE_KEY });

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const port = await freePort();
  const server = await startServer({ port, env: storySettings(`http://crowd.test:${port}`) });
  project.provide('storyPort', port);
  return () => server.remove();
}
