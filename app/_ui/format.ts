// Formats numbers, durations and times the same way on every screen, as the language of the page writes them.
import { t } from '#app/_strings/strings.ts';

const MINUS = '−';
/** In place of a value that there is none of. */
export const ABSENT = '–';

/** Making a format takes longer than using it. */
const formats = new Map<string, Intl.NumberFormat>();
function formatOf(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${t.locale} ${JSON.stringify(options)}`;
  const format = formats.get(key) ?? new Intl.NumberFormat(t.locale, options);
  formats.set(key, format);
  return format;
}

/** With so many decimals. */
export function decimalText(value: number, decimals: number): string {
  return formatOf({ minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    .format(value)
    .replace('-', MINUS);
}

/** A number as charts and tables write it: at most four significant digits, large ones grouped. */
export function numberText(value: number): string {
  return formatOf({ maximumSignificantDigits: 4, maximumFractionDigits: 12, useGrouping: Math.abs(value) >= 10_000 })
    .format(value)
    .replace('-', MINUS);
}

/** A number on an axis, by its distance to the next one: 0, 0.5, 1.0 become "0.0", "0.5", "1.0". */
export function tickText(value: number, step: number): string {
  if (Math.abs(value) >= 1e6 || (step > 0 && step < 1e-6)) return numberText(value);
  let decimals = 0;
  while (decimals < 9 && Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) > 1e-6) decimals++;
  return decimalText(value === 0 ? 0 : value, decimals);
}

/** A metric's value: three decimals, fewer where it is large. */
export function metricText(value: number): string {
  return Math.abs(value) < 100
    ? decimalText(value, 3)
    : formatOf({ maximumSignificantDigits: 4 }).format(value).replace('-', MINUS);
}

/** A share as "78 %", with a decimal where it is small: "0.4 %". */
export function percentText(share: number): string {
  const percent = 100 * share;
  return `${decimalText(percent, percent > 0 && percent < 1 ? 1 : 0)} %`;
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

/** "27 November 2026", in the reader's own time. */
export function dateText(at: number): string {
  return new Date(at).toLocaleDateString(t.locale, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** By locale: making one takes longer than all its uses on a page. */
const clocks = new Map<string, Intl.DateTimeFormat>();

/** "14:32", in the reader's own time. */
export function timeText(at: number): string {
  const clock = clocks.get(t.locale) ?? new Intl.DateTimeFormat(t.locale, { hour: '2-digit', minute: '2-digit' });
  clocks.set(t.locale, clock);
  return clock.format(at);
}
