// Stands in for the `table` package inside danfojs: rows of cells as aligned text.

/** Columns of numbers stand right, others left; a cell is cut at 24 characters. */
export function table(rows: readonly (readonly unknown[])[]): string {
  const cells = rows.map((row) => row.map(cellText));
  const widths: number[] = [];
  for (const row of cells) {
    for (let c = 0; c < row.length; c++) widths[c] = Math.max(widths[c] ?? 0, row[c]!.length);
  }
  const numbers = widths.map((_, c) => rows.slice(1).every((row) => typeof row[c] === 'number'));
  const lines = cells.map((row) =>
    row
      .map((cell, c) => (numbers[c] ? cell.padStart(widths[c]!) : cell.padEnd(widths[c]!)))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

function cellText(value: unknown): string {
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Number(value.toPrecision(6)));
  const text = String(value);
  return text.length > 24 ? `${text.slice(0, 23)}…` : text;
}
