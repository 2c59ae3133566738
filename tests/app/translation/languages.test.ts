// Every sentence is there in every language, is not English by oversight, and loses none of the values in it. That keys
// and arguments are the same, the types say (app/_strings/types.ts).
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readsAtLoad } from './module-level.ts';
import { SAME } from './same-as-english.ts';
import { sentencesOf } from './sentences-of.ts';

/** Each has a folder a language. */
const FOLDERS = ['app/_strings', 'session-core/sentences'] as const;
const LANGUAGES = ['de', 'fr'] as const;
/** Names of a sentence's helpers, and of what English needs to say a value. */
const HELPERS = new Set(['many', 'plural', 'isolate', 'round', 'undefined', 'trimEnd']);

/** Without the plural, which each makes in its own way. */
const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /(?<!many)\.ts$/.test(name));
const read = (path: string) => readFileSync(path, 'utf8');
/** The tables of all topics are named after their language. */
const sentencesIn = (path: string) =>
  sentencesOf(read(path).replace(/^export const (de|en|fr)\b/m, 'export const strings'));
const isWord = (text: string) => /\p{L}{4}/u.test(text.replace(/\{\w*\}/g, ' '));

describe.each(LANGUAGES)('%s', (language) => {
  it.each(FOLDERS)('has the files of the English folder in %s', (folder) => {
    const missing = filesOf(`${folder}/en`).filter((name) => !filesOf(`${folder}/${language}`).includes(name));
    expect(missing).toEqual([]);
  });

  const pairs = FOLDERS.flatMap((folder) =>
    filesOf(`${folder}/${language}`).map((name) => ({
      name: `${folder}/${language}/${name}`,
      en: sentencesIn(`${folder}/en/${name}`),
      mine: sentencesIn(`${folder}/${language}/${name}`),
    })),
  );

  it.each(pairs)('says everything in $name, with all its values', ({ en, mine }) => {
    const lost = [...en].flatMap(([place, { texts, values }]) => {
      const here = mine.get(place);
      if (here === undefined) return texts.some(isWord) ? [`${place}: missing`] : [];
      return [...values]
        .filter((value) => !HELPERS.has(value) && !here.values.has(value))
        .map((v) => `${place}: {${v}}`);
    });
    expect(lost).toEqual([]);
  });

  it('has no English sentence, apart from terms that are the same', () => {
    const same = pairs.flatMap(({ name, en, mine }) =>
      [...mine].flatMap(([place, { texts }]) =>
        texts
          .filter((text) => isWord(text) && en.get(place)?.texts.includes(text) && !SAME[language].includes(text))
          .map((text) => `${name} ${place}: ${text}`),
      ),
    );
    expect(same).toEqual([]);
  });

  it('lists no term that is not used', () => {
    const used = new Set(pairs.flatMap(({ mine }) => [...mine.values()].flatMap(({ texts }) => texts)));
    expect(SAME[language].filter((text) => !used.has(text))).toEqual([]);
  });

  it('spells as in Switzerland', () => {
    const wrong = { de: /ß|[„“”]/, fr: / [;:!?»]|« |[“”]|\w[;!?»]/ }[language];
    const found = pairs.flatMap(({ name, mine }) =>
      [...mine].flatMap(([place, { texts }]) =>
        texts.filter((text) => isWord(text) && wrong.test(text)).map((text) => `${name} ${place}: ${text}`),
      ),
    );
    expect(found).toEqual([]);
  });
});

describe('the comparison of two languages', () => {
  const english =
    'export const card = { votes: (n: number) => many(n, "vote"), at: (file: string) => `in $' + '{file}` };';
  it('finds texts by their place, with the values that they are made with', () => {
    const found = sentencesOf(english);
    expect(found.get('card.votes')?.texts).toEqual(['vote']);
    expect(found.get('card.at')).toEqual({ texts: ['in {}'], values: new Set(['file']) });
  });
  it('looks into cases, lists and functions', () => {
    const found = sentencesOf(
      "function fault(f) { switch (f.fault) { case 'time': return `slow $" + "{f.at}`; } }\nconst a = ['x', ['y']];",
    );
    expect(found.get('fault.time')).toEqual({ texts: ['slow {}'], values: new Set(['f', 'at']) });
    expect(found.get('a.1.0')?.texts).toEqual(['y']);
  });
});

describe('strings that are read while a module is loaded', () => {
  const page = (code: string) => `import { t } from '#app/_strings/strings.ts';\n${code}`;
  it.each([
    ['const HEAD = t.home.head;', [2]],
    ['const head = () => t.home.head;', []],
    ['export default function Page() { return t.home.head; }', []],
    ['type Order = keyof typeof t.data.orders;', []],
    ['const LIST = [{ text: t.home.head }];', [2]],
  ])('are found in %s', (code, lines) => expect(readsAtLoad(page(code))).toEqual(lines));

  it('are nowhere', () => {
    const files = readdirSync('app', { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
    expect(files.length).toBeGreaterThan(200);
    expect(files.flatMap((file) => readsAtLoad(read(`app/${file}`)).map((line) => `app/${file}:${line}`))).toEqual([]);
  });
});
