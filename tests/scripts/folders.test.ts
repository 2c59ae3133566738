// A folder is read as a list: beyond two dozen files it holds more than one thing.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const MOST = 24;
const CODE = /\.(?:[cm]?[jt]s|tsx)$/;

function overfull(folder: string): string[] {
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && CODE.test(entry.name)).length;
  const below = entries.filter((entry) => entry.isDirectory() && !['dist', 'node_modules'].includes(entry.name));
  return [
    ...(files > MOST ? [`${folder}: ${files} files`] : []),
    ...below.flatMap(({ name }) => overfull(join(folder, name))),
  ];
}

it.each(['app', 'pipeline-core', 'sandbox', 'server', 'session-core'])(
  'no folder in %s holds more code files',
  (top) => {
    expect(overfull(top)).toEqual([]);
  },
);
