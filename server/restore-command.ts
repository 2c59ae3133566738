// `npm run restore -- <file>`: puts a backup in the place of the database of a stopped server, and keeps what was there.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { exitWith } from './crash-handler.ts';
import { readFolders } from './platform/config.ts';
import { restore } from './storage/sqlite-backup.ts';

const [name, ...others] = process.argv.slice(2);
if (name === undefined || others.length > 0) exitWith('Say which backup: npm run restore -- <file>');
const { dataDir, calledFrom } = readFolders();
const from = resolve(calledFrom, name);
mkdirSync(dataDir, { recursive: true, mode: 0o700 });
try {
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const { sessions, former } = restore(from, join(dataDir, 'sessions.db'), stamp);
  console.log(`Restored ${sessions} ${sessions === 1 ? 'session' : 'sessions'} from ${from} to ${dataDir}.`);
  if (former !== null) console.log(`What was there is kept as ${former}.`);
} catch (error) {
  exitWith((error as Error).message);
}
