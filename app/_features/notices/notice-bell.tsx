'use client';
// The button with the number of new notices, and the list of all that this browser has kept.
import { t } from '#app/_strings/strings.ts';
import { Dialog } from '#app/_ui/dialog.tsx';
import { timeText } from '#app/_ui/format.ts';
import { Icon } from '#app/_ui/icon.tsx';
import { Empty } from '#app/_ui/panel.tsx';
import { keyOfNotice } from '#session-core/client/notices.ts';
import s from './notice-bell.module.css';
import { NoticeLine } from './notice-line.tsx';
import { useNoticeList } from './notices.tsx';

export function NoticeBell() {
  const { list, readAt, unread, listOpen, openList, surface } = useNoticeList();
  const { onPlace } = surface;
  return (
    <>
      <button type="button" className={s['bell']} aria-label={t.notices.open(unread)} onClick={() => openList(true)}>
        <Icon name="bell" size={22} />
        {unread > 0 ? (
          <span className={s['count']} aria-hidden="true">
            {unread > 9 ? '9+' : unread}
          </span>
        ) : null}
      </button>
      <Dialog open={listOpen} onClose={() => openList(false)} title={t.notices.head}>
        {list.length === 0 ? <Empty>{t.notices.empty}</Empty> : null}
        <ol className={s['list']}>
          {list.map((notice) => (
            <li key={keyOfNotice(notice)} data-new={notice.at > readAt}>
              <NoticeLine
                notice={notice}
                {...(onPlace
                  ? {
                      onPlace: (place) => {
                        openList(false);
                        onPlace(place);
                      },
                    }
                  : {})}
              />
              <small>
                {notice.at > readAt ? <b>{t.notices.unread}</b> : null} <span>{timeText(notice.at)}</span>
              </small>
            </li>
          ))}
        </ol>
      </Dialog>
    </>
  );
}
