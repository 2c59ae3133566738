// Every text of the pages is the only child of its element, so that it can change after a browser has translated it.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { textsBesideOthers } from './texts-beside-others.ts';

const pages = readdirSync('app', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx'));

it.each([
  ['<p>{text}</p>', []],
  ['<p><b>{text}</b> <i>{other}</i></p>', []],
  ['<p>{left} <b>x</b></p>', ['{left}']],
  ['<p>{count} left</p>', ['{count}', ' left']],
  ['<p>{on ? <b>x</b> : text}<i /></p>', ['{on ? <b>x</b> : text}']],
  ['<p>{on ? <b>x</b> : null}<i /></p>', []],
  ['<Button><Icon /> {t.send}</Button>', ['{t.send}']],
  ['<>{text}</>', ['{text}']],
  ['<code translate="no">{text} <b>x</b></code>', []],
  ['<ul>{list.map((one) => <li key={one}>{one}</li>)}<li /></ul>', []],
])('finds the texts beside others in %s', (jsx, texts) => {
  expect(textsBesideOthers(`const page = ${jsx};`).map(({ text }) => text)).toEqual(texts);
});

it('there is none on the pages', () => {
  expect(pages.length).toBeGreaterThan(60);
  const found = pages.flatMap((file) =>
    textsBesideOthers(readFileSync(`app/${file}`, 'utf8')).map(({ line, text }) => `app/${file}:${line} ${text}`),
  );
  expect(found, 'put each into an element of its own, such as <span>').toEqual([]);
});
