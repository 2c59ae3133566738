// Fields within single quotes, as MySQL, WEKA and Python's csv write them where somebody asks for it.
// Invariant: read so only where it fits throughout: each field that begins with a single quote ends with one, no field begins
// with a double quote, and something more speaks for it. A quote inside a word stays one.

export interface SingleQuotes {
  /** With double quotes in their place. */
  readonly text: string;
  /** More than a word here and there is within them: the header, a whole column, or one that is no field without them. */
  readonly meant: boolean;
}

const [SINGLE, DOUBLE, LF, CR, SPACE, BACKSLASH] = [39, 34, 10, 13, 32, 92];

const FIELD = /(^|[,;|\t]) *'(?:[^']|'')*' *(?=[,;|\t]|\r?$)/gm;

/** The text with a letter in place of each of these fields, so that what is in them is not taken for a delimiter. */
export const plainFields = (text: string): string => text.replace(FIELD, '$1x');

/** null: there are none, or some field begins with a single quote and does not end with one. */
export function readSingleQuotes(text: string, delimiter: string): SingleQuotes | null {
  if (!/(?:^|[,;|\t\n] *)'/.test(text)) return null;
  const parts: string[] = [];
  const split = delimiter.charCodeAt(0);
  const endsAt = (at: number) => {
    const code = text.charCodeAt(at);
    return at >= text.length || code === split || code === LF || (code === CR && text.charCodeAt(at + 1) === LF);
  };
  const inHeader = { quoted: 0, all: 0 };
  const columns: { quoted: number; all: number }[] = [];
  let [kept, column, isHeader, needed] = [0, 0, true, false];
  for (let at = 0; at < text.length; at++) {
    let from = at;
    while (text.charCodeAt(from) === SPACE) from++;
    if (text.charCodeAt(from) === DOUBLE) return null;
    columns[column] ??= { quoted: 0, all: 0 };
    const counts = isHeader ? inHeader : columns[column]!;
    if (text.charCodeAt(from) === SINGLE) {
      const close = closing(text, from, endsAt);
      if (close === null) return null;
      const word = text.slice(from + 1, close.quote);
      needed ||= word.includes("''") || word.includes(delimiter) || word.includes('\n');
      const plain = word.replaceAll("''", "'").replaceAll("\\'", "'");
      parts.push(text.slice(kept, at), '"', plain.replaceAll('"', '""'), '"');
      counts.quoted++;
      counts.all++;
      at = close.end;
      kept = at;
    } else {
      while (!endsAt(at)) at++;
      if (at > from) counts.all++;
    }
    if (text.charCodeAt(at) === CR) at++;
    const isLast = text.charCodeAt(at) === LF;
    if (isLast) isHeader = false;
    column = isLast ? 0 : column + 1;
  }
  parts.push(text.slice(kept));
  const all = [inHeader, ...columns].filter((each) => each.quoted > 0);
  return all.length === 0
    ? null
    : { text: parts.join(''), meant: needed || all.some((each) => each.quoted === each.all) };
}

/** The quote that ends the field opened at `from`, and where the field ends: blanks may follow the quote. */
function closing(
  text: string,
  from: number,
  endsAt: (at: number) => boolean,
): { readonly quote: number; readonly end: number } | null {
  for (let quote = text.indexOf("'", from + 1); quote >= 0; quote = text.indexOf("'", quote + 1)) {
    if (text.charCodeAt(quote + 1) === SINGLE) {
      quote++;
      continue;
    }
    let end = quote + 1;
    while (text.charCodeAt(end) === SPACE) end++;
    if (endsAt(end)) return { quote, end };
    if (text.charCodeAt(quote - 1) !== BACKSLASH) return null;
  }
  return null;
}
