// Brings the other English strings, and what is inside of it after them.
import type { ReactNode } from 'react';
import { more } from './en/more/index.ts';
import { soon } from './en/soon.ts';
import { speakOn } from './in-browser.ts';

speakOn({ ...soon, ...more });

export function InAllEnglish({ children }: { readonly children: ReactNode }) {
  return children;
}
