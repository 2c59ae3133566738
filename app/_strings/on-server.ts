// All languages, on the server and in tests: `t` is that of the page being rendered.
import type { Language } from '#session-core/model/languages.ts';
import { languageOfPage } from '#session-core/protocol/page-language.ts';
import { de } from './de/index.ts';
import { en } from './en/index.ts';
import { fr } from './fr/index.ts';
import type { Strings } from './types.ts';

const ALL: Readonly<Record<Language, Strings>> = { de, en, fr };

export const t: Strings = new Proxy<Strings>(en, { get: (_, key) => Reflect.get(ALL[languageOfPage()], key) });

/** They are here already. */
export const soonStrings = async (): Promise<void> => {};
export const allStrings = async (): Promise<void> => {};
