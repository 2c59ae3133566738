// Numbers of charts and tables, and dates: what no page shows at first, so that a phone loads it later (see page-weight).
import { t } from '#app/_strings/strings.ts';
import { decimalText, formatOf, MINUS } from './format.ts';

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

/** A share as "78 %", with a decimal where it is small: "0.4 %". */
export function percentText(share: number): string {
  const percent = 100 * share;
  return `${decimalText(percent, percent > 0 && percent < 1 ? 1 : 0)} %`;
}

/** "27 November 2026", in the reader's own time. */
export function dateText(at: number): string {
  return new Date(at).toLocaleDateString(t.locale, { day: 'numeric', month: 'long', year: 'numeric' });
}
