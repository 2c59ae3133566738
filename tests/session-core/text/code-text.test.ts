// Code in which nothing is invisible, and that everybody holds as the same characters.
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { hunkSchema } from '#session-core/model/client-commands.ts';
import { codePieces, hiddenIn, isCodable, plainCode } from '#session-core/util/code-text.ts';
import { anyText } from '#tests/support/any-text.ts';

describe('the code of a workspace', () => {
  it('[T15] has whole characters and one kind of line end', () => {
    expect(plainCode('a\r\nb\rc\u2028d\u2029e\0f\ud800g\udc00')).toBe('a\nb\nc\nd\nef\ufffdg\ufffd');
    fc.assert(
      fc.property(anyText(40), (text) => {
        const plain = plainCode(text);
        expect(isCodable(plain)).toBe(true);
        expect(plainCode(plain)).toBe(plain);
        expect(Buffer.from(plain).toString()).toBe(plain);
        if (isCodable(text)) expect(plain).toBe(text);
      }),
    );
  });

  it.each(['\0', '\r', '\n', '\u2028', '\u2029', '\ud800', '\udc00x'])('[T15] a patch cannot add %j', (bad) => {
    const hunk = (added: string) => ({ fromLine: 1, removed: [], added: [added] });
    expect(v.is(hunkSchema, hunk(`a${bad}b`))).toBe(false);
    expect(v.is(hunkSchema, hunk('a\ud83d\ude00b'))).toBe(true);
  });

  it.each([
    ['\u202e', 'U+202E'],
    ['\u2066', 'U+2066'],
    ['\u200b', 'U+200B'],
    ['\u200d', 'U+200D'],
    ['\ufeff', 'U+FEFF'],
    ['\u00ad', 'U+00AD'],
    ['\u061c', 'U+061C'],
    ['\u3164', 'U+3164'],
    ['\ufe0f', 'U+FE0F'],
    ['\u{e0041}', 'U+E0041'],
    ['\u{e0101}', 'U+E0101'],
    ['\ue000', 'U+E000'],
    ['\u0007', 'U+0007'],
    ['\u0085', 'U+0085'],
  ])('[T15] %j is shown as its number', (character, number) => {
    expect(codePieces(`a${character}b`)).toEqual([
      { text: 'a', hidden: false },
      { text: number, hidden: true },
      { text: 'b', hidden: false },
    ]);
    expect(hiddenIn([character + character, `x${character}`])).toEqual([number]);
  });

  it('[T15] what can be seen stays as it is, emoji too', () => {
    const seen = '\tconst größe = "你好 ❤️ 👩🏽‍🚀 1️⃣ שלום"; // ok';
    expect(codePieces(seen)).toEqual([{ text: seen, hidden: false }]);
    expect(codePieces('')).toEqual([{ text: '', hidden: false }]);
  });
});
