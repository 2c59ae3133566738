// One server for all browser stories that need none of their own: each story is a session on it, as in a company that
// hosts several. It is started once, so its pages and its sandbox are warm, and equal first runs come from its cache.
// With NODES=2 it is two nodes. The pages are built while tests that need none of them run already; each story waits for both (`story-ready.ts`).
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { TestProject } from 'vitest/node';
import { freePort } from './server-process.ts';
import { startStoryProcess } from './story-process.ts';

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
  const env = storySettings(`http://crowd.test:${port}`);
  const nodes = (project.config.env?.['NODES'] ?? process.env['NODES']) === '2';
  const started = builtPages().then(() => startStoryProcess({ port, env, nodes }));
  const failed = started.then(
    () => undefined,
    (error: Error) => createServer((_, answer) => answer.writeHead(500).end(error.message)).listen(port, '127.0.0.1'),
  );
  project.provide('storyPort', port);
  return async () => {
    (await failed)?.close();
    await (await started).remove();
  };
}

function builtPages(): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['tests/support/build-pages.mjs'], { stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error('The pages were not built: see above.'))));
  });
}
