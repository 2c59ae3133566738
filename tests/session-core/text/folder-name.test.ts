// The folder of a clone, by the title that somebody chose.
import { expect, it } from 'vitest';
import { folderNameOf } from '#session-core/text/folder-name.ts';

it.each([
  ['Über Bäume, mehr!', 'uber-baume-mehr'],
  ['../../Evil', 'evil'],
  ['  --force', 'force'],
  ['学生', 'session'],
  ['', 'session'],
  [`${'a'.repeat(39)} b`, 'a'.repeat(39)],
  [`- ${'a'.repeat(60)}`, 'a'.repeat(40)],
])('of %j is %s', (title, name) => expect(folderNameOf(title)).toBe(name));
