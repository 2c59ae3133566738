// The files of a course as bytes that a database holds, and back into a folder.
// Invariant: a folder is there with all of its files or not at all; no file is written outside of it.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

/** @param files path -> text */
export const packedCourse = (files: Readonly<Record<string, string>>): Uint8Array => gzipSync(JSON.stringify(files));

/** What `unpackCourse` has written, packed again. */
export function packFolder(folder: string): Uint8Array {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return packedCourse(
    Object.fromEntries(
      paths.map((path) => [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')] as const),
    ),
  );
}

/** A folder that is there already is left as it is. */
export function unpackCourse(packed: Uint8Array, folder: string): void {
  const files = JSON.parse(gunzipSync(packed).toString('utf8')) as Record<string, string>;
  mkdirSync(dirname(folder), { recursive: true, mode: 0o700 });
  const made = mkdtempSync(`${folder}-`);
  try {
    for (const [path, text] of Object.entries(files)) {
      const file = join(made, path);
      if (!file.startsWith(made + sep)) throw new Error(`A packed course has a file "${path}".`);
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
    }
    renameSync(made, folder);
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    const { code } = error as NodeJS.ErrnoException;
    // Somebody else has unpacked the same meanwhile.
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  }
}
