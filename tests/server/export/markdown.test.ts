// What people write is text in Markdown, whichever program shows it.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { codeBlock, plainMarkdown } from '#server/export/markdown.ts';

it('names no address that GitHub would make a link of', () => {
  expect(plainMarkdown('www.example.org, WWW.example.org and https://example.org')).toBe(
    'www&#46;example.org, WWW&#46;example.org and https&#58;//example.org',
  );
});

it('writes nothing into Markdown that a program that knows no backslash before it acts on', () => {
  // As nbconvert does with "<": it shows the backslash, and the element.
  expect(plainMarkdown('<img src=x> & $x$ ~~a~~ | {{7*7}}')).toBe(
    '&#60;img src=x&#62; &#38; &#36;x&#36; &#126;&#126;a&#126;&#126; &#124; &#123;&#123;7\\*7&#125;&#125;',
  );
  expect(['--- a', '- a', '+ a', '1. a', '23) a', '# a'].map(plainMarkdown)).toEqual([
    '\\--- a',
    '\\- a',
    '\\+ a',
    '1\\. a',
    '23\\) a',
    '\\# a',
  ]);
});

it('escapes any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(plainMarkdown(text)).not.toMatch(/[<>|~$@:{}]|&(?!#\d+;)|(?<!\\)(?:\\\\)*[[\]`]|\n/);
      const [fence = ''] = codeBlock(text, '').split('\n');
      expect(text).not.toContain(fence);
    }),
  );
});
