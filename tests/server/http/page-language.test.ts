// Which language a page is rendered in, and that pages rendered at the same time keep theirs.
import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { inLanguage, languageChoice, languageOf } from '#server/http/page-language.ts';
import { type Language, preferredLanguage } from '#session-core/model/languages.ts';
import { languageOfPage } from '#session-core/protocol/page-language.ts';

describe('what a browser asks for', () => {
  it.each([
    ['de-CH,de;q=0.9,en;q=0.8', 'de'],
    ['fr', 'fr'],
    ['it-CH,it;q=0.9,fr;q=0.8,de;q=0.8', 'fr'],
    ['en;q=0.2, fr-FR;q=0.7', 'fr'],
    ['gsw-CH', 'de'],
    ['de;q=0, en;q=0.1', 'en'],
    ['it, es', null],
    ['*', null],
    ['', null],
    [';;q=x,,de;q=nonsense', null],
  ])('is read from %j', (header, language) => expect(preferredLanguage(header)).toBe(language));
});

describe('the language of a page', () => {
  const ask = (url: string, headers: Record<string, string>, session: Language | null = null) =>
    languageOf({ url, headers }, async () => session);
  const FRENCH = { 'accept-language': 'fr-CH' };
  it.each([
    ['/', {}, null, 'en'],
    ['/', FRENCH, null, 'fr'],
    ['/', { ...FRENCH, cookie: 'a=b; language=de' }, null, 'de'],
    ['/', { ...FRENCH, cookie: 'other_language=de; language=xx' }, null, 'fr'],
    ['/s/abc', FRENCH, 'de', 'fr'],
    ['/s/abc', { 'accept-language': 'it' }, 'de', 'de'],
    ['/s/abc/host', {}, 'de', 'de'],
    ['/s/abc/projector', { ...FRENCH, cookie: 'language=en' }, 'de', 'de'],
    ['/s/abc/projector?x', FRENCH, null, 'en'],
  ] as const)('of %s with %j, in a session of %s, is %s', async (url, headers, session, language) =>
    expect(await ask(url, headers, session)).toBe(language),
  );

  it('of a join page is that of its session where the browser asks for none of ours, as after joining', async () => {
    const join = (headers: Record<string, string>) => languageOf({ url: '/j/BCDFGH', headers }, async () => null, 'de');
    expect([await join({ 'accept-language': 'it' }), await join(FRENCH)]).toEqual(['de', 'fr']);
  });
});

describe('choosing a language', () => {
  const choose = (url: string, method = 'GET', secure = false) =>
    languageChoice({ url, method } as IncomingMessage, {
      origins: { secure, cookiePath: '/', pathOf: (path: string) => path } as never,
    });
  it('is remembered, and leads to the page without the choice', () => {
    expect(choose('/s/abc?tab=data&language=fr')).toMatchObject({
      status: 303,
      headers: {
        Location: '/s/abc?tab=data',
        'Set-Cookie': expect.stringMatching(/^language=fr; Path=\/; Max-Age=\d+;/),
      },
    });
    expect(choose('/?language=de', 'GET', true)?.headers?.['Set-Cookie']).toMatch(/; Secure$/);
  });
  it('never leads to another host', () => {
    expect(choose('//evil.test/x?language=fr')?.headers?.['Location']).toMatch(/^\/(?!\/)/);
    expect(choose('/\\evil.test?language=fr')?.headers?.['Location']).toMatch(/^\/(?![/\\])/);
  });
  it.each(['/', '/?language=xx', '/?lang=de'])('is not what %s does', (url) => expect(choose(url)).toBeNull());
  it('is not what a form does', () => expect(choose('/new?language=de', 'POST')).toBeNull());
});

it('keeps the languages of pages apart that are rendered at the same time', async () => {
  const rendered = async (language: Language) => {
    await new Promise((done) => setImmediate(done));
    const early = languageOfPage();
    await Promise.resolve();
    return [language, early, languageOfPage()];
  };
  const all = await Promise.all((['de', 'fr', 'en'] as const).map((each) => inLanguage(each, () => rendered(each))));
  for (const [language, ...seen] of all) expect(seen).toEqual([language, language]);
  expect(languageOfPage()).toBe('en');
});
