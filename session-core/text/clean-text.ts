// Cleans text that participants typed: plain text on one line, whole characters, nothing invisible.
// Invariant: cleaning is idempotent and never makes text longer than its NFC form; lengths count code points.

/** The most combining marks on one character: enough for Vietnamese, Thai and pointed Hebrew. */
const MARKS = 3;

// Line and paragraph ends and tabs become spaces; all other control characters go.
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
// Bidirectional overrides, soft hyphens, zero-width spaces, tags, private use and the like: \p{Cc}, \p{Cf}, \p{Co}, and all
// that a font may leave out; less the two joiners, which Persian and emoji need. A variation selector belongs to the emoji or
// the keycap before it, or to a letter of the two scripts that have such forms: behind others it makes two texts of one look.
const INVISIBLE = new RegExp(
  [
    '(?![\\u200c\\u200d])[\\p{Cc}\\p{Cf}\\p{Co}\\p{Noncharacter_Code_Point}]',
    '(?<!\\p{Extended_Pictographic}|[#*0-9](?=.\\u20e3))[\\ufe00-\\ufe0f]',
    '(?<!\\p{Script=Han})[\\u{e0100}-\\u{e01ef}]',
    '(?<!\\p{Script=Mongolian})[\\u180b-\\u180d\\u180f]',
    '(?![\\u200c\\u200d\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}\\u180b-\\u180d\\u180f])\\p{Default_Ignorable_Code_Point}',
  ].join('|'),
  'gu',
);
// A joiner is kept once, between two visible characters.
const LOOSE_JOINERS = /(?<=[\u200c\u200d]|\s|^)[\u200c\u200d]+|[\u200c\u200d]+(?=\s|$)/gu;
// Hangul fillers, the Braille blank and the note without a head look like nothing.
const BLANKS = /[\u115f\u1160\u2800\u3164\uffa0\u{1d159}]/gu;
const STACKED = new RegExp(`(\\p{M}{${MARKS}})\\p{M}+`, 'gu');
const LONE_MARKS = /(?<=^|\s)\p{M}+/gu;

const once = (text: string): string =>
  text
    .normalize('NFC')
    .replace(BREAKS, ' ')
    .replace(BLANKS, ' ')
    .replace(INVISIBLE, '')
    .replace(STACKED, '$1')
    .replace(LOOSE_JOINERS, '')
    .replace(LONE_MARKS, '')
    .replace(/\s+/gu, ' ')
    .trim();

/** Trimmed, NFC, on one line, without control, zero-width and stacked characters. Lone surrogates become U+FFFD. */
export function cleanText(raw: string): string {
  let text = raw.toWellFormed();
  // Taking one character out may bring two together that compose; a few rounds settle it.
  for (;;) {
    const next = once(text);
    if (next === text) return text;
    text = next;
  }
}

/** Code points, as people count letters more or less; emoji sequences count more than once. */
export const lengthOf = (text: string): number => [...text].length;

/** The first `most` code points. */
export const clip = (text: string, most: number): string => [...text].slice(0, most).join('');
