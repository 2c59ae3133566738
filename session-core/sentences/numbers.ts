// Counts and numbers in sentences, as each language writes them.
// Invariant: as `Intl` writes them, but the numbers of a first view without it: its first format holds up a slow phone by a
// tenth of a second. Formats are made when they are first used.

/** From here on digits come in groups. */
const GROUPS = 1_000;

/** Beyond so many, digits would not fit into a number. */
const MOST_DECIMALS = 9;

/**
 * With so many decimals; null where that takes a format. The digits that a number is written with are rounded, as `Intl`
 * does (1.2345 to 1.235), not the binary number behind them, as `toFixed` does. @param mark between whole and decimals
 */
export function plainDecimals(value: number, decimals: number, mark: string): string | null {
  const size = Math.abs(value);
  const [whole = '', part = '', ...rest] = String(size).split(/[.e]/);
  // What is written with an exponent is not plain, nor is what is no number.
  if (!(size < GROUPS - 1) || rest.length > 0 || /\D/.test(whole + part) || decimals > MOST_DECIMALS) return null;
  const kept = Number(whole + part.slice(0, decimals).padEnd(decimals, '0'));
  const digits = String(kept + (Number(part[decimals] ?? 0) >= 5 ? 1 : 0)).padStart(decimals + 1, '0');
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const at = digits.length - decimals;
  return `${sign}${digits.slice(0, at)}${decimals > 0 ? mark : ''}${digits.slice(at)}`;
}

const later = (locale: string, options?: Intl.NumberFormatOptions) => {
  let format: Intl.NumberFormat | undefined;
  return (value: number): string => {
    format ??= new Intl.NumberFormat(locale, options);
    return format.format(value);
  };
};

/** "1 vote", "2 votes": the word for a number. French counts nothing and one-and-a-half as one. */
export function pluralIn(locale: string) {
  const rules = new Intl.PluralRules(locale);
  return (n: number, one: string, more: string): string => (rules.select(n) === 'one' ? one : more);
}

/** The same with the number before it: "1,200 votes". */
export function countIn(locale: string) {
  const plural = pluralIn(locale);
  const long = later(locale);
  const number = (n: number): string => (Number.isInteger(n) && n > 0 && n < GROUPS ? String(n) : long(n));
  return (n: number, one: string, more: string): string => `${number(n)} ${plural(n, one, more)}`;
}

/** Values of measures in a sentence: four significant digits, or a change with its sign. @param mark as for `plainDecimals` */
export function valuesIn(locale: string, mark: string) {
  const short = later(locale, { maximumSignificantDigits: 4, useGrouping: false });
  const three = later(locale, { maximumSignificantDigits: 3, useGrouping: false });
  const change = later(locale, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
  return {
    short,
    /** A value of a table or of a param. */
    valueText: (value: number | string): string => (typeof value === 'number' ? short(value) : value),
    signed: (value: number): string =>
      `${value < 0 ? '−' : '+'}${plainDecimals(Math.abs(value), 3, mark) ?? change(Math.abs(value))}`,
    seconds: (ms: number): string => `${three(ms / 1000)} s`,
  };
}
