'use client';
// Everything on a page is inside of this: it waits for the strings of the page's language, and for no others. The server's
// HTML is seen meanwhile.
import dynamic from 'next/dynamic';
import type { ComponentType, ReactNode } from 'react';
import type { Language } from '#session-core/model/languages.ts';

type Speaker = ComponentType<{ readonly children: ReactNode }>;

const SPEAKERS: Readonly<Record<Language, Speaker>> = {
  de: dynamic(async () => (await import('./german.tsx')).InGerman),
  en: dynamic(async () => (await import('./english.tsx')).InEnglish),
  fr: dynamic(async () => (await import('./french.tsx')).InFrench),
};

export function PageStrings({ language, children }: { readonly language: Language; readonly children: ReactNode }) {
  const Speaker = SPEAKERS[language];
  return <Speaker>{children}</Speaker>;
}
