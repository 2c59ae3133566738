// Brings the German strings to a browser, and what is inside of it after them.
import type { ReactNode } from 'react';
import { de } from './de/index.ts';
import { speak } from './in-browser.ts';

speak(de);

export function InGerman({ children }: { readonly children: ReactNode }) {
  return children;
}
