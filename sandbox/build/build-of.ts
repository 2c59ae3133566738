// Which build this is: of a node and of a worker that performs its runs it must be the same one.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
/** All code that says how a run is sent, and what comes of it. */
const FOLDERS = ['sandbox', 'pipeline-core', 'session-core/protocol'] as const;
const MADE = `dist${sep}`;
let known: string | undefined;

/** Hash of the code as it was when it was asked for first. */
export function buildOf(): string {
  known ??= hashOf();
  return known;
}

function hashOf(): string {
  const sum = createHash('sha256');
  for (const folder of FOLDERS) {
    const paths = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
    for (const path of paths.filter((one) => one.endsWith('.ts') && !one.startsWith(MADE)).sort())
      sum.update(`${folder}/${path}\n`).update(readFileSync(join(ROOT, folder, path)));
  }
  return sum.digest('hex').slice(0, 16);
}
