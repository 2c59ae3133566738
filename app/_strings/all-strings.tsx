'use client';
// A page that says more than the first view of a phone is inside of this: it waits for all strings of the page's language.
// In a file of its own: what the build names ahead for a page must not be in the frame of all pages as well.
import dynamic from 'next/dynamic';
import type { Language } from '#session-core/model/languages.ts';
import { type LanguageProps, type Speaker, untilLoaded } from './until-loaded.ts';

const SPEAKERS: Readonly<Record<Language, Speaker>> = {
  de: dynamic(() => untilLoaded(async () => (await import('./german-more.tsx')).InAllGerman)),
  en: dynamic(() => untilLoaded(async () => (await import('./english-more.tsx')).InAllEnglish)),
  fr: dynamic(() => untilLoaded(async () => (await import('./french-more.tsx')).InAllFrench)),
};

export function AllStrings({ language, children }: LanguageProps) {
  const Speaker = SPEAKERS[language];
  return <Speaker>{children}</Speaker>;
}
