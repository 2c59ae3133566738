// Text inside HTML and SVG. Invariant: whatever a participant wrote is text there, in an element or in an attribute.

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Without signs that XML cannot hold. */
export const escaped = (text: string): string =>
  text.replaceAll(/[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu, '\uFFFD').replaceAll(/[&<>"']/g, (sign) => NAMED[sign]!);

/** Data for a script in a page: nothing in it ends the element or begins a comment. */
export const scriptData = (value: unknown): string =>
  JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
