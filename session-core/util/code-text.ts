// Characters of code: which ones a text of the workspace cannot hold, and which ones nobody would see.
// Invariant: what is kept is well-formed Unicode in lines that end with \n; what is invisible is shown as its number.

// Half of a pair is not encodable in UTF-8; separators end a line for JavaScript and for some editors only.
const UNCODABLE = /[\r\0\u2028\u2029\p{Cs}]/u;
const LINE_ENDS = /\r\n?|[\u2028\u2029]/g;

/** What the code of a workspace holds of this text: lines end with \n, no NUL, halves of pairs as U+FFFD. */
export const plainCode = (text: string): string =>
  UNCODABLE.test(text) ? text.replace(LINE_ENDS, '\n').replaceAll('\0', '').toWellFormed() : text;

export const isCodable = (text: string): boolean => !UNCODABLE.test(text);

// Controls, formats (bidirectional overrides, zero-width, tags), private use, and letters that look like nothing; a joiner
// or a variation selector belongs to the emoji before it.
const HIDDEN =
  /(?<!\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?)\u200d|(?<![\p{Extended_Pictographic}#*0-9])[\ufe00-\ufe0f]|(?![\t\n\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u115f\u1160\u2028\u2029\u2800\u3164\uffa0]|[\u{e0100}-\u{e01ef}]|[\u180b-\u180f]|\u17b4|\u17b5|\u034f/gu;

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
    const number = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    pieces.push({ text: `U+${number}`, hidden: true });
    done = index + character.length;
  }
  if (done < text.length || pieces.length === 0) pieces.push({ text: text.slice(done), hidden: false });
  return pieces;
}

/** Numbers of the characters that would not be seen in these lines, each once. */
export const hiddenIn = (lines: readonly string[]): readonly string[] => [
  ...new Set(lines.flatMap((line) => codePieces(line).flatMap(({ text, hidden }) => (hidden ? [text] : [])))),
];
