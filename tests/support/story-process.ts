// What a story talks to: one process, as `npm start` runs it, or with NODES=2 two of them on a Postgres of their own, behind
// HAProxy with the configuration of deploy/. A story that could only be played on one process says why, and is skipped.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHaproxy } from './haproxy.ts';
import { once, startPostgres } from './postgres.ts';
import { type ServerProcess, startServer } from './server-process.ts';

export const hasNodes = (): boolean => process.env['NODES'] === '2';

/** True with several nodes. */
export function needsOneProcess(why: string): boolean {
  if (hasNodes()) console.log(`NODES=2: skipped, for ${why}`);
  return hasNodes();
}

export interface StoryProcess {
  /** http://127.0.0.1:port */
  readonly url: string;
  readonly port: number;
  /** kill -9 of whoever has the session, and a new process in its place, with the same data. */
  restart(session: string): Promise<void>;
  remove(): Promise<void>;
}
export interface StoryOptions {
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  /** Default: as NODES says. */
  readonly nodes?: boolean;
  /** Proxies in front of it. */
  readonly proxies?: number;
}

export const startStoryProcess = ({ nodes = hasNodes(), ...options }: StoryOptions): Promise<StoryProcess> =>
  nodes ? startNodes(options) : startOne(options);

async function startOne({ port, env }: StoryOptions): Promise<StoryProcess> {
  let server = await startServer({ port, env });
  return {
    url: server.url,
    port,
    async restart() {
      const { dataDir } = server;
      await server.kill();
      server = await startServer({ port, env, dataDir });
    },
    remove: () => server.remove(),
  };
}

/** All at the same port, so that a page at this machine's own address has an address of every node. */
const HOSTS = ['127.0.0.2', '127.0.0.3'] as const;

async function startNodes({ port, env, proxies = 0 }: StoryOptions): Promise<StoryProcess> {
  const url = `http://127.0.0.1:${port}`;
  const postgres = await startPostgres();
  const databaseUrl = await postgres.database();
  const own = {
    PUBLIC_URL: url,
    ...env,
    DATABASE_URL: databaseUrl,
    CLUSTER_SECRET: 'a-secret-of-the-cluster',
    TRUST_PROXY: String(proxies + 1),
  };
  const nodes: ServerProcess[] = [];
  const ends: (() => Promise<unknown>)[] = [() => postgres.close()];
  const remove = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  const start = async (host: string): Promise<ServerProcess> => {
    const dataDir = await mkdtemp(join(tmpdir(), 'crowd-node-'));
    const node = await startServer({ port, env: own, dataDir, flags: ['--host', host], isNode: true });
    void node.gone.then(() => rm(dataDir, { recursive: true, force: true }));
    return node;
  };
  ends.push(() => Promise.all(nodes.map((node) => node.stop())));
  try {
    const started = await Promise.allSettled(HOSTS.map(start));
    for (const one of started) if (one.status === 'fulfilled') nodes.push(one.value);
    for (const one of started) if (one.status === 'rejected') throw one.reason;
    const haproxy = await startHaproxy(
      HOSTS.map((host) => `${host}:${port}`),
      port,
    );
    ends.push(() => haproxy.close());
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    url,
    port,
    async restart(session) {
      const [row] = await once<{ owner: string | null }>(databaseUrl, 'SELECT owner FROM session WHERE id = $1', [
        session,
      ]);
      const at = HOSTS.findIndex((host) => row?.owner?.startsWith(`${host}:`));
      if (at === -1) throw new Error(`session ${session} is owned by ${row?.owner ?? 'nobody'}`);
      await nodes[at]!.kill();
      nodes[at] = await start(HOSTS[at]!);
    },
    remove,
  };
}
