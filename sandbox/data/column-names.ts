// The names of a table's columns: as its header says them, each once and none empty; and as code and params.yaml can hold
// them.
// Invariant: a name in code is ASCII, begins with a letter, and is no word that YAML, JavaScript's objects or the template
// of a workspace already use.

const LONGEST_LABEL = 60;
const LONGEST_NAME = 32;

/** Letters that do not fall apart into a plain one and a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'Ae',
  œ: 'oe',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  Ł: 'L',
  þ: 'th',
  ı: 'i',
};
const USED = new Set([
  ...['true', 'false', 'yes', 'no', 'on', 'off', 'y', 'n', 'null', 'nan', 'inf', 'row', 'fold', 'actual', 'predicted'],
  ...Object.getOwnPropertyNames(Object.prototype).map((name) => name.toLowerCase()),
]);

/** One line, without what cannot be seen. */
export const cleanText = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** What people call each column: short, none empty, each once. */
export function columnLabels(header: readonly string[]): string[] {
  const taken = new Set<string>();
  return header.map((name, j) => {
    const clean = Array.from(cleanText(name)).slice(0, LONGEST_LABEL).join('').trim();
    return claim(clean === '' ? `column ${j + 1}` : clean, taken, (label, count) => `${label} (${count})`);
  });
}

/** What code calls each column, in the order of their labels. */
export function columnNames(labels: readonly string[]): string[] {
  const taken = new Set<string>();
  return labels.map((label, j) => {
    const plain = Array.from(label, (letter) => LETTERS[letter] ?? letter)
      .join('')
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .replace(/[^A-Za-z0-9]+/g, '_')
      .slice(0, LONGEST_NAME)
      .replace(/^_+|_+$/g, '');
    const named = plain === '' ? `column_${j + 1}` : /^[0-9]/.test(plain) ? `c_${plain}` : plain;
    const free = USED.has(named.toLowerCase()) ? `${named}_column` : named;
    return claim(free, taken, (name, count) => `${name}_${count}`);
  });
}

function claim(wanted: string, taken: Set<string>, numbered: (name: string, count: number) => string): string {
  let name = wanted;
  for (let count = 2; taken.has(name.toLowerCase()); count++) name = numbered(wanted, count);
  taken.add(name.toLowerCase());
  return name;
}
