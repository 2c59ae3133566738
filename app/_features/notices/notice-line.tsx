// One notice: its sentence, the result of an applied suggestion, the first line of a run's error, a link to the line.
import { useMaybeOfView } from '#app/_session/use-session.tsx';
import { t } from '#app/_strings/strings.ts';
import { Icon, type IconName } from '#app/_ui/icon.tsx';
import type { Place } from '#pipeline-core/core/report.ts';
import type { Notice, NoticeCode } from '#session-core/client/notices.ts';
import { runErrorText } from '#session-core/sentences/report-sentences.ts';
import s from './notice-line.module.css';
import { noticeText, resultText } from './notice-text.ts';

const ICONS: Readonly<Record<NoticeCode, IconName>> = {
  driving_offered: 'driver',
  offer_accepted: 'driver',
  offer_refused: 'driver',
  offer_withdrawn: 'driver',
  offer_expired: 'driver',
  hand_next: 'hand',
  poll_opened: 'bell',
  name_held: 'timer',
  name_allowed: 'check',
  name_declined: 'close',
  suggestion_approved: 'check',
  suggestion_declined: 'close',
  suggestion_merged: 'people',
  suggestion_pinned: 'pin',
  suggestion_applied: 'check',
  suggestion_reopened: 'undo',
  run_failed: 'warning',
};

export function NoticeLine({
  notice,
  onPlace,
}: {
  readonly notice: Notice;
  readonly onPlace?: (place: Place) => void;
}) {
  const result = resultText(notice);
  const place = placeOf(notice);
  const message = useErrorLine(notice);
  return (
    <div className={s['line']}>
      <span className={s['icon']} data-code={notice.code}>
        <Icon name={ICONS[notice.code]} size={18} />
      </span>
      <div className={s['words']}>
        <p>{noticeText(notice)}</p>
        {result === null ? null : <b className={s['result']}>{result}</b>}
        {message === '' ? null : (
          <small dir="auto" className={s['message']}>
            {message}
          </small>
        )}
        {place && onPlace ? (
          <button type="button" className={s['place']} onClick={() => onPlace(place)}>
            {t.notice.showLine}
          </button>
        ) : null}
      </div>
    </div>
  );
}

function placeOf(notice: Notice): Place | null {
  if (notice.code !== 'run_failed') return null;
  const { file, line, column } = notice.facts;
  return file === undefined || line === undefined ? null : { file, line, ...(column ? { column } : {}) };
}

function useErrorLine(notice: Notice): string {
  const number = notice.code === 'run_failed' ? notice.facts.number : 0;
  const error = useMaybeOfView((view) =>
    number === 0 ? undefined : Object.values(view.runs).find((run) => run.number === number)?.error,
  );
  const [first = ''] = error ? runErrorText(t.reports.runErrors, error).split('\n') : [];
  return first;
}
