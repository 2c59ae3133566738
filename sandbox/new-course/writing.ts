// Texts of a table inside the files of a course: nothing that a header or a cell says ends a string or a comment.
import { cleanText } from '../data/column-names.ts';

/** A text in YAML, in JSON and in TypeScript. */
export const quoted = (text: string): string =>
  JSON.stringify(text).replace(
    /[\u0080-\u009f\u2028\u2029\ufeff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** The rest of a line behind `#` or `//`. */
export const commented = (text: string, most = 60): string => {
  const clean = cleanText(text);
  const letters = Array.from(clean);
  return letters.length <= most ? clean : `${letters.slice(0, most - 1).join('')}…`;
};

/** A text in TypeScript in single quotes, as the rest of the code has it. */
export const literal = (text: string): string =>
  text.includes("'") || text.includes('\\') ? quoted(text) : `'${quoted(text).slice(1, -1).replaceAll('\\"', '"')}'`;
