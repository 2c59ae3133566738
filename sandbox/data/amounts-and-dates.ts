// Columns whose words mean numbers: amounts with a currency or a percent sign, with separated thousands; and dates, which
// become days since the first of them.
// Invariant: a column is read so only where nearly every cell can be; what cannot is counted, and the first is named.

export interface ReadWords {
  /** Word -> its number; null: it is none and counts as missing. */
  readonly numbers: ReadonlyMap<string, number | null>;
  /** '' where there is none. */
  readonly unit: string;
}

/** Below this share of readable cells the words are words. */
const NEARLY_ALL = 0.95;

const UNITS = '[€$£¥₹%]|EUR|USD|GBP|CHF|JPY|INR';
const AMOUNT = new RegExp(`^([+-]?)\\s*(${UNITS})?\\s*([+-]?\\s*\\d[\\d.,' ]*)\\s*(${UNITS})?$`);

/** As a keyboard has it: the minus of typesetters, the apostrophe of Switzerland, narrow spaces; (5) of bookkeepers is -5. */
const typed = (word: string): string =>
  word
    .replaceAll('\u2212', '-')
    .replaceAll('\u2019', "'")
    .replace(/[\u00a0\u2009\u202f]/g, ' ')
    .replace(/^\((.*\d.*)\)$/, '-$1');
const GROUPED = /^\d{1,3}([.,' ])\d{3}(?:\1\d{3})*(?:[.,]\d+)?$/;
const PLAIN = /^\d+(?:[.,]\d+)?$/;

/** @param counts word -> how many cells hold it @param decimal of the table. null: these are no amounts */
export function readAmounts(counts: ReadonlyMap<string, number>, decimal: '.' | ','): ReadWords | null {
  // A code such as 007, or of more digits than a number keeps, is no number, and neither is any other of its column.
  const isCode = (word: string) =>
    /^0\d|^\d{16,}$/.test(word) && !(word[0] !== '0' && Number.isSafeInteger(Number(word)));
  if ([...counts.keys()].some(isCode)) return null;
  const units = new Set<string>();
  // Beside 1.234.567 a 1.100 is no fraction.
  const points = [...counts.keys()].some((word) => /\d(?:\.\d{3}){2}(?!\d)/.test(word));
  const found = readAll(counts, (word) => {
    const match = AMOUNT.exec(typed(word));
    if (!match) return null;
    const [, sign = '', before = '', digits = '', after = ''] = match;
    // One sign, before the unit or behind it.
    if (sign !== '' && /^[+-]/.test(digits)) return null;
    const plain = sign + digits.replace(/\s+$/, '');
    const value = amountOf(points && /\.\d{3}$/.test(plain) ? plain.replaceAll('.', '') : plain, decimal);
    if (value !== null && (before || after) !== '') units.add(before || after);
    return value;
  });
  return found === null || units.size > 1 ? null : { numbers: found, unit: [...units][0] ?? '' };
}

function amountOf(text: string, decimal: '.' | ','): number | null {
  const digits = text.replace(/^[+-]\s*/, '');
  const sign = text.startsWith('-') ? -1 : 1;
  if (PLAIN.test(digits)) {
    // "1,234" is a thousand where a comma separates thousands, and a fraction where it separates decimals.
    const grouped = decimal === '.' && /^[1-9]\d{0,2},\d{3}$/.test(digits);
    return sign * Number(grouped ? digits.replace(',', '') : digits.replace(',', '.'));
  }
  if (!GROUPED.test(digits)) return null;
  const group = GROUPED.exec(digits)![1]!;
  return sign * Number(digits.replaceAll(group, '').replace(',', '.'));
}

const TIME = '(?:[T ](\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,]\\d+)?)?(?: ?Z| ?[+-]\\d{2}:?\\d{2})?)?';
const YEAR_FIRST = new RegExp(`^(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})${TIME}$`);
const YEAR_LAST = new RegExp(`^(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4})${TIME}$`);

/** Days since the first date. null: these are no dates. */
export function readDates(counts: ReadonlyMap<string, number>): ReadWords | null {
  const words = [...counts.keys()];
  const parts = words.map((word) => YEAR_LAST.exec(word)).filter((match) => match !== null);
  // 31/12 tells which comes first. Where nothing does, it is the day.
  const monthFirst = parts.some((part) => Number(part[3]) > 12) && parts.every((part) => Number(part[1]) <= 12);
  const days = readAll(counts, (word) => dayOf(word, monthFirst));
  if (days === null) return null;
  const first = Math.floor(Math.min(...[...days.values()].filter((day) => day !== null)));
  const since = new Date(first * 86_400_000).toISOString().slice(0, 10);
  const numbers = new Map([...days].map(([word, day]) => [word, day === null ? null : rounded(day - first)]));
  return { numbers, unit: `days since ${since}` };
}

function dayOf(word: string, monthFirst: boolean): number | null {
  const early = YEAR_FIRST.exec(word);
  const late = early ? null : YEAR_LAST.exec(word);
  const match = early ?? late;
  if (!match) return null;
  const [, a, , b, c, hours = '0', minutes = '0', seconds = '0'] = match.map((part) => part ?? undefined);
  const [year, month, day] = (early ? [a, b, c] : monthFirst ? [c, a, b] : [c, b, a]).map(Number);
  const time = Date.UTC(year!, month! - 1, day, Number(hours), Number(minutes), Number(seconds));
  const date = new Date(time);
  const exists = date.getUTCMonth() === month! - 1 && Number(hours) < 24 && Number(minutes) < 60;
  return exists ? time / 86_400_000 : null;
}

/** To the minute: a day has 1440 of them. */
const rounded = (days: number): number => (Number.isInteger(days) ? days : Math.round(days * 10_000) / 10_000);

function readAll(
  counts: ReadonlyMap<string, number>,
  read: (word: string) => number | null,
): Map<string, number | null> | null {
  let [all, readable] = [0, 0];
  const found = new Map<string, number | null>();
  for (const [word, count] of counts) {
    const value = read(word);
    found.set(word, value);
    all += count;
    if (value !== null) readable += count;
  }
  return all > 0 && readable >= all * NEARLY_ALL ? found : null;
}
