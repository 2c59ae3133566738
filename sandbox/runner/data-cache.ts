// Work on data files that is done once for all runs: every job of a session brings the same texts.
import { parseCsv } from '#pipeline-core/table/csv.ts';
import type { Row } from '../protocol/job.ts';
import { sha256Of } from './run-cache.ts';

const MOST_HASHES = 20;

export interface DataCache {
  /** sha256 of the text. */
  hashOf(text: string): string;
  /** The rows of a CSV text without these columns. The last table is kept. */
  rowsOf(csv: string, without: readonly string[]): Row[];
}

export function createDataCache(): DataCache {
  const hashes = new Map<string, string>();
  let parsed: { readonly csv: string; readonly shape: string; readonly rows: Row[] } | null = null;
  return {
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
  };
}
