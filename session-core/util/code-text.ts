// Characters of code: which ones a text of the workspace cannot hold, and which ones nobody would see.
// Invariant: what is kept is well-formed Unicode in lines that end with \n; what is invisible is shown as its number.

// Half of a pair is not encodable in UTF-8; separators end a line for JavaScript and for some editors only.
const UNCODABLE = /[\r\0\u2028\u2029\p{Cs}]/u;
const LINE_ENDS = /\r\n?|[\u2028\u2029]/g;

/** What the code of a workspace holds of this text: lines end with \n, no NUL, halves of pairs as U+FFFD. */
export const plainCode = (text: string): string =>
  UNCODABLE.test(text) ? text.replace(LINE_ENDS, '\n').replaceAll('\0', '').toWellFormed() : text;

export const isCodable = (text: string): boolean => !UNCODABLE.test(text);

// Controls, formats (bidirectional overrides, zero-width, tags), private use, and whatever else a font may leave out. A
// joiner belongs to the two emoji beside it; a variation selector to the emoji before it, or to the digit of a keycap:
// behind another digit, or a letter, it would make another name of the same look.
const HIDDEN =
  /(?<!\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?)\u200d|\u200d(?!\p{Extended_Pictographic})|(?<!\p{Extended_Pictographic}|[#*0-9](?=.\u20e3))[\ufe00-\ufe0f]|(?!\t|\n|\u200d|[\ufe00-\ufe0f])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800\u{1d159}]/gu;

/** A name in which a Latin letter is next to one of another script that looks like a Latin one, such as a Cyrillic a. */
const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;
const LOOK_ALIKE =
  /[аеорсухіѕјԁһӏԛԝьАВЕЅІЈКМНОРСТУХѴοϲΑΒΕΖΗΙΚΜΝΟΡΤΥΧոսօցհզԍᴄᴏᴠᴡᴢ\u{ff21}-\u{ff3a}\u{ff41}-\u{ff5a}\u{1d400}-\u{1d6a3}]/u;

/** Scripts that few people write and whose letters mostly look like Latin ones. */
const RARE =
  /[\p{Script=Cherokee}\p{Script=Lisu}\p{Script=Coptic}\p{Script=Deseret}\p{Script=Osage}\p{Script=Gothic}\p{Script=Old_Italic}\p{Script=Lydian}\p{Script=Lycian}\p{Script=Carian}\p{Script=Vai}\p{Script=Bamum}\p{Script=Warang_Citi}\p{Script=Tifinagh}\p{Script=Canadian_Aboriginal}]/u;
/** Another form of Latin letters, such as a ligature, a Roman number or a long s: another name to JavaScript. */
const isOtherForm = (letter: string): boolean =>
  letter > '\u007f' && /^[A-Za-z]+$/.test(letter.normalize('NFKC').replace(/\u017f/g, 's'));
const misleads = (letter: string): boolean => LOOK_ALIKE.test(letter) || RARE.test(letter) || isOtherForm(letter);

/** The letters of a name that make it look like another one. */
function misleading(word: string): readonly string[] {
  if (!/[A-Za-z]/.test(word)) return [];
  const letters = [...word];
  const found = letters.filter(misleads);
  // An accent by itself behind its letter is another name than the letter that has it.
  const apart = word === word.normalize('NFC') ? [] : letters.filter((letter) => /\p{M}/u.test(letter));
  return [...found, ...apart];
}

/** The names in these lines that look like others, each once, with the numbers of the letters that mislead. */
export const mixedIn = (lines: readonly string[]): readonly string[] => [
  ...new Set(
    lines
      .flatMap((line) => line.match(WORD) ?? [])
      .map((word) => [word, misleading(word)] as const)
      .filter(([, letters]) => letters.length > 0)
      .map(([word, letters]) => `${word}: ${letters.map(numberOf).join(', ')}`),
  ),
];

const numberOf = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;

export interface CodePiece {
  readonly text: string;
  /** The text is the number of a character that would not be seen, such as U+202E. */
  readonly hidden: boolean;
}

/** A text in pieces, with each character that would not be seen as its number. */
export function codePieces(text: string): readonly CodePiece[] {
  const pieces: CodePiece[] = [];
  let done = 0;
  for (const { 0: character, index } of text.matchAll(HIDDEN)) {
    if (index > done) pieces.push({ text: text.slice(done, index), hidden: false });
    pieces.push({ text: numberOf(character), hidden: true });
    done = index + character.length;
  }
  if (done < text.length || pieces.length === 0) pieces.push({ text: text.slice(done), hidden: false });
  return pieces;
}

/** Numbers of the characters that would not be seen in these lines, each once. */
export const hiddenIn = (lines: readonly string[]): readonly string[] => [
  ...new Set(lines.flatMap((line) => codePieces(line).flatMap(({ text, hidden }) => (hidden ? [text] : [])))),
];
