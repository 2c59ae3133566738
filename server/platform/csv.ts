// Tables for download. CSV by RFC 4180, with a byte order mark so that spreadsheets read UTF-8.
// Invariant: no cell of a participant's words can be run as a formula.

export type Cell = string | number | boolean | null | undefined;
export type Table = { readonly columns: readonly string[]; readonly rows: readonly (readonly Cell[])[] };

const FORMULA = /^[=+\-@\t\r]/;

/** Numbers stay numbers; only text is escaped. */
export function toCsv({ columns, rows }: Table): string {
  const lines = [columns, ...rows].map((row) => row.map(cell).join(','));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

export function toRecords({ columns, rows }: Table): Record<string, Cell>[] {
  return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i] ?? null])));
}

function cell(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
