// A folder as one file: a tar archive (POSIX ustar) in gzip, which every system unpacks.
// Invariant: the same files give the same bytes; hidden files, links and whatever else is no file of a course stay out.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const BLOCK = 512;

export function packedFolder(folder: string): Buffer {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => path.split('/').every((part) => !part.startsWith('.')))
    .sort();
  const parts = paths.flatMap((path) => {
    const content = readFileSync(join(folder, path));
    const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
    return [headerOf(`${basename(folder)}/${path}`, content.length), content, padding];
  });
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]));
}

/** Names of a course are short: its folder's, and at most 60 characters below base/ or a checkpoint. */
function headerOf(path: string, size: number): Buffer {
  const header = Buffer.alloc(BLOCK);
  const at = path.length <= 100 ? -1 : path.lastIndexOf('/', 155);
  const [prefix, name] = at === -1 ? ['', path] : [path.slice(0, at), path.slice(at + 1)];
  if (Buffer.byteLength(name) > 100) throw new Error(`The name of ${path} is too long to be packed.`);
  header.write(name, 0);
  const octal = (value: number, offset: number, width: number) =>
    header.write(`${value.toString(8).padStart(width - 1, '0')}\0`, offset);
  octal(0o644, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(0, 136, 12);
  header.write('0', 156);
  header.write('ustar\0', 257);
  header.write('00', 263);
  header.write(prefix, 345);
  // The sum counts its own place as blanks.
  header.fill(' ', 148, 156);
  octal(
    header.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  return header;
}
