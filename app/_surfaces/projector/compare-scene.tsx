'use client';
// The projector's scene of two runs beside each other: those that a facilitator chose, else the newest and the one that it
// is compared with.
import { useView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { pairOnProjector } from '#session-core/client/experiments.ts';
import type { RunPair } from '#session-core/model/types.ts';
import { Hunks } from '../../_features/editor/hunks.tsx';
import { ChangedGroups, ChangedRows } from '../../_features/experiments/changed-errors.tsx';
import { Difference, RunHead, runName } from '../../_features/experiments/comparison-heads.tsx';
import { ChangedParams, useComparison, useNamedRun } from '../../_features/experiments/run-comparison.tsx';
import { Empty } from '../../_ui/panel.tsx';
import s from '../compare.module.css';

const MOST = { params: 4, columns: 2, rows: 2 };

export function CompareScene() {
  const pair = pairOnProjector(useView('runs', 'scene'));
  return pair ? <Pair {...pair} /> : <Empty>{t.compare.unchosen}</Empty>;
}

function Pair({ before, after }: RunPair) {
  const [first, second] = [useNamedRun(before), useNamedRun(after)];
  const { value, error } = useComparison(before, after);
  return (
    <div className={s['scene']}>
      <h1 className="hidden-text">{t.compare.head(runName(first), runName(second))}</h1>
      <RunHead run={first} label={t.compare.before} />
      <RunHead run={second} label={t.compare.after} />
      {value ? (
        <>
          <div className={s['block']}>
            <Difference comparison={value.comparison} before={first} after={second} />
            {value.params.length > 0 ? (
              <ChangedParams params={value.params} most={MOST.params} />
            ) : value.code.length > 0 ? (
              <Hunks files={value.code} />
            ) : (
              <Empty>{t.compare.noCode}</Empty>
            )}
            {value.errors ? (
              <>
                <h2>{t.compare.rowsHead}</h2>
                <ChangedRows plain errors={value.errors} most={MOST.rows} />
              </>
            ) : null}
          </div>
          <div className={s['block']}>
            {value.errors ? (
              <>
                <h2>{t.compare.groups}</h2>
                <ChangedGroups errors={value.errors} most={MOST.columns} />
              </>
            ) : (
              <Empty>{t.compare.noErrors}</Empty>
            )}
          </div>
        </>
      ) : (
        <Empty>{error?.message ?? t.loading}</Empty>
      )}
    </div>
  );
}
