// What the server would refuse of a file, found before it is sent: too many bytes, columns or rows.
// Invariant: it refuses only what is certain; a quote may hide a line end, so a table with quotes is counted by the server.
import { t } from '#app/_strings/strings.ts';
import { TABLE } from '#session-core/protocol/http-api/table-routes.ts';

const MEGABYTE = 1024 * 1024;

/** A sentence; null: it may be sent. */
export function sizeRefusal(bytes: number): string | null {
  if (bytes === 0) return t.ownTable.empty;
  return bytes > TABLE.bytes ? t.ownTable.tooLarge(Math.ceil(bytes / MEGABYTE)) : null;
}

/** The same of what is in it. */
export function textRefusal(text: string): string | null {
  const end = text.search(/[\r\n]/);
  const header = end === -1 ? text : text.slice(0, end);
  if (!header.includes('"')) {
    const columns = Math.max(...[',', ';', '\t', '|'].map((delimiter) => header.split(delimiter).length));
    if (columns > TABLE.columns) return t.ownTable.tooManyColumns;
  }
  if (text.includes('"')) return null;
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  // The header and an empty last line.
  return lines > TABLE.rows + 1 ? t.ownTable.tooManyRows : null;
}
