'use client';
// Everything on a page is inside of this: it waits for the strings of the page's language, and for no others. The server's
// HTML is seen meanwhile.
import dynamic from 'next/dynamic';
import type { ComponentType, ReactNode } from 'react';
import type { Language } from '#session-core/model/languages.ts';

type Speaker = ComponentType<{ readonly children: ReactNode }>;

/** A page without its strings is none: on a weak network it is asked for again, and the server's HTML stays meanwhile. */
async function untilLoaded<T>(load: () => Promise<T>): Promise<T> {
  for (let pause = 1_000; ; pause = Math.min(2 * pause, 15_000)) {
    try {
      return await load();
    } catch (error) {
      console.warn('the strings of the page could not be loaded', error);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

const SPEAKERS: Readonly<Record<Language, Speaker>> = {
  de: dynamic(() => untilLoaded(async () => (await import('./german.tsx')).InGerman)),
  en: dynamic(() => untilLoaded(async () => (await import('./english.tsx')).InEnglish)),
  fr: dynamic(() => untilLoaded(async () => (await import('./french.tsx')).InFrench)),
};

export function PageStrings({ language, children }: { readonly language: Language; readonly children: ReactNode }) {
  const Speaker = SPEAKERS[language];
  return <Speaker>{children}</Speaker>;
}
