// What people put into the join field: a code with spaces and small letters, or the whole link pasted.

const ALPHABET = /^[2-9A-HJKMNP-TV-Z]{6}$/;

/** The code in the form the doors know, or null where it cannot be one. */
export function joinCodeOf(typed: string): string | null {
  const link = /\/j\/([^/?#\s]+)/i.exec(typed);
  const code = decodeQuietly(link?.[1] ?? typed)
    .replace(/[\s-]+/g, '')
    .toUpperCase();
  return ALPHABET.test(code) ? code : null;
}

function decodeQuietly(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
