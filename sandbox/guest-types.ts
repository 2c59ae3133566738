// The declarations of the three guest libraries, for the editor's completion.
// RUNS IN server
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Path below node_modules -> text, such as 'workshop/index.d.ts'. Built by `build.ts`. */
export function guestTypes(): Readonly<Record<string, string>> {
  const path = join(import.meta.dirname, 'dist/guest-types.json');
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
}
