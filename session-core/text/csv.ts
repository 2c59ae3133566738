// Tables for download. CSV by RFC 4180, with a byte order mark so that spreadsheets read UTF-8.
// Invariant: no cell of a participant's words can be run as a formula, by whatever separator a spreadsheet splits the file.

export type Cell = string | number | boolean | null | undefined;
export type Table = { readonly columns: readonly string[]; readonly rows: readonly (readonly Cell[])[] };
/** `semicolon`: for spreadsheets set to a country with decimal commas, which would put a whole row into one cell. */
export type Separator = 'comma' | 'semicolon';

// At the start of a cell, or of what another separator would make one: blanks, quotes and what is not seen before it do not
// help, nor do the wide and small forms of the signs.
const FORMULA =
  /((?:^|[,;|\t\r\n])[\s"'\p{C}\p{Default_Ignorable_Code_Point}]*)([=+\-@\uff0b\uff0d\uff1d\uff20\ufe62\ufe63\ufe66\ufe6b])/gu;
const QUOTED = /[",;|\t\r\n]|^\s|\s$/;

/** Numbers stay numbers; only text is escaped. */
export function toCsv({ columns, rows }: Table, separator: Separator = 'comma'): string {
  const mark = separator === 'semicolon' ? ';' : ',';
  const lines = [columns, ...rows].map((row) => row.map((value) => cell(value, separator)).join(mark));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

export function toRecords({ columns, rows }: Table): Record<string, Cell>[] {
  return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i] ?? null])));
}

function cell(value: Cell, separator: Separator): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return separator === 'semicolon' ? String(value).replace('.', ',') : String(value);
  if (typeof value !== 'string') return String(value);
  const safe = guarded(value);
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** An apostrophe before what a spreadsheet would run: it shows the text instead. */
export const guarded = (text: string): string => text.replace(FORMULA, "$1'$2");
