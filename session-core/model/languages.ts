// The languages of the screens, and which of them a browser asks for.

export const LANGUAGES = ['de', 'en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** As each is called by those who speak it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { de: 'Deutsch', en: 'English', fr: 'Français' };

/** Tags that are read as one of ours: Swiss German is written German. */
const SAME: Readonly<Record<string, Language>> = { gsw: 'de' };

export const isLanguage = (text: unknown): text is Language => (LANGUAGES as readonly unknown[]).includes(text);

/** The first of ours in an Accept-Language header, `de-CH,de;q=0.9,en;q=0.8`, by its weights; null where none is. */
export function preferredLanguage(header: string): Language | null {
  const wanted = header.split(',').map((part, place) => {
    const [tag = '', ...parameters] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    const [primary = ''] = tag.split('-');
    return { language: SAME[primary] ?? primary, weight: weight === undefined ? 1 : Number(weight), place };
  });
  const [first] = wanted
    .filter(({ language, weight }) => isLanguage(language) && weight > 0)
    .sort((a, b) => b.weight - a.weight || a.place - b.place);
  return isLanguage(first?.language) ? first.language : null;
}
