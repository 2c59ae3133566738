import { expect, it } from 'vitest';
import { cleanText } from '#session-core/text/clean-text.ts';

// Two choices of a question that look the same would share its answers out.
it.each(['\u034f', '\ufe0f', '\ufe00', '\u{e0100}', '\u17b4', '\u180b', '\u2065', '\ufffe', '\u{1ffff}', '\u{1d159}'])(
  '%j behind a word leaves the word',
  (unseen) => expect(cleanText(`1yes${unseen}`)).toBe('1yes'),
);

it.each(['❤\ufe0f', '1\ufe0f\u20e3', '葛\u{e0100}', 'می\u200cخواهم', '🕵🏻\u200d♂\ufe0f'])('%s stays', (text) =>
  expect(cleanText(text)).toBe(text),
);
