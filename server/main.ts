// The program: configuration, server, signals. `npm start` runs it.
// RUNS IN server
import { readConfig } from './config.ts';
import { createServer } from './create-server.ts';
import { createLog, factsOf } from './log.ts';
import { openSession } from './open-session.ts';
import { lineOf } from './startup-fault.ts';
import { welcomeText } from './terminal.ts';

const read = readConfig(process.argv.slice(2));
if (!read.ok) exitWith(read.line);
const { config } = read;
// "Uncaught" is logged and ends the process: nobody knows what state it left behind.
process.on('uncaughtException', (error) => {
  const line = lineOf(error, config);
  if (line === null) createLog('error').error('uncaught', factsOf(error));
  exitWith(line ?? String(error.stack));
});

const server = await createServer({ config });
let stopping = false;
const stop = () => {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(1), 8_000).unref();
  void server.close().then(() => process.exit(0));
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) process.on(signal, stop);

const localUrl = await server.listen();
const { session, secret, made } = await openSession(server.registry, config.makeNew);
const { title, joinCode } = session.state();
const shown = { id: session.id, title, joinCode };
const { version, gaps } = server;
const colour = process.stdout.isTTY === true;
console.log(
  welcomeText({
    version,
    publicUrl: server.url(),
    localUrl,
    lan: config.lan,
    session: shown,
    secret,
    made,
    gaps,
    colour,
  }),
);
await server.pages;

function exitWith(line: string): never {
  console.error(line);
  process.exit(1);
}
