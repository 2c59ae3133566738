// A large table of numbers, words and empty cells in which the target follows from some of the columns, as CSV: what size
// costs is measured on it. The same rows and columns give the same text.
import { seeded } from './seeded.ts';

const TOWNS = ['Ada', 'Bel', 'Cor', 'Dim', 'Elm', 'Fir', 'Gum', 'Hop'];

/** @param columns without the target, which is `value`; every sixth holds words, one cell in a hundred is empty */
export function largeCsv(rows: number, columns = 30): string {
  const random = seeded(rows + columns);
  const share = () => random.below(1_000_000) / 1_000_000;
  const isWord = (j: number) => j % 6 === 5;
  const names = Array.from({ length: columns }, (_, j) => (isWord(j) ? `town ${j}` : `measure ${j}`));
  const lines = [`${names.join(',')},value`];
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    const cells = names.map((_, j) => {
      if (isWord(j)) {
        const town = random.below(TOWNS.length);
        sum += j < 12 ? town * 3 : 0;
        return TOWNS[town]!;
      }
      const number = Math.round(share() * 10_000) / 100;
      sum += j < 8 ? number * (1 + j / 4) : 0;
      sum += j === 9 && number > 60 ? 40 : 0;
      return random.below(100) === 0 ? '' : String(number);
    });
    lines.push(`${cells.join(',')},${Math.round(sum * 10 + share() * 500) / 10}`);
  }
  return `${lines.join('\n')}\n`;
}
