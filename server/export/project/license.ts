// The licence of what a session made, as its facilitator chose it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { License } from '#session-core/model/licenses.ts';

const FOLDER = join(import.meta.dirname, '../licenses');
const texts = new Map<License, string>();

/** null: none was chosen. */
export function licenseText(
  license: License,
  { owner, at }: { readonly owner: string; readonly at: number },
): string | null {
  if (license === 'none') return null;
  const text = texts.get(license) ?? readFileSync(join(FOLDER, `${license}.txt`), 'utf8');
  texts.set(license, text);
  return text.replace('[year]', String(new Date(at).getUTCFullYear())).replace('[owner]', () => owner);
}
