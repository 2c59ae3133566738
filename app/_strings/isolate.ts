// Wraps text written by participants in Unicode isolates when it comes before our own words, so that a name or
// sentence in a right-to-left script does not reorder ours. Text at the end of a sentence does not need it, and
// invisible characters there would break searching the page.

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_DIRECTIONAL_ISOLATE = '\u2069';

export const isolate = (text: string): string => `${FIRST_STRONG_ISOLATE}${text}${POP_DIRECTIONAL_ISOLATE}`;
