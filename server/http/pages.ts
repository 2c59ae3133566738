// Next, which makes the pages. Loaded beside the listening server, so that a start never waits for it.
// Law: Next gets a server that never listens to hang its upgrade listener on: the real one's upgrades stay ours.
// RUNS IN server
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { Pages } from './routes.ts';

export interface NextPages {
  readonly decoy: Server;
  readonly handle: Pages;
  /** Rejects where the pages are not built. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

/** What we use of Next. Its own types redeclare process.env for every folder that is compiled with this one. */
interface Next {
  prepare(): Promise<void>;
  getRequestHandler(): Pages;
  close(): Promise<void>;
}
type MakeNext = (options: { dev: boolean; dir: string; httpServer: Server; hostname: string }) => Next;

const NEXT: string = 'next';
const ROOT = join(import.meta.dirname, '../..');
const CLOSE_MS = 2_000;

export function createPages({ dev }: { readonly dev: boolean }): NextPages {
  const decoy = createServer();
  const app = (async () => {
    const { default: next } = (await import(NEXT)) as { default: MakeNext };
    const made = next({ dev, dir: ROOT, httpServer: decoy, hostname: 'localhost' });
    await made.prepare();
    return { made, handle: made.getRequestHandler() };
  })();
  return {
    decoy,
    handle: async (request, response) => (await app).handle(request, response),
    ready: app.then(() => undefined),
    close: async () => {
      const made = await app.catch(() => null);
      // In development it waits for its compiler; nothing of ours is lost by not waiting with it.
      if (made) await Promise.race([made.made.close(), new Promise((done) => setTimeout(done, CLOSE_MS).unref())]);
    },
  };
}
