// Counts and numbers in sentences, as each language writes them.

/** "1 vote", "2 votes": the word for a number. French counts nothing and one-and-a-half as one. */
export function pluralIn(locale: string) {
  const rules = new Intl.PluralRules(locale);
  return (n: number, one: string, more: string): string => (rules.select(n) === 'one' ? one : more);
}

/** The same with the number before it: "1,200 votes". */
export function countIn(locale: string) {
  const plural = pluralIn(locale);
  const numbers = new Intl.NumberFormat(locale);
  return (n: number, one: string, more: string): string => `${numbers.format(n)} ${plural(n, one, more)}`;
}

/** Values of measures in a sentence: four significant digits, or a change with its sign. */
export function valuesIn(locale: string) {
  const four = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4, useGrouping: false });
  const three = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3, useGrouping: false });
  const change = new Intl.NumberFormat(locale, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
  const short = (value: number): string => four.format(value);
  return {
    short,
    /** A value of a table or of a param. */
    valueText: (value: number | string): string => (typeof value === 'number' ? short(value) : value),
    signed: (value: number): string => `${value < 0 ? '−' : '+'}${change.format(Math.abs(value))}`,
    seconds: (ms: number): string => `${three.format(ms / 1000)} s`,
  };
}
