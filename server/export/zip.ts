// A zip file of texts, for those who have no git. Names in UTF-8, forward slashes, the same bytes for the same texts.
// Format: PKWARE's APPNOTE, without the parts for files of 4 GB and more, which the limits of a session exclude.
import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';

const compressed = promisify(deflateRaw);

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
const UTF8 = 0x800;
const DEFLATE = 8;

/** @param folder that all files are in @param at milliseconds since 1970 */
export async function zipOf(
  files: Readonly<Record<string, string>>,
  { folder, at }: { readonly folder: string; readonly at: number },
): Promise<Buffer> {
  const [time, date] = dosTime(at);
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  const paths = Object.keys(files).sort();
  for (const path of paths) {
    const name = Buffer.from(`${folder}/${path}`);
    const bytes = Buffer.from(files[path] ?? '');
    const packed = await compressed(bytes);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(VERSION, 0);
    facts.writeUInt16LE(UTF8, 2);
    facts.writeUInt16LE(DEFLATE, 4);
    facts.writeUInt16LE(time, 6);
    facts.writeUInt16LE(date, 8);
    facts.writeUInt32LE(crc32(bytes), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(bytes.length, 18);
    facts.writeUInt16LE(name.length, 22);
    parts.push(uint32(LOCAL), facts, name, packed);
    // Comment, disk and attributes are zero.
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(uint32(CENTRAL), uint16(VERSION), facts, place, name);
    offset += 4 + facts.length + name.length + packed.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(paths.length, 4);
  end.writeUInt16LE(paths.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, central, uint32(END), end]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** Two seconds are its unit, and 1980 its first year. */
function dosTime(at: number): readonly [number, number] {
  const day = new Date(Math.max(at, Date.UTC(1980, 0, 1)));
  const time = (day.getUTCHours() << 11) | (day.getUTCMinutes() << 5) | (day.getUTCSeconds() >> 1);
  const date = ((day.getUTCFullYear() - 1980) << 9) | ((day.getUTCMonth() + 1) << 5) | day.getUTCDate();
  return [time, date];
}
