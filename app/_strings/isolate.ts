// A name or sentence of the crowd inside of a sentence of ours: whatever its direction, it does not turn ours around.
// RUNS IN browser | server

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_DIRECTIONAL_ISOLATE = '\u2069';

export const isolate = (text: string): string => `${FIRST_STRONG_ISOLATE}${text}${POP_DIRECTIONAL_ISOLATE}`;
