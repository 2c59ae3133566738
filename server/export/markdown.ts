// Texts of participants inside Markdown: every sign that means something there is escaped, for whichever program shows it.
// Invariant: what comes out is one line of plain text, whatever came in: no markup, no HTML, no table cell that ends early.

const MEANS_SOMETHING = /[\\`*_[\]#<>&|~$@:{}]/g;
/** Every program takes a backslash before these for what it is; before "<" and others some do not, and would act on them. */
const TAKES_BACKSLASH = /[\\`*_[\]#]/;
/** At the beginning of a line it would make a list or a rule. */
const BEGINS_LIST = /^(\d*)([-+.)])/;

// A ":" or "@" as it is would make a link of an address, and so would the dot of "www.".
export const plainMarkdown = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .replaceAll(MEANS_SOMETHING, (sign) => (TAKES_BACKSLASH.test(sign) ? `\\${sign}` : `&#${sign.charCodeAt(0)};`))
    .replace(BEGINS_LIST, '$1\\$2')
    .replaceAll(/(www)\./gi, '$1&#46;');

/** A code span: with a fence longer than any inside. */
export function codeSpan(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\s]+/gu, ' ');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

/** A code block, likewise. */
export function codeBlock(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`;
}
