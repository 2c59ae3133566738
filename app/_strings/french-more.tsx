// Brings the other French strings, and what is inside of it after them.
import type { ReactNode } from 'react';
import { more } from './fr/more/index.ts';
import { soon } from './fr/soon.ts';
import { speakOn } from './in-browser.ts';

speakOn({ ...soon, ...more });

export function InAllFrench({ children }: { readonly children: ReactNode }) {
  return children;
}
