// The error of a failed run: the first line of the message, the stage, a link to the line, a quick fix if there is one,
// and a note that predictions still use the last successful model. It never takes the focus.
import { t } from '#app/_strings/strings.ts';
import { Button } from '#app/_ui/button.tsx';
import type { Place, RunError } from '#pipeline-core/core/report.ts';
import { runErrorText } from '#session-core/sentences/report-sentences.ts';
import s from './run-error.module.css';

export function ErrorPanel(props: {
  readonly error: RunError;
  /** There is an earlier successful run. */
  readonly served?: boolean;
  readonly onPlace?: (place: Place) => void;
  /** Applies the quick fix; left out for those who may not edit. */
  readonly onApplyFix?: (quickFix: NonNullable<RunError['quickFix']>) => void;
}) {
  const { error, served = false, onPlace, onApplyFix } = props;
  const [first = '', ...rest] = runErrorText(t.reports.runErrors, error).split('\n');
  const { file, line, column, quickFix } = error;
  const place = file !== undefined && line !== undefined ? { file, line, ...(column ? { column } : {}) } : null;
  const where = place ? [place.file, place.line, ...(column ? [column] : [])].join(':') : file;
  return (
    <div className={s['panel']}>
      <p className={s['over']}>
        <span>{error.stage ? t.run.failedIn(error.stage) : t.run.failedBefore}</span>
        {where && place ? (
          onPlace ? (
            <button type="button" onClick={() => onPlace(place)}>
              {where}
            </button>
          ) : (
            <code translate="no">{where}</code>
          )
        ) : null}
      </p>
      <p className={s['message']} dir="auto">
        {first}
      </p>
      {error.source ? <pre className={s['source']}>{error.source}</pre> : null}
      {rest.length > 0 ? (
        <details>
          <summary>{t.run.wholeMessage}</summary>
          <pre className={s['source']}>{rest.join('\n')}</pre>
        </details>
      ) : null}
      {quickFix ? (
        <p className={s['quickFix']} dir="auto">
          <span>{t.reports.quickFixText(quickFix)}</span>
          {onApplyFix ? (
            <Button look="outline" onClick={() => onApplyFix(quickFix)}>
              {t.run.applyFix}
            </Button>
          ) : null}
        </p>
      ) : null}
      {served ? <p className={s['served']}>{t.run.stillServes}</p> : null}
    </div>
  );
}
