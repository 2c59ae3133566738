// A worker of BullMQ, as its documentation says: takes jobs from Redis and performs each as an empty run on a pool of its own, as
// large as that of our workers. It ends when its channel does.
import { createPool } from '#sandbox/index.ts';
import { poolSizeOf } from '#sandbox/worker/settings.ts';
import { bullmq } from './queue.ts';

const [port, places] = process.argv.slice(2).map(Number);
const pool = await createPool({ size: poolSizeOf(places!) });
const { Worker } = await bullmq();
const worker = new Worker(
  'runs',
  async ({ data }) => {
    const { status } = await pool.runJob(data, () => {}).report;
    if (status !== 'succeeded') throw new Error(`a run ended as ${status}`);
    return status;
  },
  { connection: { host: '127.0.0.1', port: port!, maxRetriesPerRequest: null }, concurrency: places! },
);
worker.on('error', (error) => console.error(error));
process.on('disconnect', () => process.exit(0));
await worker.waitUntilReady();
process.send?.('ready');
