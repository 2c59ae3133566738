// Which process keeps a folder and the live text the same: .crowd/driving.
// Invariant: one at a time. Two would take each other's merges for what the user typed.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, systemCode } from '../program/failure.ts';
import { OWN } from './safe-files.ts';

const placeOf = (root: string): string => join(root, OWN, 'driving');

/** A Failure where another process drives from this folder. */
export function demandNoDriving(root: string): void {
  const other = drivingIn(root);
  if (other !== null)
    throw new Failure(
      'in_use',
      `\`crowd drive\` runs in this folder already, as process ${other}.`,
      `End it first, with Ctrl-C. If that process is another program, delete ${placeOf(root)}.`,
    );
}

/** For this process, until what it returns is called. */
export function lockForDriving(root: string): () => void {
  const place = placeOf(root);
  demandNoDriving(root);
  // Left by a process that was killed.
  rmSync(place, { force: true });
  try {
    writeFileSync(place, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if (systemCode(error) === 'EEXIST') demandNoDriving(root);
    throw error;
  }
  return () => rmSync(place, { force: true });
}

/** Its number; null: none that is alive. */
function drivingIn(root: string): number | null {
  let text: string;
  try {
    text = readFileSync(placeOf(root), 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
  const pid = Number(text);
  // In a container, a process that was killed may have had the same number as this one.
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return null;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (systemCode(error) === 'ESRCH') return null;
    // Not permitted: it is there, and another user's.
    if (systemCode(error) !== 'EPERM') throw error;
  }
  return pid;
}
