// Formats numbers, durations and times the same way on every screen, as the language of the page writes them.
import { t } from '#app/_strings/strings.ts';
import { plainDecimals } from '#session-core/sentences/numbers.ts';

export const MINUS = '−';
/** In place of a value that there is none of. */
export const ABSENT = '–';

/** Making a format takes longer than using it. */
const formats = new Map<string, Intl.NumberFormat>();
export function formatOf(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${t.locale} ${JSON.stringify(options)}`;
  const format = formats.get(key) ?? new Intl.NumberFormat(t.locale, options);
  formats.set(key, format);
  return format;
}

/** With so many decimals. */
export function decimalText(value: number, decimals: number): string {
  const plain = plainDecimals(value, decimals, t.decimalMark);
  if (plain !== null) return plain.replace('-', MINUS);
  return formatOf({ minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    .format(value)
    .replace('-', MINUS);
}

/** A metric's value: three decimals, fewer where it is large. */
export function metricText(value: number): string {
  return Math.abs(value) < 100
    ? decimalText(value, 3)
    : formatOf({ maximumSignificantDigits: 4 }).format(value).replace('-', MINUS);
}

/** With its sign: "−0.170", "+0.004", "±0". */
export function changeText(change: number): string {
  if (Math.abs(change) < 0.0005) return '±0';
  return `${change > 0 ? '+' : MINUS}${metricText(Math.abs(change))}`;
}

/** "0.6 s", "24 ms", "1 min 5 s": the symbols are the same in every language. */
export function spanText(ms: number): string {
  if (ms < 100) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${decimalText(ms / 1000, ms < 9_950 ? 1 : 0)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

/** "4:05" */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** By locale: making one takes longer than all its uses on a page. */
const clocks = new Map<string, Intl.DateTimeFormat>();

/** "14:32", in the reader's own time. */
export function timeText(at: number): string {
  const clock = clocks.get(t.locale) ?? new Intl.DateTimeFormat(t.locale, { hour: '2-digit', minute: '2-digit' });
  clocks.set(t.locale, clock);
  return clock.format(at);
}
