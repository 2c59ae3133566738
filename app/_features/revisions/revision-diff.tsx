'use client';
// The diff between two revisions.
import { useFiles } from '#app/_session/use-api.ts';
import { t } from '#app/_strings/strings.ts';
import { Empty, Hint } from '#app/_ui/panel.tsx';
import { patchBetween } from '#session-core/text/patch.ts';
import { Hunks } from '../editor/hunks.tsx';

export function RevisionDiff({ from, to }: { readonly from: number | undefined; readonly to: number }) {
  const before = useFiles(from);
  const after = useFiles(to);
  if (from === undefined) return <Empty>{t.run.nothingBefore}</Empty>;
  const error = before.error ?? after.error;
  if (error) return <Hint>{error.message}</Hint>;
  if (!before.value || !after.value) return <Hint>{t.loading}</Hint>;
  const patch = patchBetween(before.value.files, after.value.files, from);
  return patch ? <Hunks files={patch.files} /> : <Empty>{t.run.sameCode}</Empty>;
}
