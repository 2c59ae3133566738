// Work on data files that is done once for all runs: every job of a session brings the same texts.
import { type CsvSample, parseCsv, sampleCsv } from '#pipeline-core/table/csv.ts';
import type { Row } from '../protocol/job.ts';
import { sha256Of } from './run-cache.ts';

const MOST_HASHES = 20;

export interface DataCache {
  /** sha256 of the text. */
  hashOf(text: string): string;
  /** The rows of a CSV text without these columns. The last table is kept. */
  rowsOf(csv: string, without: readonly string[]): Row[];
  /** The table, or some of its rows, evenly spread, where there are more. Of the last text they are kept. */
  sampleOf(csv: string, most: number): CsvSample;
  /** The rows of such a sample without these columns. */
  someRowsOf(csv: string, without: readonly string[], most: number): SomeRows;
  /** sha256 of a value as JSON, worked out once for each object. */
  hashOfValue(value: object): string;
}

export interface SomeRows {
  readonly rows: readonly Row[];
  /** The number of each in the table, from 0. */
  readonly at: readonly number[];
  /** Rows of the whole table. */
  readonly of: number;
}

export function createDataCache(): DataCache {
  const hashes = new Map<string, string>();
  let parsed: { readonly csv: string; readonly shape: string; readonly rows: Row[] } | null = null;
  const hashesOfValues = new WeakMap<object, string>();
  const samples = { csv: '', bySize: new Map<number, CsvSample>() };
  let some: (SomeRows & { readonly csv: string; readonly shape: string }) | null = null;
  // A tenth of a second for each ten megabytes, in which the server does nothing else.
  function sampleOf(csv: string, most: number): CsvSample {
    if (samples.csv !== csv) {
      samples.csv = csv;
      samples.bySize.clear();
    }
    const known = samples.bySize.get(most) ?? sampleCsv(csv, most);
    samples.bySize.set(most, known);
    return known;
  }

  return {
    sampleOf,
    hashOf(text) {
      const known = hashes.get(text);
      if (known !== undefined) return known;
      const sha256 = sha256Of(text);
      if (hashes.size >= MOST_HASHES) hashes.clear();
      hashes.set(text, sha256);
      return sha256;
    },
    rowsOf(csv, without) {
      const shape = without.join();
      if (parsed?.csv === csv && parsed.shape === shape) return parsed.rows;
      const table = parseCsv(csv);
      const names = table.names.filter((name) => !without.includes(name));
      parsed = { csv, shape, rows: table.select(names).rows() as Row[] };
      return parsed.rows;
    },
    someRowsOf(csv, without, most) {
      const shape = `${most} ${without.join()}`;
      if (some?.csv === csv && some.shape === shape) return some;
      const { table, at, of } = sampleOf(csv, most);
      const names = table.names.filter((name) => !without.includes(name));
      some = { csv, shape, rows: table.select(names).rows() as Row[], at, of };
      return some;
    },
    hashOfValue(value) {
      const known = hashesOfValues.get(value);
      if (known !== undefined) return known;
      const sha256 = sha256Of(JSON.stringify(value));
      hashesOfValues.set(value, sha256);
      return sha256;
    },
  };
}
