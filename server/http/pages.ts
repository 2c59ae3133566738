// Next, which makes the pages. Loaded once the server listens, so that a start never waits for it.
// Invariant: Next gets a server that never listens to hang its upgrade listener on: the real one's upgrades stay ours.
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { Pages } from './reply.ts';

export interface NextPages {
  readonly decoy: Server;
  readonly handle: Pages;
  /** Loads Next; rejects where the pages are not built. A page asked for before waits. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** What we use of Next. Its own types redeclare process.env for every folder that is compiled with this one. */
interface Next {
  prepare(): Promise<void>;
  getRequestHandler(): Pages;
  close(): Promise<void>;
}
type MakeNext = (options: { dev: boolean; dir: string; httpServer: Server; hostname: string; quiet: boolean }) => Next;

/** There is nothing to show, and why. */
export class PagesFault extends Error {
  override readonly name = 'PagesFault';
}

const NEXT: string = 'next';
const ROOT = join(import.meta.dirname, '../..');
const CLOSE_MS = 2_000;

export function createPages({ dev }: { readonly dev: boolean }): NextPages {
  const decoy = createServer();
  const load = async () => {
    const { default: next } = (await import(NEXT)) as { default: MakeNext };
    const made = next({ dev, dir: ROOT, httpServer: decoy, hostname: 'localhost', quiet: true });
    await made.prepare().catch((error: unknown) => {
      if (!(error instanceof Error) || !/production build/i.test(error.message)) throw error;
      throw new PagesFault('The pages are not built yet; "npm start" builds them. The routes for programs are open.');
    });
    return { made, handle: made.getRequestHandler() };
  };
  let app: ReturnType<typeof load> | null = null;
  const loaded = () => {
    app ??= load();
    return app;
  };
  return {
    decoy,
    handle: async (request, response) => (await loaded()).handle(request, response),
    start: async () => void (await loaded()),
    close: async () => {
      const made = await app?.catch(() => null);
      // In development it waits for its compiler; nothing of ours is lost by not waiting with it.
      if (made) await Promise.race([made.made.close(), new Promise((done) => setTimeout(done, CLOSE_MS).unref())]);
    },
  };
}
