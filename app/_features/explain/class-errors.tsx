'use client';
// Where a classification is wrong: confusion, calibration, ROC, precision and recall, the worst rows, the share of errors
// of each group.
import { useCallback, useMemo, useState } from 'react';
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import { Chart } from '#app/_ui/charts/chart.tsx';
import { metricText } from '#app/_ui/format.ts';
import { Hint } from '#app/_ui/panel.tsx';
import { confusionOf, curvesOf } from './class-charts.ts';
import { type Classes, classGroupBars, groupName, pickOf } from './error-charts.ts';
import { RowList, RowsByNumber } from './row-list.tsx';
import s from './run-errors.module.css';

const SHOWN_COLUMNS = 4;

export function ClassErrors(props: {
  readonly classes: Classes;
  readonly run: string;
  readonly served: boolean;
  readonly onSuggest?: (text: string) => void;
}) {
  const { classes, onSuggest, ...rest } = props;
  const [all, setAll] = useState(false);
  const [pick, setPick] = useState<{ readonly column: number; readonly group: number } | null>(null);
  const columns = all ? classes.slices.length : SHOWN_COLUMNS;
  const confusion = useMemo(() => confusionOf(classes), [classes]);
  const curves = useMemo(() => curvesOf(classes), [classes]);
  const groups = useMemo(() => classGroupBars(classes, columns), [classes, columns]);
  const choose = useCallback((chosen: string) => {
    const found = pickOf(chosen);
    if (found.kind === 'group') setPick(found);
  }, []);
  const about = { unit: '', ...rest, ...(onSuggest ? { onSuggest } : {}) };
  const slice = pick === null ? undefined : classes.slices[pick.column];
  const group = pick === null ? undefined : slice?.groups[pick.group];
  return (
    <div className={s['errors']}>
      <section>
        <h3>{t.explain.confusion}</h3>
        <Hint>{t.explain.classesHint(classes.n, metricText(100 * classes.errorRate))}</Hint>
        <Chart spec={confusion} />
        {curves.map((spec) => (
          <Chart key={spec.title} spec={spec} />
        ))}
      </section>
      <section>
        <h3>{t.explain.worst}</h3>
        <Hint>{t.explain.worstHint}</Hint>
        <RowList rows={classes.worst} {...about} />
      </section>
      {classes.slices.length === 0 ? null : (
        <section>
          <h3>{t.explain.groups}</h3>
          <Hint>{t.explain.groupsHint}</Hint>
          <Chart spec={groups} onPoint={choose} />
          {classes.slices.length > SHOWN_COLUMNS ? (
            <p>
              <Button look="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
                {all ? t.explain.fewer : t.explain.more(classes.slices.length - SHOWN_COLUMNS)}
              </Button>
            </p>
          ) : null}
          {slice && group ? (
            <section className={s['picked']} aria-label={t.explain.worstOf(slice.column, groupName(group), group.n)}>
              <h4>{t.explain.worstOf(slice.column, groupName(group), group.n)}</h4>
              <RowsByNumber key={`${slice.column} ${groupName(group)}`} rows={group.worst} {...about} />
              {onSuggest ? (
                <p>
                  <Button
                    look="outline"
                    onClick={() =>
                      onSuggest(
                        t.explain.aboutGroup(
                          slice.column,
                          groupName(group),
                          metricText(group.errorRate),
                          metricText(classes.errorRate),
                        ),
                      )
                    }
                  >
                    {t.explain.suggestGroup}
                  </Button>
                </p>
              ) : null}
            </section>
          ) : null}
        </section>
      )}
    </div>
  );
}
