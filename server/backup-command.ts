// `npm run backup -- <file>`: a copy of the database of the running server, whole and checked, while people go on.
import { resolve } from 'node:path';
import { askServer } from './control-socket.ts';
import { exitWith } from './crash-handler.ts';
import { readFolders } from './platform/config.ts';
import type { BackupMade } from './storage/sqlite-backup.ts';

const [name, ...others] = process.argv.slice(2);
if (name === undefined || others.length > 0) exitWith('Say where the backup goes: npm run backup -- <file>');
const { dataDir, calledFrom } = readFolders();
const file = resolve(calledFrom, name);
const answer = await askServer(dataDir, 'backup', file);
if (answer === null)
  exitWith(
    `No server runs on ${dataDir} (DATA_DIR). Of a stopped one the backup is a copy of the file: cp ${dataDir}/sessions.db ${file}`,
  );
if (!answer.ok) exitWith(answer.message);
const { sessions, bytes } = answer.value as BackupMade;
console.log(
  `Backed up ${sessions} ${sessions === 1 ? 'session' : 'sessions'} to ${file} (${(bytes / 1e6).toFixed(1)} MB), read again and right.`,
);
