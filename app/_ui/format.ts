// Formats numbers, durations and times the same way on every screen.
import { t } from '#app/_strings/strings.ts';

const three = new Intl.NumberFormat(t.locale, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
const whole = new Intl.NumberFormat(t.locale, { maximumSignificantDigits: 4 });
const MINUS = '−';

/** A metric's value: three decimals, fewer where it is large. */
export function metricText(value: number): string {
  return (Math.abs(value) < 100 ? three.format(value) : whole.format(value)).replace('-', MINUS);
}

/** A share as "78 %", with a decimal where it is small: "0.4 %". */
export function percentText(share: number): string {
  const percent = 100 * share;
  return `${percent > 0 && percent < 1 ? percent.toFixed(1) : Math.round(percent)} %`;
}

/** With its sign: "−0.170", "+0.004", "±0". */
export function changeText(change: number): string {
  if (Math.abs(change) < 0.0005) return '±0';
  return `${change > 0 ? '+' : MINUS}${metricText(Math.abs(change))}`;
}

/** "0.6 s", "24 ms", "1 min 5 s". */
export function spanText(ms: number): string {
  if (ms < 100) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 9_950 ? 1 : 0)} s`;
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

/** "14:32", in the reader's own time. */
export function timeText(at: number): string {
  return new Date(at).toLocaleTimeString(t.locale, { hour: '2-digit', minute: '2-digit' });
}
