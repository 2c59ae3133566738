// The result of a preview in one line: "2.910 -> 2.740, better, 1 stage cached, 0.6 s".

import { t } from '#app/_strings/strings.ts';
import { metricText, spanText } from '#app/_ui/format.ts';
import type { Place } from '#pipeline-core/core/report.ts';
import type { PreviewView } from '#session-core/view/view-types.ts';
import { Findings } from '../scores/findings.tsx';
import { ErrorPanel } from '../scores/run-error.tsx';
import { RunShape } from '../scores/run-shape.tsx';
import { TestResult } from '../scores/tests.tsx';
import { NotCounted, Verdict } from '../scores/verdict.tsx';
import s from './preview-line.module.css';

export function PreviewLine(props: {
  readonly preview: PreviewView;
  readonly onPlace?: (place: Place) => void;
  /** Without cached stages and duration. */
  readonly brief?: boolean;
}) {
  const { preview, onPlace, brief = false } = props;
  const { status, metric, base, change, verdict, reason, stages, ms, error, findings = [], tests } = preview;
  if (status === 'queued' || status === 'running') {
    return (
      <p className={s['line']}>
        <RunShape outcome="running" size={16} /> <span>{status === 'queued' ? t.card.waiting : t.card.previewing}</span>
      </p>
    );
  }
  if (error) return <ErrorPanel error={error} {...(onPlace ? { onPlace } : {})} />;
  if (status !== 'succeeded' || metric === undefined) {
    return (
      <p className={s['line']}>
        <RunShape outcome="stopped" size={16} /> <span translate="no">{t.run.status[status]}</span>
      </p>
    );
  }
  const cached = stages.filter((stage) => stage.status === 'cached').length;
  return (
    <>
      <p className={s['line']}>
        <span className={s['numbers']}>
          {base === undefined ? null : (
            <>
              <span translate="no">{metricText(base)}</span>
              <span aria-hidden="true">→</span>
            </>
          )}
          <b translate="no">{metricText(metric)}</b>
        </span>
        {preview.suspect || preview.checking ? (
          <NotCounted outcome={preview.suspect ? 'suspect' : 'checking'} />
        ) : verdict ? (
          <Verdict
            comparison={{
              verdict,
              ...(change === undefined ? {} : { change }),
              ...(reason === undefined ? {} : { reason }),
            }}
          />
        ) : null}
        {brief ? null : (
          <span className={s['cost']}>
            {[cached > 0 ? t.card.cached(cached) : null, ms === undefined ? null : spanText(ms)]
              .filter((fact) => fact !== null)
              .join(' · ')}
          </span>
        )}
      </p>
      <Findings findings={findings} {...(brief ? { most: 1 } : {})} />
      {tests ? <TestResult tests={tests} most={brief ? 1 : 5} {...(onPlace ? { onPlace } : {})} /> : null}
    </>
  );
}
