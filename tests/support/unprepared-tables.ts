// Three tables as people bring them: saved by other programs, with headers of their own, gaps, dates and amounts; what is to
// be predicted follows from the columns, but for noise.
import { flatsCsv } from './odd-tables.ts';

interface UnpreparedTable {
  readonly name: string;
  readonly bytes: Buffer;
  readonly rows: number;
  /** As the header has it. */
  readonly target: string;
  readonly metric: string;
  /** A column that is off at the start, as its label has it. */
  readonly off: string;
  /** Forbidden by itself, and one that a person takes back. */
  readonly forbidden: readonly string[];
  readonly allowed: readonly string[];
  readonly note: string;
}

/** As good as random, and the same each time: 0 to 96. */
const noise = (i: number, j: number): number => {
  const mixed = Math.imul((i + 1) * 374_761_393 + (j + 1) * 668_265_263, 1_274_126_177);
  return ((mixed ^ (mixed >>> 15)) >>> 8) % 97;
};
const linesOf = (rows: number, row: (i: number) => readonly (string | number)[], delimiter: string): string =>
  Array.from({ length: rows }, (_, i) => `${row(i).join(delimiter)}\r\n`).join('');

/** Saved by a French spreadsheet: a BOM, semicolons, decimal commas, oui and non. */
const leaversCsv = (rows: number): string =>
  `\uFEFFN° client;Abonnement (€/mois);Depuis;Appels au support;Région;A résilié ?\r\n${linesOf(
    rows,
    (i) => {
      const [price, calls] = [9 + (noise(i, 1) % 40), noise(i, 2) % 9];
      const leaves = price / 40 + calls / 8 + noise(i, 3) / 97 > 1.5;
      const since = `${1 + (noise(i, 4) % 28)}/${1 + (noise(i, 5) % 12)}/${2012 + (i % 9)}`;
      const region = ['Nord', 'Sud', 'Île-de-France'][noise(i, 6) % 3]!;
      return [70_000 + i, `${price},90`, since, i % 17 === 4 ? '' : calls, region, leaves ? 'oui' : 'non'];
    },
    ';',
  )}`;

/** Copied out of a laboratory's program: tabs, UTF-16, five words to tell apart. */
const teasTsv = (rows: number): Buffer => {
  const teas = ['黒茶 dark', 'black', 'green', 'oolong', 'white'];
  const text = linesOf(
    rows,
    (i) => {
      const tea = noise(i, 1) % 5;
      const [caffeine, minutes] = [20 + tea * 12 + (noise(i, 2) % 45), 1 + ((tea * 2 + (noise(i, 3) % 3)) % 7)];
      const color = ['red', 'brown', 'yellow', 'amber', 'pale'][noise(i, 4) % 7 === 0 ? noise(i, 5) % 5 : tea]!;
      return [`${caffeine}.5`, minutes, noise(i, 6) % 6 === 0 ? 'n/a' : 60 + (noise(i, 7) % 40), color, teas[tea]!];
    },
    '\t',
  );
  return Buffer.from(`\uFEFFcaffeine [mg]\tsteeped (min)\ttemp. °C\tColour of cup\twhich tea\r\n${text}`, 'utf16le');
};

export const UNPREPARED: readonly UnpreparedTable[] = [
  {
    name: 'wohnungen.csv',
    bytes: Buffer.from(flatsCsv(150)),
    rows: 150,
    target: 'Preis (€)',
    metric: 'cv.rmse',
    off: 'Bemerkung',
    forbidden: ['Nr', 'Miete', 'Größe (m²)'],
    allowed: ['Größe (m²)'],
    note: 'Its numbers have a decimal comma.',
  },
  {
    name: 'clients.csv',
    bytes: Buffer.from(leaversCsv(240)),
    rows: 240,
    target: 'A résilié ?',
    metric: 'cv.logLoss',
    off: 'Région',
    forbidden: ['N° client'],
    allowed: [],
    note: 'Its columns are separated by a semicolon.',
  },
  {
    name: 'teas.txt',
    bytes: teasTsv(250),
    rows: 250,
    target: 'which tea',
    metric: 'cv.logLoss',
    off: 'Colour of cup',
    forbidden: [],
    allowed: [],
    note: 'Its columns are separated by a tab.',
  },
];
