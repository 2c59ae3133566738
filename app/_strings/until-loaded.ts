// What the two parts of a language have in common.
import type { ComponentType, ReactNode } from 'react';
import type { Language } from '#session-core/model/languages.ts';

export type Speaker = ComponentType<{ readonly children: ReactNode }>;
export interface LanguageProps {
  readonly language: Language;
  readonly children: ReactNode;
}

/** A page without its strings is none: on a weak network it is asked for again, and the server's HTML stays meanwhile. */
export async function untilLoaded<T>(load: () => Promise<T>): Promise<T> {
  for (let pause = 1_000; ; pause = Math.min(2 * pause, 15_000)) {
    try {
      return await load();
    } catch (error) {
      console.warn('the strings of the page could not be loaded', error);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
