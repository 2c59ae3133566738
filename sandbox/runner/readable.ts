// What code wrote, as people may read it: line ends and tabs stay, what could steer a terminal or turn the reading direction
// around does not. Invariant: well-formed, though half of a pair was written, or a text was cut between the two.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

export const readable = (text: string): string => text.replaceAll(STEERING, '\uFFFD').toWellFormed();
