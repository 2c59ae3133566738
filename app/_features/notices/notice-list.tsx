// All notices that this browser has kept, the newest first.
import { t } from '#app/_strings/strings.ts';
import { timeText } from '#app/_ui/format.ts';
import { Empty } from '#app/_ui/panel.tsx';
import type { Place } from '#pipeline-core/core/report.ts';
import { keyOfNotice, type Notice } from '#session-core/client/notices.ts';
import { NoticeLine } from './notice-line.tsx';
import s from './notice-list.module.css';

export function NoticeList(props: {
  readonly list: readonly Notice[];
  readonly readAt: number;
  readonly onPlace: ((place: Place) => void) | undefined;
}) {
  const { list, readAt, onPlace } = props;
  return (
    <>
      {list.length === 0 ? <Empty>{t.notice.empty}</Empty> : null}
      <ol className={s['list']}>
        {list.map((notice) => (
          <li key={keyOfNotice(notice)} data-new={notice.at > readAt}>
            <NoticeLine notice={notice} {...(onPlace ? { onPlace } : {})} />
            <small>
              {notice.at > readAt ? <b>{t.notice.unread}</b> : null} <span>{timeText(notice.at)}</span>
            </small>
          </li>
        ))}
      </ol>
    </>
  );
}
