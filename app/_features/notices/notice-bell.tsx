'use client';
// The button with the number of new notices, and the list of all that this browser has kept.
import { t } from '#app/_strings/strings.ts';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Icon } from '#app/_ui/icon.tsx';
import { early, OnDemand } from '#app/_ui/on-demand.tsx';
import type { Place } from '#pipeline-core/core/report.ts';
import s from './notice-bell.module.css';
import { useNoticeList } from './notices.tsx';

const noticeList = early(async () => (await import('./notice-list.tsx')).NoticeList);

export function NoticeBell() {
  const { list, readAt, unread, listOpen, openList, surface } = useNoticeList();
  const { onPlace } = surface;
  const goTo = (place: Place) => {
    openList(false);
    onPlace?.(place);
  };
  return (
    <>
      <button
        type="button"
        className={s['bell']}
        aria-label={t.topBar.openNotices(unread)}
        onClick={() => openList(true)}
      >
        <Icon name="bell" size={22} />
        {unread > 0 ? (
          <span className={s['count']} aria-hidden="true">
            {unread > 9 ? '9+' : unread}
          </span>
        ) : null}
      </button>
      <Dialog open={listOpen} onClose={() => openList(false)} title={t.topBar.notices}>
        <OnDemand load={noticeList} props={{ list, readAt, onPlace: onPlace && goTo }} />
      </Dialog>
    </>
  );
}
