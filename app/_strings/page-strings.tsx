'use client';
// Everything on a page is inside of PageStrings: it waits for the strings of the page's language, and for no others. The
// server's HTML is seen meanwhile. Those are the strings of a phone's first view; a page that says more is inside of
// AllStrings (`all-strings.tsx`) as well.
import dynamic from 'next/dynamic';
import type { Language } from '#session-core/model/languages.ts';
import { type LanguageProps, type Speaker, untilLoaded } from './until-loaded.ts';

const SPEAKERS: Readonly<Record<Language, Speaker>> = {
  de: dynamic(() => untilLoaded(async () => (await import('./german.tsx')).InGerman)),
  en: dynamic(() => untilLoaded(async () => (await import('./english.tsx')).InEnglish)),
  fr: dynamic(() => untilLoaded(async () => (await import('./french.tsx')).InFrench)),
};
export function PageStrings({ language, children }: LanguageProps) {
  const Speaker = SPEAKERS[language];
  return <Speaker>{children}</Speaker>;
}
