// Visible tables as people look at them, without the thread.

import type { ErrorChanges } from '#pipeline-core/inspection/error-changes.ts';
import type { RowOfRun, RunErrors } from '#sandbox/data-profile/errors-of-run.ts';
import { openTable } from '#sandbox/data-profile/visible-table.ts';
import type { DataProfiles } from '#sandbox/index.ts';

export const looksHere = (): DataProfiles => ({
  profile: async (table) => openTable(table).profile(),
  rows: async (table, wanted) => openTable(table).rows(wanted),
  errors: async (table, predictions) => openTable(table).answer({ kind: 'errors', predictions }) as RunErrors,
  predictedRows: async (table, numbers, predictions) =>
    openTable(table).answer({
      kind: 'predicted',
      numbers,
      ...(predictions ? { predictions } : {}),
    }) as readonly RowOfRun[],
  changes: async (table, before, after) =>
    openTable(table).answer({ kind: 'changes', before, after }) as ErrorChanges | null,
  close: async () => {},
});
