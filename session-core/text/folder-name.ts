// The name of the folder that a clone of a session makes, by the title of the session.

const MOST_LETTERS = 40;

/** In letters that every disk and every address takes; without any of them, `session`. */
export function folderNameOf(title: string): string {
  const words = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '');
  return words.slice(0, MOST_LETTERS).replace(/-$/, '') || 'session';
}
