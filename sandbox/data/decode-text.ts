// The bytes of a table file as text: UTF-8, UTF-16 with or without its mark, else Windows-1252, as spreadsheets write.
// A file that is no text is refused by the name of what it is.
import { PipelineError } from '#pipeline-core';

export interface DecodedText {
  readonly text: string;
  readonly encoding: 'UTF-8' | 'UTF-16' | 'Windows-1252';
}

const REMEDY = 'Open it in a spreadsheet and save it as CSV.';

/** Throws PipelineError 'not-text' for a spreadsheet, an archive or another binary file. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const foreign = foreignKind(bytes);
  if (foreign !== null) throw new PipelineError('not-text', `This is ${foreign}, not a text file. ${REMEDY}`);
  const utf16 = utf16Of(bytes);
  if (utf16 !== null) return { text: new TextDecoder(utf16).decode(bytes), encoding: 'UTF-16' };
  // NUL is in no table; a file that holds it is binary, whatever its first bytes are.
  if (bytes.includes(0)) throw new PipelineError('not-text', `This file holds binary data. ${REMEDY}`);
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8' };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'Windows-1252' };
  }
}

const startsWith = (bytes: Uint8Array, ...start: number[]): boolean => start.every((byte, i) => bytes[i] === byte);

function foreignKind(bytes: Uint8Array): string | null {
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) {
    // The names of what is inside are plain text in the archive.
    const names = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    if (names.includes('xl/workbook')) return 'an Excel workbook (.xlsx)';
    if (names.includes('opendocument.spreadsheet')) return 'an OpenDocument spreadsheet (.ods)';
    return 'a zip archive: unpack it first';
  }
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return 'an old Excel workbook (.xls)';
  if (startsWith(bytes, 0x1f, 0x8b)) return 'a gzip archive: unpack it first';
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) return 'a PDF document';
  if (startsWith(bytes, 0x50, 0x41, 0x52, 0x31)) return 'a Parquet file';
  return null;
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
