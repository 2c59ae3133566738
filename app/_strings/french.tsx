// Brings the French strings to a browser, and what is inside of it after them.
import type { ReactNode } from 'react';
import { fr } from './fr/index.ts';
import { speak } from './in-browser.ts';

speak(fr);

export function InFrench({ children }: { readonly children: ReactNode }) {
  return children;
}
