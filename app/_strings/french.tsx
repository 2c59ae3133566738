// Brings the French strings of a first view to a browser, and what is inside of it after them.
import type { ReactNode } from 'react';
import { first } from './fr/first.ts';
import { speak } from './in-browser.ts';

speak(first, { soon: () => import('./french-soon.ts'), more: () => import('./french-more.tsx') });

export function InFrench({ children }: { readonly children: ReactNode }) {
  return children;
}
