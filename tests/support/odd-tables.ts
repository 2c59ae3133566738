// Tables that nobody prepared, and the course of one of them.
import { tidyTable } from '#sandbox/data/tidy-table.ts';
import type { CoursePlan } from '#sandbox/new-course/course-plan.ts';
import { planCourse } from '#sandbox/new-course/plan.ts';
import { proposeFor } from '#sandbox/new-course/propose.ts';

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** As a German spreadsheet saves it: a mark, semicolons, decimal commas, dates, empty cells, a number that names the row. */
export function flatsCsv(rows = 120): string {
  const lines = ['\uFEFFNr;Größe (m²);Ort;verkauft am;Bemerkung;Miete;Preis (€)'];
  for (let i = 0; i < rows; i++) {
    const area = 30 + ((i * 37) % 90);
    const town = ['Ada', 'Bel', 'Cor "am See"'][i % 3]!;
    const price = area * 3000 + (i % 3) * 40_000 + ((i * 7919) % 13) * 4_000;
    const day = `${String(1 + (i % 28)).padStart(2, '0')}.${String(1 + (i % 12)).padStart(2, '0')}.2019`;
    const cells = [
      String(1000 + i),
      i % 11 === 3 ? '' : `${area},5`,
      `"${town.replaceAll('"', '""')}"`,
      day,
      i % 4 === 0 ? '' : `ruhig, nah am Park ${i}`,
      `${price / 20},25`,
      `${price},5`,
    ];
    lines.push(cells.join(';'));
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** A course for a table with the answers that are proposed. */
export function courseFor(csv: string | Uint8Array, target: string, more: Partial<CoursePlan> = {}): CoursePlan {
  const tidy = tidyTable(typeof csv === 'string' ? bytesOf(csv) : csv);
  const { kinds, forbidden, unit } = proposeFor(tidy, target, more.kind);
  const kind = kinds[0]!;
  return planCourse(tidy, {
    id: 'odd-table',
    title: 'What is in it?',
    dataset: 'A table',
    target,
    kind,
    measure: kind === 'regression' ? 'rmse' : 'logLoss',
    forbidden: forbidden.map(({ column }) => column),
    unit,
    inRepository: false,
    ...more,
  });
}

/** A table of three classes: which of them follows from the first two columns, but for noise. */
export function shapesCsv(rows = 150): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const [width, height] = [(i * 37) % 50, (i * 61) % 47];
    const shape = i % 13 === 0 ? 'ring' : width > 30 ? 'disc' : height > 25 ? 'rod' : 'ring';
    return `"2024-0${1 + (i % 9)}-15",${width},${height},${['red', 'blue'][i % 2]},${shape}`;
  });
  return `found on,width,height,color,shape\n${lines.join('\n')}\n`;
}

export const oddCourse = (): CoursePlan => courseFor(flatsCsv(), 'Preis');
