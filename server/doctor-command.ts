// `npm run doctor`: checks this machine before a talk, with the settings and flags of `npm start`. Ends with 1 where
// something has to be done first.
import { readCourses, shippedCourses } from '#sandbox/index.ts';
import { exitWith } from './crash-handler.ts';
import { checkAddress, checkClock, checkDisk, checkMachine, checkPort, checkSandbox, type Finding } from './doctor.ts';
import { qrLines } from './http/join-qr.ts';
import { type Config, readConfig } from './platform/config.ts';
import { ownAddresses } from './platform/own-addresses.ts';
import { lineOf } from './startup-error.ts';

const MARKS = { ok: 'ok      ', warning: 'warning ', failed: 'FAILED  ' } as const;

const read = readConfig(process.argv.slice(2));
if (!read.ok) exitWith(read.line);
const { config } = read;

const found: Finding['state'][] = [];
function show(...findings: readonly Finding[]): void {
  for (const { state, text, todo } of findings) {
    found.push(state);
    console.log(`${MARKS[state]}${text}${todo === undefined ? '' : `\n        ${todo}`}`);
  }
}

try {
  const named = readCourses(config.courses, config.coursesDir);
  const courses = named[0] === undefined ? shippedCourses() : ([named[0], ...named.slice(1)] as const);
  show(await checkPort(config), await checkAddress(config));
  show(...(await checkDisk(config)), checkClock(config), ...checkMachine());
  show(...(await checkSandbox(config, [...courses])));
} catch (error) {
  exitWith(lineOf(error, config) ?? String(error instanceof Error ? error.stack : error));
}

const url = joinUrl(config);
console.log(`\nScan this with a phone: the camera must offer ${url}`);
for (const line of qrLines(url, process.stdout.isTTY === true)) console.log(`  ${line}`);
console.log(`
Before the talk:
  1. Start with the same flags, open the host page from the link in the terminal, and keep the link.
  2. Join with a phone over the network of the audience, with its mobile data off. Vote once.
  3. Open the projector page in a window of its own on the projector, and read the join code from the last row.
  4. Plug in the power supply, and turn off sleep, updates and notifications.
  5. After a rehearsal: npm run backup -- <file>. Start the talk with a new session: npm start -- --new
`);
const failed = found.includes('failed');
const ready = found.includes('warning') ? 'Ready, with the warnings above.' : 'Everything is in order.';
console.log(failed ? 'Not ready: do what is said under FAILED.' : ready);
process.exit(failed ? 1 : 0);

function joinUrl({ publicUrl, lan, port }: Config): string {
  if (publicUrl !== null) return publicUrl;
  return `http://${(lan ? ownAddresses(null)[0]?.address : undefined) ?? 'localhost'}:${port}`;
}
