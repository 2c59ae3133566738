// Features that are the same for every row: no model can learn from them, and often a column was meant to be switched on.
import type { RunFinding } from '#pipeline-core/core/report.ts';
import { smallTable } from './results.ts';
import type { Outs } from './run-cache.ts';

/** An out of this name with the columns `name`, `min` and `max`: the range of each feature. */
const FEATURES = /(?:^|\/)features\.csv$/;
const MOST_NAMED = 3;

/** One finding for all of them together; none where the stage wrote no such table. */
export function constantFeatures(outs: Outs): RunFinding[] {
  for (const [path, content] of outs) {
    if (!FEATURES.test(path)) continue;
    const table = smallTable(content);
    const kindOf = (name: string) => table?.columns.find((column) => column.name === name)?.kind;
    if (table === null || kindOf('name') === undefined || kindOf('min') !== 'number' || kindOf('max') !== 'number')
      continue;
    const names = table.cells('name').map(String);
    const [min, max] = [table.numbers('min'), table.numbers('max')];
    const constant = names.map((name, i) => ({ name, value: min[i]! })).filter(({ value }, i) => value === max[i]);
    if (constant.length === 0) continue;
    const features = constant.slice(0, MOST_NAMED).map(({ name, value }) => ({ name: name.slice(0, 60), value }));
    const more = constant.length - features.length;
    return [{ code: 'constant-feature', level: 'warning', facts: { features, more } }];
  }
  return [];
}
