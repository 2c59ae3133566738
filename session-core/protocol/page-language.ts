// The language of the page that is being rendered. The server renders several pages at a time, so it says which with each
// call; the pages, compiled apart from it, ask here.
import type { Language } from '../model/languages.ts';

declare global {
  var languageOfRenderedPage: (() => Language | undefined) | undefined;
}

/** By the server: `language` answers within the rendering of a page. */
export function announceLanguage(language: () => Language | undefined): void {
  globalThis.languageOfRenderedPage = language;
}

/** Outside of any request, and in tests, it is English. */
export const languageOfPage = (): Language => globalThis.languageOfRenderedPage?.() ?? 'en';
