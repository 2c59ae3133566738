// The one language of this page in its browser: set by the file of strings that the page brings, before anything is drawn.
import type { Strings } from './types.ts';

export let t: Strings;

export function speak(strings: Strings): void {
  t = strings;
}
