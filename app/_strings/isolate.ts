// A name or sentence of the crowd before words of ours: whatever its direction, it does not turn ours around. At the
// end of a sentence it can do no harm and needs no marks, which would stand in the way of who searches the page.

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_DIRECTIONAL_ISOLATE = '\u2069';

export const isolate = (text: string): string => `${FIRST_STRONG_ISOLATE}${text}${POP_DIRECTIONAL_ISOLATE}`;
