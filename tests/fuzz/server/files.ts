// Damaged dvc.yaml, params.yaml and CSV tables at the functions that read them: each is taken, or refused with a sentence.
import { PipelineError } from '#pipeline-core/core/errors.ts';
import { tidyTable } from '#sandbox/data/tidy-table.ts';
import { defaultCourse } from '#sandbox/index.ts';
import { proposeFor } from '#sandbox/new-course/propose.ts';
import { readWorkspace } from '#sandbox/workspace/workspace.ts';
import { flatsCsv, shapesCsv } from '../../support/odd-tables.ts';
import type { Random } from '../../support/seeded.ts';
import { damagedBytes, damagedText } from './mutate.ts';

const { files } = defaultCourse().checkpoints[0]!;
const TABLES = [flatsCsv(60), shapesCsv()];

/** Throws what is our own fault. */
export function fuzzWorkspace(random: Random): void {
  const name = random.one(['dvc.yaml', 'dvc.yaml', 'params.yaml']);
  const damaged = damagedText(random, files[name] ?? '');
  refusedOrTaken(() => readWorkspace({ ...files, [name]: damaged }, ['data/raw/students.csv']));
}

export function fuzzTable(random: Random): void {
  const csv = random.one(TABLES);
  const bytes = new TextEncoder().encode(damagedText(random, csv));
  const damaged = random.chance(0.5) ? damagedBytes(random, bytes.slice(0, 6_000)) : bytes;
  refusedOrTaken(() => {
    const tidy = tidyTable(damaged);
    for (const { name } of tidy.columns) refusedOrTaken(() => void proposeFor(tidy, name));
  });
}

function refusedOrTaken(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    if (error.message.trim() === '') throw new Error('refused without a sentence', { cause: error });
  }
}
