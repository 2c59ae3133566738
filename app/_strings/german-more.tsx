// Brings the other German strings, and what is inside of it after them.
import type { ReactNode } from 'react';
import { more } from './de/more/index.ts';
import { soon } from './de/soon.ts';
import { speakOn } from './in-browser.ts';

speakOn({ ...soon, ...more });

export function InAllGerman({ children }: { readonly children: ReactNode }) {
  return children;
}
