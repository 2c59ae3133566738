// Code in which nothing is invisible, and that everybody holds as the same characters.
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { hunkSchema } from '#session-core/model/client-commands.ts';
import { codePieces, hiddenIn, isCodable, mixedIn, plainCode } from '#session-core/util/code-text.ts';
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
    ['\u034f', 'U+034F'],
    ['\u2065', 'U+2065'],
    ['\ufff0', 'U+FFF0'],
    ['\u{e0000}', 'U+E0000'],
    ['\u{e0080}', 'U+E0080'],
    ['\u{1d159}', 'U+1D159'],
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

  it.each(['x1\ufe0f', '1\ufe0fx', '\u{1f44d}\u200d', '\u{1f44d}\u200dx'])('[T15] %j hides something', (text) => {
    expect(hiddenIn([text])).toHaveLength(1);
  });

  it('[T15] names that mix Latin letters with ones of another script that look like them', () => {
    expect(mixedIn(['const d\u0430ta = \uff41b; // \u0430 \u0441\u0443\u0445\u043e', 'd\u0430ta.x_\u03bf'])).toEqual([
      'd\u0430ta: U+0430',
      '\uff41b: U+FF41',
      'x_\u03bf: U+03BF',
    ]);
    expect(mixedIn(['const größe = Δx + σ2 * rate_α + μ_1;', '// данные', 'naïve', '名前1'])).toEqual([]);
  });

  it('[T15] names of other forms of Latin letters, of rare scripts, and with accents apart', () => {
    const words = [
      '\ufb01t',
      'cla\u017fs',
      '\u2170d',
      '\u210eeight',
      'l\u0456ne',
      '\u13aage',
      'co\ua4eee',
      'cafe\u0301',
      'r\u00eas\u0301',
    ];
    for (const word of words) expect(mixedIn([`const ${word} = 1;`]), word).toHaveLength(1);
    expect(mixedIn(['const cafe\u0301 = caf\u00e9;'])).toEqual(['cafe\u0301: U+0301']);
    expect(
      mixedIn([
        'caf\u00e9 Stra\u00dfe \u0153uvre \u00e5ngstr\u00f6m \u0141\u00f3d\u017a \u0130stanbul na\u00efve x\u0304',
      ]),
    ).toEqual([]);
  });

  it('[T15] what can be seen stays as it is, emoji too', () => {
    const seen = '\tconst größe = "你好 ❤️ 👩🏽‍🚀 1️⃣ שלום"; // ok';
    expect(codePieces(seen)).toEqual([{ text: seen, hidden: false }]);
    expect(codePieces('')).toEqual([{ text: '', hidden: false }]);
  });
});
