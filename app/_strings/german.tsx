// Brings the German strings of a first view to a browser, and what is inside of it after them.
import type { ReactNode } from 'react';
import { first } from './de/first.ts';
import { speak } from './in-browser.ts';

speak(first, { soon: () => import('./german-soon.ts'), more: () => import('./german-more.tsx') });

export function InGerman({ children }: { readonly children: ReactNode }) {
  return children;
}
