// The nightly backup (BACKUP_DIR): one file a day, the newest seven are kept.
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { After, Now } from './platform/clock.ts';
import { factsOf, type Log } from './platform/log.ts';
import type { BackupMade } from './storage/sqlite-backup.ts';

const LOOK_MS = 15 * 60 * 1000;
/** Of the local day: between the last session of a day and the first of the next. */
const FROM_HOUR = 3;
const KEPT = 7;
const NAME = /^sessions-\d{4}-\d\d-\d\d\.db$/;

export interface NightlyOptions {
  readonly folder: string;
  readonly now: Now;
  readonly after: After;
  readonly log: Log;
  backup(file: string): Promise<BackupMade>;
}

/** Returns how to stop it. */
export function startNightlyBackup({ folder, now, after, log, backup }: NightlyOptions): () => void {
  let cancel = () => {};

  async function look(): Promise<void> {
    const at = new Date(now());
    if (at.getHours() < FROM_HOUR) return;
    const day = [at.getFullYear(), at.getMonth() + 1, at.getDate()]
      .map((part) => String(part).padStart(2, '0'))
      .join('-');
    const name = `sessions-${day}.db`;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if ((await readdir(folder)).includes(name)) return;
    const made = await backup(join(folder, name));
    log.info('backup_made', { file: name, ...made });
    const all = (await readdir(folder)).filter((file) => NAME.test(file)).sort();
    for (const old of all.slice(0, -KEPT)) await rm(join(folder, old));
  }
  let looking = false;
  const again = (ms: number) => {
    cancel = after(ms, () => {
      again(LOOK_MS);
      if (looking) return;
      looking = true;
      look()
        .catch((error: unknown) => log.error('backup_failed', { folder, ...factsOf(error) }))
        .finally(() => {
          looking = false;
        });
    });
  };
  again(0);
  return () => cancel();
}
