// readCSV, toCSV and toJSON over the workspace's files; in the package they need a browser or the network.
import { parseCsv } from '#pipeline-core/table/csv.ts';
import { linesOf } from '../workshop.ts';
import type { FrameClass, FrameLike } from './frame-types.ts';

export interface FileAccess {
  read(path: string): string;
  write(path: string, text: string): void;
}

let access: FileAccess | undefined;

/** Called once by the runner: where paths lead. */
export function setFiles(files: FileAccess): void {
  access = files;
}

function files(): FileAccess {
  if (access === undefined) throw new Error('There are no files here');
  return access;
}

export function readCsvWith(DataFrame: FrameClass) {
  /** A frame from a path of the workspace, or from CSV text (anything with a line end). */
  return async (source: string): Promise<FrameLike> => {
    if (typeof source !== 'string')
      throw new TypeError("readCSV(path): give a path such as 'data/processed/table.csv'");
    const table = parseCsv(source.includes('\n') ? source : files().read(source));
    const columns = table.names.map((name) => table.cells(name).map((cell) => cell ?? Number.NaN));
    const data = Array.from({ length: table.rowCount }, (_, r) => columns.map((column) => column[r]));
    return new DataFrame(data, { columns: table.names });
  };
}

/** CSV text; written to `filePath` if given. */
export function toCSV(frame: FrameLike, options: { readonly filePath?: string } = {}): string {
  const text = linesOf(frame.columns, frame.values);
  if (options.filePath !== undefined) files().write(options.filePath, text);
  return text;
}

/** Rows as objects ('column', the default, as in the package), or columns as arrays ('row'). */
export function toJSON(frame: FrameLike, options: { readonly format?: 'column' | 'row' } = {}): object {
  if (options.format === 'row') {
    return Object.fromEntries(frame.columns.map((name, c) => [name, frame.values.map((row) => row[c])]));
  }
  return frame.values.map((row) => Object.fromEntries(frame.columns.map((name, c) => [name, row[c]])));
}
