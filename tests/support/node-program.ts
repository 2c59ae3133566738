// One node of several as a process of its own, as server/main.ts makes it, without pages and with a sandbox that runs
// nothing, unless workers perform its runs: so it starts in a second, and what is measured is the server's own.
import { shippedCourses } from '#sandbox/index.ts';
import { openCluster } from '#server/cluster/node.ts';
import { createServer } from '#server/create-server.ts';
import { readConfig } from '#server/platform/config.ts';
import { createLog } from '#server/platform/log.ts';
import { createFakePool } from './fake-pool.ts';

const read = readConfig(process.argv.slice(2));
if (!read.ok || read.config.cluster === null) throw new Error(read.ok ? 'DATABASE_URL is not set' : read.line);
const { config } = read;
const log = createLog('info');
const cluster = await openCluster(config.cluster!, log);
const [first, ...others] = shippedCourses();
const courses = [first, ...others.slice(0, Number(process.env['NODE_COURSES'] ?? others.length + 1) - 1)] as const;
const pool = cluster.pool ?? createFakePool();
const server = await createServer({ config, log, cluster, courses, pool, next: false });
await server.listen();
process.on('SIGTERM', () => {
  void server
    .drain()
    .then(() => server.close())
    .then(() => process.exit(0));
});
process.on('disconnect', () => process.exit(1));
process.send?.('ready');
