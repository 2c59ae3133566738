// The program of a worker: `npm run worker` runs it. It takes runs of the nodes named in WORKER_NODES.
import { tmpdir } from 'node:os';
import { buildOf } from './build/build-of.ts';
import { createPool } from './pool/pool.ts';
import { openSessionFolders } from './worker/session-folders.ts';
import { poolSizeOf, readWorkerSettings } from './worker/settings.ts';
import { startWorker } from './worker/worker.ts';

/** As the log of a server: JSON lines on stderr. */
const log = (event: string, facts: Readonly<Record<string, string | number>> = {}) =>
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level: 'info', event, ...facts })}\n`);
const end = (line: string): never => {
  console.error(line);
  process.exit(1);
};

const read = readWorkerSettings(process.env);
if (!read.ok) end(read.line);
else {
  const { nodes, secret, runs, place } = read.settings;
  const places = runs ?? Math.max(2, Math.min(8, navigator.hardwareConcurrency));
  const pool = await createPool({ size: poolSizeOf(places), log: (line) => log('sandbox', { line }) });
  const folders = openSessionFolders(place ?? tmpdir(), Date.now);
  const worker = startWorker({ nodes, secret, build: buildOf(), pool, places, folders, log });
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'])
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      setTimeout(() => process.exit(1), 15_000).unref();
      void worker
        .stop()
        .then(() => pool.close())
        .then(() => {
          folders.close();
          process.exit(0);
        });
    });
  console.log(`A worker for ${nodes.join(' and ')}: ${places} runs at a time`);
  for (const gap of pool.gaps) console.log(`Sandbox: ${gap}`);
  process.send?.('ready');
}
