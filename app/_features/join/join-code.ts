// Reads what people type into the join field: a code in any case and spacing, or a pasted link.

const ALPHABET = /^[2-9A-HJKMNP-TV-Z]{6}$/;

/** The code as the API expects it, or null if it cannot be one. */
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
