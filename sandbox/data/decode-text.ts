// The bytes of a table file as text: UTF-8, UTF-16 with or without its mark, else Windows-1252, as spreadsheets write.
// A file that is no text is refused by the name of what it is.
import { PipelineError } from '#pipeline-core';

export interface DecodedText {
  readonly text: string;
  readonly encoding: 'UTF-8' | 'UTF-16' | 'Windows-1252';
}

const SAVE = 'Open it in a spreadsheet and save it as CSV.';
const CONVERT = 'Export the table as CSV from the program that wrote it.';
const UNPACK = 'Unpack it and take the CSV file inside.';

/** How files begin that are no tables in text, what they are, and what to do. */
const KINDS: readonly (readonly [start: string | RegExp, kind: string, remedy: string])[] = [
  ['\xd0\xcf\x11\xe0', 'an old Excel workbook (.xls)', SAVE],
  ['\x1f\x8b', 'a gzip archive', UNPACK],
  [/^BZh[1-9]1AY&SY/, 'a bzip2 archive', UNPACK],
  ['7z\xbc\xaf', 'a 7-Zip archive', UNPACK],
  ['\xfd7zXZ', 'an xz archive', UNPACK],
  ['\x28\xb5\x2f\xfd', 'a Zstandard archive', UNPACK],
  ['Rar!\x1a', 'a RAR archive', UNPACK],
  ['%PDF-', 'a PDF document', SAVE],
  [/^PAR1(?:[^ -~\s]|$)/, 'a Parquet file', CONVERT],
  [/^(?:ARROW1|FEA1)(?:[^ -~\s]|$)/, 'an Arrow file', CONVERT],
  ['SQLite format 3', 'a SQLite database', CONVERT],
  ['\x89HDF', 'an HDF5 file', CONVERT],
  ['\x80\x04', 'a Python pickle', CONVERT],
  ['\x80\x05', 'a Python pickle', CONVERT],
  [/^(?:\$FL[23]|<stata_dta>|RDX[23]\n)/, 'a file of a statistics program', CONVERT],
  [/^(?:\x89PNG|\xff\xd8\xff|GIF8)/, 'a picture', SAVE],
  [/^(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|table)\b/i, 'a web page', SAVE],
  [/^(?:\xef\xbb\xbf)?\s*<\?xml\b/i, 'an XML file', CONVERT],
  [/^(?:\xef\xbb\xbf)?\s*(?:\[\s*[[{]|\{\s*")/, 'a JSON file', CONVERT],
  [/^(?:\xef\xbb\xbf)?\s*\|[^\n]*\|\s*\n\s*\|(?:\s*:?-+:?\s*\|)+/, 'a Markdown table', CONVERT],
  [/^(?:%[^\n]*\n|\s)*@relation\s/i, 'an ARFF file', CONVERT],
];

/** Throws PipelineError 'not-text' for a spreadsheet, an archive or another binary file. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const [kind, remedy] = foreignKind(bytes) ?? [];
  if (kind !== undefined) throw new PipelineError('not-text', `This is ${kind}, not a table in text. ${remedy}`);
  const utf16 = utf16Of(bytes);
  if (utf16 !== null) return { text: new TextDecoder(utf16).decode(bytes), encoding: 'UTF-16' };
  // NUL is in no table; a file that holds it is binary, whatever its first bytes are.
  if (bytes.includes(0)) throw new PipelineError('not-text', `This file holds binary data. ${SAVE}`);
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8' };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'Windows-1252' };
  }
}

const startsWith = (bytes: Uint8Array, ...start: number[]): boolean => start.every((byte, i) => bytes[i] === byte);

/** Longest beginning that tells a kind: an ARFF file has comments before what names it. */
const START_BYTES = 2_000;

function foreignKind(bytes: Uint8Array): readonly [kind: string, remedy: string] | null {
  const latin1 = (most: number) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(most, bytes.byteLength)).toString('latin1');
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) {
    // The names of what is inside are plain text in the archive.
    const names = latin1(bytes.byteLength);
    if (names.includes('xl/workbook')) return ['an Excel workbook (.xlsx)', SAVE];
    if (names.includes('opendocument.spreadsheet')) return ['an OpenDocument spreadsheet (.ods)', SAVE];
    return ['a zip archive', UNPACK];
  }
  const start = latin1(START_BYTES);
  const [, kind, remedy] =
    KINDS.find(([sign]) => (typeof sign === 'string' ? start.startsWith(sign) : sign.test(start))) ?? [];
  return kind === undefined ? null : [kind, remedy!];
}

/** By its mark, else by the zero bytes that plain letters have in UTF-16. */
function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(bytes, 0xfe, 0xff)) return 'utf-16be';
  const sample = bytes.subarray(0, 512);
  if (sample.length < 8 || !sample.includes(0)) return null;
  let [even, odd] = [0, 0];
  sample.forEach((byte, i) => {
    if (byte !== 0) return;
    if (i % 2 === 0) even++;
    else odd++;
  });
  const half = sample.length / 2;
  if (odd > half * 0.8 && even === 0) return 'utf-16le';
  return even > half * 0.8 && odd === 0 ? 'utf-16be' : null;
}
