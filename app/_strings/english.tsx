// Brings the English strings to a browser, and what is inside of it after them.
import type { ReactNode } from 'react';
import { en } from './en/index.ts';
import { speak } from './in-browser.ts';

speak(en);

export function InEnglish({ children }: { readonly children: ReactNode }) {
  return children;
}
