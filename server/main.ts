// The program: configuration, server, signals. `npm start` runs it.

import { checkDataset, readCourses, shippedCourses } from '#sandbox/index.ts';
import { bootstrapSession } from './bootstrap-session.ts';
import { exitWith, installCrashHandler } from './crash-handler.ts';
import { createServer } from './create-server.ts';
import { keepFacilitatorLink } from './facilitator-link-file.ts';
import { PagesFault } from './http/pages.ts';
import { readConfig } from './platform/config.ts';
import { createLog } from './platform/log.ts';
import { bannerText } from './startup-banner.ts';

const read = readConfig(process.argv.slice(2));
if (!read.ok) exitWith(read.line);
const { config } = read;
const crashHandler = installCrashHandler(config);

// Before anything is promised: a wrong course or table would fail only when somebody opens the session.
const named = readCourses(config.courses, config.coursesDir);
const [first, ...others] = named[0] === undefined ? shippedCourses() : [named[0], ...named.slice(1)];
const dataWarnings = [first, ...others].flatMap((course) =>
  checkDataset(course, course === first ? (config.courseData ?? undefined) : undefined),
);

// Nothing of it is loaded where this process is the whole server.
const log = createLog(config.logLevel);
const cluster = config.cluster && (await (await import('./cluster/node.ts')).openCluster(config.cluster, log));
const server = await createServer({ config, log, courses: [first, ...others], ...(cluster ? { cluster } : {}) });
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'])
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), 15_000).unref();
    void server
      .drain()
      .then(() => server.close())
      .then(() => process.exit(0));
  });

const localUrl = await server.listen();
// Of several nodes none is the one that a session begins at.
const opened = cluster && !config.makeNew ? null : await bootstrapSession(server, config.makeNew);
const [publicUrl, colour] = [server.url(), process.stdout.isTTY === true];
// Behind a PUBLIC_URL nobody is known to sit at this machine; the key is a secret, for a terminal alone.
// It is a key of this process: another node would not know it.
const createUrl = colour && config.publicUrl !== null && !cluster ? server.createUrl() : null;
const addresses = config.lan ? server.addresses() : [];
const linkFile =
  opened && (await keepFacilitatorLink({ dataDir: config.dataDir, publicUrl, opened, toTerminal: colour }));
console.log(
  bannerText({
    version: server.version,
    publicUrl,
    localUrl,
    lan: config.lan,
    opened,
    colour,
    linkFile,
    addresses,
    createUrl,
  }),
);
crashHandler.peopleJoin();
await server.startPages().catch((error) => {
  if (!(error instanceof PagesFault)) throw error;
  console.error(error.message);
});
for (const warning of dataWarnings) console.log(`Data: ${warning}`);
for (const warning of cluster?.warnings ?? []) console.log(`Database: ${warning}`);
for (const gap of await server.gaps) console.log(`Sandbox: ${gap}`);
