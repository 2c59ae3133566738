// Damaged dvc.yaml, params.yaml and tables are taken or refused with a sentence; `npm run fuzz` goes on for minutes, at a
// real server too. SEED=123 replays one.
import { expect, it } from 'vitest';
import { seeded } from '../support/seeded.ts';
import { fuzzTable, fuzzWorkspace } from './server/files.ts';

const first = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1e9));

it.each([
  ['a workspace', fuzzWorkspace, 200],
  ['a table', fuzzTable, 40],
])('%s', (_, fuzz, rounds) => {
  for (let seed = first; seed < first + rounds; seed += 1)
    expect(() => fuzz(seeded(seed)), `SEED=${seed} npm test -- tests/fuzz/files.test.ts`).not.toThrow();
});
