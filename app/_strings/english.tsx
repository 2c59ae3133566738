// Brings the English strings of a first view to a browser, and what is inside of it after them.
import type { ReactNode } from 'react';
import { first } from './en/first.ts';
import { speak } from './in-browser.ts';

speak(first, { soon: () => import('./english-soon.ts'), more: () => import('./english-more.tsx') });

export function InEnglish({ children }: { readonly children: ReactNode }) {
  return children;
}
